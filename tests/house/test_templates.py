"""A page carries no code, no untranslated word and nothing from elsewhere, and lies where its audience says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from halfdoor.service.core.audience import Audience
from tests.house.tree import SERVICE, files

ROOMS_WITHOUT_AUDIENCES = frozenset({"web", "accounts"})
"""The chrome of every page, and the door before anybody is known."""

NOT_TEXT = re.compile(
    r"{#.*?#}|{% comment.*?endcomment %}|{% blocktrans(?:late)?\b.*?endblocktrans(?:late)? %}|{%.*?%}|{{.*?}}"
    r"|<!--.*?-->|<!doctype[^>]*>|&\w+;|&#\w+;",
    re.DOTALL | re.IGNORECASE,
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(
    r"\s(?:alt|aria-label|caption|heading|label|placeholder|title)=(?P<q>[\"'])(?P<text>.*?)(?P=q)", re.DOTALL
)
A_WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = frozenset({"Halfdoor", "English", "UK", "US", "Español", "Cymraeg"})
"""The product, and languages, which are called by their own names."""

CODE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"(?:\s(?:src|srcset|href|action|poster|data)=[\"']?|url\([\"']?|@import\s+[\"']?)(?:https?:)?//", re.IGNORECASE
)
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off")


def code_on_pages(service: Path) -> Iterator[str]:
    return _found(CODE, files(service, "*.html"), service)


def fetched_from_elsewhere(service: Path) -> Iterator[str]:
    return _found(ELSEWHERE, files(service, "*.html", "*.css", "*.svg"), service)


def unescaped(service: Path) -> Iterator[str]:
    return _found(UNESCAPED, files(service, "*.html"), service)


def untranslated(service: Path) -> Iterator[str]:
    """Yield words of a page that stand outside every translation tag. The gallery is for developers."""
    for path in files(service, "*.html"):
        if "gallery" in (path.stem, path.parent.name):
            continue
        page = NOT_TEXT.sub(" ", path.read_text("utf-8"))
        spoken = " ".join(match["text"] for match in SPOKEN_ATTRIBUTE.finditer(page))
        for word in A_WORD.findall(TAG.sub(" ", page) + spoken):
            if word not in NAMES:
                yield f"{path.relative_to(service)}: {word}"


def misplaced(service: Path) -> Iterator[str]:
    """
    Yield templates of a room that do not lie under ``<room>/templates/<room>/<audience>/``.

    A fragment that pages of several audiences include lies beside their folders.
    """
    audiences = {str(audience) for audience in Audience}
    for path in files(service, "*.html"):
        room, *below = path.relative_to(service).parts
        in_its_place = below[:2] == ["templates", room] and below[2] in audiences
        if not (in_its_place or room in ROOMS_WITHOUT_AUDIENCES or len(_included_by(path)) > 1):
            yield str(path.relative_to(service))


def _included_by(fragment: Path) -> set[str]:
    """Return the folders beside a fragment in which pages include it."""
    tag = f'{{% include "{fragment.parent.name}/{fragment.name}"'
    pages = files(fragment.parent, "*/*.html")
    return {page.parent.name for page in pages if tag in page.read_text("utf-8")}


def _found(pattern: re.Pattern[str], paths: Iterator[Path], service: Path) -> Iterator[str]:
    for path in paths:
        for match in pattern.finditer(path.read_text("utf-8")):
            yield f"{path.relative_to(service)}: {match[0].strip()}"


GUARDS = (code_on_pages, fetched_from_elsewhere, unescaped, untranslated, misplaced)


@pytest.mark.parametrize("guard", GUARDS)
def test_every_page_keeps_to_it(guard):
    assert list(guard(SERVICE)) == []


PAGE = "notes/templates/notes/caregiver/updates.html"


@pytest.mark.parametrize(
    ("guard", "name", "text", "fault"),
    [
        (code_on_pages, PAGE, "<p style='color: red'></p>", "style="),
        (code_on_pages, PAGE, "<style>p {}</style>", "<style"),
        (code_on_pages, PAGE, "<script type='module'>go()</script>", "<script"),
        (code_on_pages, PAGE, "<button onclick='go()'></button>", "onclick="),
        (code_on_pages, PAGE, "<a href='javascript:go()'></a>", "javascript:"),
        (fetched_from_elsewhere, PAGE, "<img src='https://pictures.example/a.png'>", "src='https://"),
        (fetched_from_elsewhere, PAGE, "<link href='//fonts.example/a.css'>", "href='//"),
        (fetched_from_elsewhere, "web/static/a.css", "@import 'https://fonts.example/a.css'", "@import 'https://"),
        (unescaped, PAGE, "{{ note|safe }}", "|safe"),
        (unescaped, PAGE, "{% autoescape off %}", "autoescape off"),
        (untranslated, PAGE, "<p>Your {% translate 'updates' %}</p>", "Your"),
        (untranslated, PAGE, "<img alt='{{ name }} smiles'>", "smiles"),
    ],
)
def test_a_planted_fault_is_caught(tmp_path, guard, name, text, fault):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert list(guard(tmp_path)) == [f"{name}: {fault}"]


@pytest.mark.parametrize(
    "name", ["notes/templates/updates.html", "notes/templates/people/staff/a.html", "notes/templates/notes/all/a.html"]
)
def test_a_misplaced_page_is_caught(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.touch()
    assert list(misplaced(tmp_path)) == [name]


def test_a_fragment_of_several_audiences_lies_beside_their_folders(tmp_path):
    for name in ("notes/part.html", "notes/caregiver/a.html", "notes/team/a.html"):
        path = tmp_path / "notes/templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{% include "notes/part.html" %}')
    assert list(misplaced(tmp_path)) == []


def test_a_good_page_is_left_alone(tmp_path):
    path = tmp_path / PAGE
    path.parent.mkdir(parents=True)
    path.write_text(
        "{% load i18n %}{# What was shared #}<c-notice label='{% translate \"This week\" %}'><script src='/a'></script>"
        "{% blocktranslate %}Shared with {{ name }}{% endblocktranslate %} &middot; <a href='{{ back }}' data-on=x></a>"
    )
    assert [fault for guard in GUARDS for fault in guard(tmp_path)] == []
