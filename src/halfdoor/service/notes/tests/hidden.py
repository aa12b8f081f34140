"""Addresses of this room that take a key, each with keys of what is hidden, for `test_hidden_and_absent`."""

from collections.abc import Iterator
from typing import Any

from halfdoor.service.notes import actions
from halfdoor.service.people import queries
from tests.people import NOON


def of_young_person(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk]


def of_note(asker: Any, there: Any) -> Iterator[list[Any]]:
    episode, by = queries.current_episode(there.young_person, on=NOON.date()), there.question.asked_by
    hidden = actions.write("Hidden.", episode=episode, category="session_content", by=by, at=NOON)
    yield [there.young_person.pk, hidden.item_id]
    if asker.own:
        yield [asker.own.pk, hidden.item_id]


def of_note_to_member(asker: Any, there: Any) -> Iterator[list[Any]]:
    for keys in of_note(asker, there):
        yield [*keys, there.member.pk]


def of_draft(asker: Any, there: Any) -> Iterator[list[Any]]:
    episode = queries.current_episode(there.young_person, on=NOON.date())
    yield [actions.begin(episode, by=there.question.asked_by, at=NOON).pk]


HIDDEN = {
    "notes:list": ("staff", of_young_person),
    "notes:begin": ("staff", of_young_person),
    "notes:secrets": ("staff", of_young_person),
    "notes:note": ("staff", of_note),
    "notes:correct": ("staff", of_note),
    "notes:hand_over": ("staff", of_note_to_member),
    "notes:draft": ("staff", of_draft),
    "notes:what_they_see": ("staff", of_draft),
}
