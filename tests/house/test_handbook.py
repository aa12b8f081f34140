"""The handbook shows what there is: each picture is used and described, each page is found from the first."""

import re

from tests.house.tree import ROOT
from tests.journeys.handbook import SIZES, THEMES, WALKS

HANDBOOK = ROOT / "docs" / "handbook"
MOST_BYTES = 4_000_000
PAGES = {page.name: page.read_text("utf-8") for page in sorted(HANDBOOK.glob("*.md"))}


def test_every_page_is_found_from_the_first():
    assert set(PAGES) - {"README.md"} <= set(re.findall(r"\]\(([\w-]+\.md)\)", PAGES["README.md"]))


def test_every_picture_is_taken_and_used_in_both_sizes_and_themes():
    taken = {f"{name}-{size}-{theme}.webp" for name in WALKS for size in SIZES for theme in THEMES}
    assert {picture.name for picture in HANDBOOK.glob("*.webp")} == taken
    assert set(re.findall(r'(?:src|srcset)="([^"]+)"', "".join(PAGES.values()))) == taken


def test_every_picture_is_told_in_words_too():
    shown = re.findall(r"<img[^>]*>", "".join(PAGES.values()))
    assert len(shown) == len(WALKS)
    assert all(len(said) > 40 for one in shown for said in re.findall(r'alt="([^"]*)"', one) or [""])


def test_the_pictures_stay_small():
    assert sum(picture.stat().st_size for picture in HANDBOOK.glob("*.webp")) < MOST_BYTES
