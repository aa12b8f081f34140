"""A slip in house rules that somebody typed: what is missing, and where, in the reader's language."""

import re

import pytest
from django.utils.translation import override

from halfdoor.service.disclosures.house import drafts


@pytest.mark.parametrize(
    ("written_as", "says"),
    [
        ('says "x"', "a name needs = and a value after it"),
        ("says = x", "a value is missing here, or a text without quotation marks"),
        ('says = "x', "a text is not closed: its quotation mark is missing"),
        ('for = ["us"', "a list is not closed: a ] is missing"),
        ("when = { age = 1", "a pair of braces is not closed: a } is missing"),
        ("[[rule]", "the head of a table is not closed: a ] is missing"),
        ('id = "y"', "this name stands here for the second time"),
        ('says = "x" "y"', "something stands after the value; begin a new line for it"),
        ('says = "a\\q"', "in a text, write \\ twice"),
        ("= 1", "this is no name with = and a value"),
        ("from = 2026-02-30", "there is no such day or time"),
    ],
)
def test_what_is_misspelled_is_said_with_line_and_character_in_every_language(written_as: str, says: str):
    text = f'[pack]\nid = "x"\n{written_as}\n'
    with pytest.raises(drafts.Unusable, match=rf"Line \d, character \d+: {re.escape(says)}"):
        drafts.pack_of(text, place="us")
    for language in ("es", "cy"):
        with override(language), pytest.raises(drafts.Unusable) as mistake:
            drafts.pack_of(text, place="us")
        assert says not in str(mistake.value)


@pytest.mark.parametrize(
    ("written_as", "says"),
    [
        ("for = " + "[" * 3000, "lists stand within lists, too deep to be read"),
        ("version = " + "9" * 5000, "a number is too long to be read"),
    ],
)
def test_what_stops_the_parser_itself_is_said_in_every_language_too(written_as: str, says: str):
    for language in ("en-us", "es", "cy"):
        with override(language), pytest.raises(drafts.Unusable) as mistake:
            drafts.pack_of(f"[pack]\n{written_as}\n", place="us")
        assert (says in str(mistake.value)) == (language == "en-us")
