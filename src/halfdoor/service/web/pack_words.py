"""
What rules say, in other languages.

A pack carries ``words/<language>.toml``: under each rule id the translated sentence, and the first letters of the hash
of the sentence it translates. A translation of words that have since changed is not used: better another language than
another rule.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.utils.translation import get_language, gettext


def fingerprint(sentence: str) -> str:
    """Return what a translation names the sentence by which it stands."""
    return sha256(sentence.encode()).hexdigest()[:8]


def sentence(rule_id: str, says: str) -> str:
    """Return what a rule says in the language of the page; as the pack says it where that is not translated."""
    pack, _, name = rule_id.partition(".")
    language = get_language() or ""
    # A practice's own rules begin as a copy of the shipped ones: what reads as it did there is translated already.
    words = _words(pack, language).get(rule_id) or _words("practice", language).get(f"practice.{name}")
    return words["says"] if words and words["of"] == fingerprint(says) else gettext(says)


@cache
def _words(pack: str, language: str) -> Mapping[str, Mapping[str, str]]:
    file = files("halfdoor.packs") / pack / "words" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
