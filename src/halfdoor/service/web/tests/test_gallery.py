"""The gallery shows every component in every state; the frame of every page keeps to the strict policy."""

import re
from pathlib import Path

import pytest

from halfdoor.service.web.gallery import COMPONENTS

WEB = Path(__file__).parent.parent
TEMPLATES = WEB / "templates"
CSS = WEB / "static" / "web" / "css"
SHOWN_INSIDE = {"fact": "facts", "step": "steps", "to_mend": "form"}
"""Components that only live inside another, and are shown there."""

OF_THE_PAGE = {
    "app",
    "tokens",
    "base",
    "layout",
    "print",
    "start",
    "asking",
    "papers",
    "reply",
    "rule",
    "sight",
    "ways",
}
"""Style sheets that belong to no component."""


@pytest.fixture
def gallery(client, settings):
    settings.HALFDOOR_DEMO = True
    return client.get("/gallery/").content.decode()


def stems(folder: Path, suffix: str) -> set[str]:
    return {path.stem for path in folder.glob(f"*{suffix}")}


def test_every_component_stands_in_the_gallery():
    assert stems(TEMPLATES / "cotton", ".html") - SHOWN_INSIDE.keys() == set(COMPONENTS)
    for inner, outer in SHOWN_INSIDE.items():
        assert f"<c-{inner.replace('_', '-')}" in "".join(
            path.read_text("utf-8")
            for path in (TEMPLATES / f"web/gallery/{outer}.html", TEMPLATES / f"cotton/{outer}.html")
        )


def test_every_style_sheet_belongs_to_a_component_and_is_loaded():
    sheets = stems(CSS, ".css")
    assert sheets - OF_THE_PAGE <= stems(TEMPLATES / "cotton", ".html")
    assert set(re.findall(r'@import url\("(\w+)\.css"\)', (CSS / "app.css").read_text("utf-8"))) == sheets - {"app"}


def test_the_gallery_shows_an_answer_of_every_kind(gallery):
    kinds = ("must_share", "may_share", "share_limited", "ask_first", "assess_first", "withhold")
    assert [kind for kind in kinds if f'<article class="decision" data-answer="{kind}"' not in gallery] == []


def test_the_gallery_is_there_in_the_demo_only(client, settings):
    settings.HALFDOOR_DEMO = False
    assert client.get("/gallery/").status_code == 404


def test_a_page_carries_no_style_and_no_script_of_its_own(gallery):
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", gallery) == []


@pytest.mark.abuse("A10")
def test_htmx_puts_no_style_on_a_page_and_keeps_no_page_in_the_browser(gallery):
    assert '"includeIndicatorStyles": false' in gallery
    assert '"historyCacheSize": 0' in gallery


def test_what_was_typed_stays_and_what_to_mend_is_said_twice(gallery):
    form = gallery[gallery.index('id="form"') : gallery.index('id="table"')]
    assert "He sounded worried about school." in form
    assert form.count("Enter a valid date.") == 2
    assert 'href="#wrong_day"' in form
    assert re.search(r'<input[^>]*name="day"[^>]*aria-invalid="true"', form)


def test_colors_are_stated_in_one_place():
    stated = re.compile(r"oklch|#[0-9a-f]{3,8}\b|rgb|hsl|\b(?:white|black)\b(?!-)")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(CSS.glob("*.css"))
        if path.stem != "tokens"
        for line in re.sub(
            r"/\*.*?\*/|@media print \{.*?^\}", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        ).splitlines()
        if stated.search(line)
    ]
    assert found == []
