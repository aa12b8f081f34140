"""
Bring the catalogs in `src/halfdoor/service/locale` up to date with the words in the code.

New words are added without a translation, words that are gone are dropped, and nothing is guessed. Run it as
`.venv/bin/python tools/words.py`; `make words` compiles.
"""

import os
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from halfdoor.disclosure import words
from halfdoor.disclosure.breaching import shipped_notices
from halfdoor.disclosure.decision import SILENCE
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.vocabulary import BY_NAME

SERVICE = Path(__file__).parent.parent / "src/halfdoor/service"
LOCALE = SERVICE / "locale"
LANGUAGES = ("en_GB", "es", "cy")
"""Catalogs. The words in the code are American English; `en_GB` holds only what is written otherwise in Britain."""

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if name.endswith("gettext")},
}


def in_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Find the words of a Django template, for Babel: Django writes it as Python, line by line."""
    lines = (line.strip() for line in templatize(file.read().decode()).splitlines())
    yield from extract_python(BytesIO("\n".join(lines).encode()), keywords, comment_tags, options)


def of_the_judgement() -> Iterator[str]:
    """Yield what the judgement says by code, which pages translate. What rules say is translated beside the packs."""
    yield str(SILENCE["says"])
    yield from words.LIMITS.values()
    yield from words.ALTERNATIVES.values()
    yield from (obligation.says for obligation in CODES.values())
    yield from (notice.says for place in BY_NAME["place"].values for notice in shipped_notices(str(place)))


def collect() -> Catalog:
    """Return every translatable string of the service, with the files it stands in."""
    catalog = _empty()
    method_map = [
        ("**/tests/**", "ignore"),
        ("**/migrations/**", "ignore"),
        ("**.py", "python"),
        ("**.html", in_template),
    ]
    found = extract_from_dir(SERVICE, method_map, keywords=KEYWORDS, strip_comment_tags=True)
    for file, _line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, locations=[(f"service/{file}", 0)], context=context)
    for says in of_the_judgement():
        catalog.add(says, locations=[("disclosure", 0)])
    return catalog


def catalog_of(language: str) -> Catalog:
    """Return the catalog of a language as it stands, or a new one."""
    path = LOCALE / language / "LC_MESSAGES/django.po"
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# The words of the service. Kept up to date by tools/words.py.",
        project="Halfdoor",
        version="",
        msgid_bugs_address="CONTRIBUTING.md",
        last_translator="Halfdoor",
        language_team="Halfdoor",
        charset="utf-8",
        fuzzy=False,
    )


def update(languages: Iterable[str] = LANGUAGES) -> None:
    """Write the catalogs anew."""
    collected = collect()
    for language in languages:
        catalog = catalog_of(language)
        catalog.update(collected, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
        catalog.obsolete.clear()
        path = LOCALE / language / "LC_MESSAGES/django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, sort_by_file=False, include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")
    django.setup()
    update()
