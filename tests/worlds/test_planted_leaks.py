"""A harness that never found anything proves nothing: planted leaks are found, their clean twins are not."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.people import NOON
from tests.worlds.cast import Cast
from tests.worlds.hidden import Hidden
from tests.worlds.leaks import LEAKS, TWINS, Plant
from tests.worlds.observing import Eyes, Seen
from tests.worlds.viewers import VIEWERS
from tests.worlds.worlds import Example, Looked, founded, standing

SOME = tuple(
    Hidden(kind, is_near=True, words="Kingfisher 4711", hours_ago=hours)
    for hours, kind in enumerate(
        (
            "private_note",
            "progress_kept_private",
            "worry_about_safety",
            "somebody_else_asks",
            "somebody_else_is_answered",
            "somebody_calls_in_my_name",
            "process_note",
        ),
        start=3,
    )
)
BEFORE_ALL = tuple(Hidden(one.kind, True, one.words, one.hours_ago + 300) for one in SOME)
SAYS_NOTHING = ("placeholder", "a stranger's question")
"""Twins that leave the page as it is: nothing is held of what is shown, and nobody else called."""

Pages = Mapping[tuple[str, str], Seen]


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Pages, Pages]]:
    """The page of the week in both worlds, with each leak and each twin planted in turn, and with none."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast, example = founded(), Example(VIEWERS["tom"], 0, (*SOME, *BEFORE_ALL))
        yield _planted(example.control, cast), _planted(example, cast)
        transaction.set_rollback(True)


def _planted(example: Example, cast: Cast) -> Pages:
    plants = {("no", "plant"): Plant(lambda patch: None)}
    plants |= {("leak", name): plant for name, plant in LEAKS.items()}
    plants |= {("twin", name): plant for name, plant in TWINS.items()}
    with standing(example, cast, Looked()) as client, time_machine.travel(NOON, tick=False):
        return {key: _asked(client, plant) for key, plant in plants.items()}


def _asked(client: Any, plant: Plant) -> Seen:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        plant.put(patch)
        seen = Eyes().see("get", "get", client.get(plant.address))
        transaction.set_rollback(True)
    return seen


@pytest.mark.django_db
def test_without_a_plant_both_worlds_are_the_same(pages: tuple[Pages, Pages]) -> None:
    one, other = pages
    assert one["no", "plant"] == other["no", "plant"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found(name: str, pages: tuple[Pages, Pages]) -> None:
    one, other = pages
    assert one["leak", name] != other["leak", name]


@pytest.mark.django_db
@pytest.mark.parametrize("name", TWINS)
def test_of_a_clean_twin_nothing_is_said(name: str, pages: tuple[Pages, Pages]) -> None:
    one, other = pages
    assert one["twin", name] == other["twin", name]
    if name not in SAYS_NOTHING:
        assert one["twin", name] != one["no", "plant"], "the twin tells something, and so could have been caught"
