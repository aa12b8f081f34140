"""A page asks for a handful of files, whatever our styles are made of, and sees an edited one at once in the demo."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware

from halfdoor.service.web import stylesheets
from tests.doors import signed_in
from tests.people import Family

A_HANDFUL = 6
ASKED_FOR = re.compile(r'(?:href|src)="/static/([^"#]+)')
NAMED_IN_A_SHEET = re.compile(r"url\(['\"]?(?!data:)([^'\")]+)|@import\s+['\"]([^'\"]+)")
NAMED_IN_A_SCRIPT = re.compile(r"^\s*import\b[^'\"]*['\"]\./([^'\"]+)", re.MULTILINE)


def fetched(page: str) -> set[str]:
    """Return every static file that a browser fetches to show a page: what it names, and what that names in turn."""
    found: set[str] = set()
    waiting = set(ASKED_FOR.findall(page))
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_named_in(name)) - found
    return found


def _named_in(name: str) -> Iterator[str]:
    pattern = {".css": NAMED_IN_A_SHEET, ".js": NAMED_IN_A_SCRIPT}.get(Path(name).suffix)
    if pattern is not None:
        text = Path(str(finders.find(name))).read_text("utf-8")
        yield from (str(Path(name).parent / "".join(groups)) for groups in pattern.findall(text) if "".join(groups))


@pytest.mark.django_db
def test_a_page_asks_for_a_handful_of_files(family: Family) -> None:
    pages = [
        (family.ruth, reverse("portals:map", args=[family.amina.pk])),
        (family.ruth, reverse("portals:cell", args=[family.amina.pk, family.tom.pk, "progress"])),
        (family.tom.person.account, reverse("portals:week")),
        (family.amina.person.account, reverse("portals:mine")),
    ]
    for account, address in pages:
        files = fetched(signed_in(account).get(address).content.decode())
        assert stylesheets.SHEET in files
        assert len(files) <= A_HANDFUL, sorted(files)


@pytest.mark.django_db
def test_only_staff_fetch_the_script_that_exchanges_parts_of_a_page(family: Family) -> None:
    asks = {
        address: "htmx" in signed_in(account).get(address).content.decode().partition("</head>")[0].split("<title>")[1]
        for account, address in [(family.ruth, "/staff/today/"), (family.tom.person.account, "/family/")]
    }
    assert asks == {"/staff/today/": True, "/family/": False}


def test_a_sheet_that_imports_would_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    written = finders.AppDirectoriesFinder()
    monkeypatch.setattr(finders, "find", written.find)
    assert len(fetched(f'<link rel="stylesheet" href="/static/{stylesheets.SHEET}">')) > 30


def test_every_layer_keeps_its_turn_and_every_part_its_words() -> None:
    folder = Path(str(finders.AppDirectoriesFinder().find(stylesheets.SHEET))).parent
    sheet = stylesheets.whole(folder / "app.css")
    assert sheet.index("@layer tokens, base, layout, components, print;") < sheet.index("@layer tokens {")
    for part in folder.glob("*.css"):
        if part.name != "app.css":
            assert part.read_text("utf-8") in sheet, f"app.css does not import {part.name}"


@pytest.mark.parametrize("line", ['@import "a.css";', '@import url("https://fonts.example/a.css") layer(base);'])
def test_an_import_of_another_kind_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "app.css").write_text(line)
    with pytest.raises(ImproperlyConfigured, match="import a sheet that lies beside it"):
        stylesheets.whole(tmp_path / "app.css")


@pytest.fixture
def a_room_of_styles(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of static files that one may edit, found before ours."""
    folder = tmp_path / "room" / "web" / "css"
    folder.mkdir(parents=True)
    (folder / "app.css").write_text('@import url("door.css") layer(components);\n')
    (folder / "door.css").write_text("a { color: red; }\n")
    settings.HALFDOOR_DATA = tmp_path
    monkeypatch.setattr(finders.AppDirectoriesFinder, "find", lambda self, path, **_: str(tmp_path / "room" / path))
    return folder


@pytest.mark.django_db
def test_the_demo_shows_an_edited_part_with_the_next_page(a_room_of_styles: Path, settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_MAX_AGE = 0
    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))

    def served() -> tuple[bytes, str]:
        page = serve(RequestFactory().get(f"/static/{stylesheets.SHEET}"))
        text = b"".join(page.streaming_content)
        page.close()
        return text, page["Cache-Control"]

    assert served() == (b"@layer components {\na { color: red; }\n}\n", "max-age=0, public")
    (a_room_of_styles / "door.css").write_text("a { color: green; }\n")
    assert b"green" in served()[0]


def test_a_real_service_serves_it_by_the_hash_of_what_is_in_it(
    a_room_of_styles: Path, settings: Any, tmp_path: Path
) -> None:
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path / "static"
    names = []
    for color in ("red", "green"):
        (a_room_of_styles / "door.css").write_text(f"a {{ color: {color}; }}\n")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        (name,) = (path.name for path in (tmp_path / "static/web/css").glob("app.*.css"))
        names.append(name)
        assert color in (tmp_path / "static/web/css" / name).read_text()
    assert names[0] != names[1]
