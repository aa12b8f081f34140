"""The leak guard, on sentences in three languages that it was never tuned on, and on what it must not overlook."""

import pytest

from halfdoor.service.notes.leak_guard import Likeness, overlaps, sentences_of
from tests.leaks import LANGUAGES, measured

CUT = "She told me that she has been cutting her left arm in the bathroom since September."


@pytest.mark.requirement("C11")
@pytest.mark.parametrize("language", LANGUAGES)
def test_near_copies_are_found_and_innocent_sentences_are_not(language: str):
    found = measured(language, "held_out")
    assert found.total == {"near": 40, "paraphrase": 20, "innocent": 40}
    assert found.recall >= 0.95
    assert found.precision >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_of_what_is_told_in_other_words_is_at_least_held_up(language: str):
    found = measured(language, "held_out")
    assert found.marked["paraphrase"] >= 13
    assert found.marked["innocent"] <= 10


def test_each_mark_names_the_note_and_the_sentence():
    notes = {"monday": f"He came late. {CUT} We ended early.", "friday": "They played cards."}
    found = overlaps(["Since September she has been cutting her left arm in the bathroom."], notes)
    assert [(one.likeness, one.source, one.private) for one in found] == [(Likeness.REPEATS, "monday", CUT)]


def test_from_my_mouth_or_told_about_me_is_the_same():
    private = {1: "“I hate it when my stepfather reads my diary,” she said."}
    (found,) = overlaps(["She hates it when her stepfather reads her diary."], private)
    assert found.likeness is Likeness.REPEATS


def test_the_name_of_the_young_person_makes_nothing_alike():
    private = {1: "Amina Khan lied about the concert tickets."}
    assert overlaps(["Amina Khan feels rested."], private, names=["Amina", "Khan"]) == ()


def test_a_private_sentence_within_a_longer_one_is_found():
    private = {1: "He stole the bicycle of his neighbor."}
    told = (
        "It was a week with good moments and bad ones, and he stole the bicycle of his neighbor, which weighs on him."
    )
    assert [one.likeness for one in overlaps([told], private)] == [Likeness.REPEATS]


@pytest.mark.parametrize("nothing", [[], [""], ["..."], ["Yes."]])
def test_nothing_is_like_nothing(nothing: list[str]):
    assert overlaps(nothing, {1: CUT, 2: ""}) == ()
    assert overlaps([CUT], {}) == ()


def test_sentences_end_where_a_reader_ends_them():
    text = "He came. “Did he stay?” Yes…\nA new line\n\nThe end"
    assert sentences_of(text) == ["He came.", "“Did he stay?", "Yes…", "A new line", "The end"]
