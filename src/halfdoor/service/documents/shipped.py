"""The papers that come with Halfdoor, in our own words: a file for each and language, beside the code."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from halfdoor.service.documents.choices import LANGUAGES, Kind

_FOLDER = "words"


@cache
def papers() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """
    Return title and body by kind and language.

    A British file stands only where a word is spelled otherwise; else the American words are British too.
    """
    return {str(kind): {language: _text(kind, language) for language in LANGUAGES} for kind in Kind}


def _text(kind: Kind, language: str) -> tuple[str, str]:
    folder = files(__package__) / _FOLDER
    file = folder / f"{kind}.{language}.txt"
    if language == "en-gb" and not file.is_file():
        file = folder / f"{kind}.en-us.txt"
    title, _, body = file.read_text("utf-8").partition("\n")
    return title.strip(), body.strip()
