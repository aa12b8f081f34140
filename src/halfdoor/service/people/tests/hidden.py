"""Addresses of circles and accounts, each with keys of what is hidden, for `test_hidden_and_absent`."""

from collections.abc import Iterator
from typing import Any


def of_account(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.member.person.account_id]


def of_young_person(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk]


def of_place(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk, there.member.pk]
    if asker.own:
        yield [asker.own.pk, there.member.pk]


HIDDEN = {
    "people:circle": ("staff", of_young_person),
    "people:birthday": ("staff", of_young_person),
    "people:setting": ("staff", of_young_person),
    "people:join": ("staff", of_young_person),
    "people:way_in_of_young_person": ("staff", of_young_person),
    "people:way_in_of_member": ("staff", of_place),
    "people:sign_in": ("staff", of_account),
    "people:give_code": ("staff", of_account),
    "people:withdraw_code": ("staff", of_account),
    "people:close_sign_in": ("staff", of_account),
    "people:open_sign_in": ("staff", of_account),
}
