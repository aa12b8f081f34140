"""What is read aloud: complete for every answer, the same for every stranger, and silent about what is private."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from halfdoor.service.disclosures.choices import Category
from halfdoor.service.requests import wording
from halfdoor.service.requests.words import MY_TOPICS, SUBJECT_OF, TOPICS
from tests.people import NOON

ANSWERS = ("must_share", "may_share", "share_limited", "ask_first", "assess_first", "withhold")
CHECKS = ([], ["identity"], ["authority"], ["best_interests", "risk"])
SETTING = wording.Setting("Amina", NOON.date(), "us")


def decision(disposition: str, **more: Any) -> dict[str, Any]:
    return {"disposition": disposition, "acknowledge": "yes", "assess": [], **more}


def every_wording() -> Iterator[wording.Wording]:
    for disposition, category, assess in product(ANSWERS, Category.values, CHECKS):
        yield wording.to_read_aloud(decision(disposition, assess=assess), category=category, setting=SETTING)


def test_there_are_words_for_every_answer_and_every_kind_of_information() -> None:
    for words in every_wording():
        assert all((words.say, words.keep, words.then))
        assert "%(" not in " ".join((*words.say, *words.keep, *words.then))


def test_every_kind_of_information_has_its_words_for_each_reader() -> None:
    assert set(Category.values) == set(TOPICS) == set(MY_TOPICS) == set(SUBJECT_OF)


@pytest.mark.requirement("C18")
def test_what_is_read_aloud_never_tells_that_she_said_no() -> None:
    for words in every_wording():
        aloud = " ".join(words.say).lower()
        assert not any(word in aloud for word in ("refuse", "said no", "does not want", "private", "objects"))


@pytest.mark.abuse("C3")
def test_somebody_unknown_hears_the_same_whatever_the_name() -> None:
    unknown = decision("withhold", acknowledge="neither_confirm_nor_deny")
    about_amina = wording.to_read_aloud(unknown, category="existence_of_care", setting=SETTING)
    assert about_amina == wording.to_any_caller("us")
    assert "Amina" not in " ".join(about_amina.say)


def test_the_emergency_number_is_that_of_the_place() -> None:
    said = {place: " ".join(wording.to_any_caller(place).say) for place in ("us-ca", "england", "wales", "none")}
    assert "911" in said["us-ca"]
    assert "999" in said["england"]
    assert "999" in said["wales"]
    assert "112" in said["none"]


@pytest.mark.parametrize("language", ["es", "cy"])
def test_it_is_read_aloud_in_spanish_and_welsh_too(language: str) -> None:
    english = {sentence for words in every_wording() for sentence in words.say}
    with translation.override(language):
        other = {sentence for words in every_wording() for sentence in words.say}
    assert not english & other


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en-us", "by Monday, November 2 and"),
        ("en-gb", "by Monday 2 November and"),
        ("es", "lunes 2 de noviembre"),
        ("cy", "Dydd Llun 2 Tachwedd"),
    ],
)
def test_the_day_is_said_as_one_says_it_there(language: str, day: str) -> None:
    with translation.override(language):
        words = wording.to_read_aloud(decision("ask_first"), category="progress", setting=SETTING)
    assert day.lower() in " ".join(words.say).lower()
