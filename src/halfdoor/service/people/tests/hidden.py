"""Addresses of circles and accounts, each with keys of what is hidden, for `test_hidden_and_absent`."""

from collections.abc import Iterator
from typing import Any

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import emergencies
from halfdoor.service.people.choices import WhyEmergency
from tests.people import NOON


def of_account(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.member.person.account_id]


def of_young_person(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk]


def of_place(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk, there.member.pk]
    if asker.own:
        yield [asker.own.pk, there.member.pk]


def of_emergency(asker: Any, there: Any) -> Iterator[list[Any]]:
    practice = there.young_person.practice
    if asker.account.role == Role.LEAD and asker.account.practice_id == practice.pk:
        return  # a lead reads of all of their practice
    where = {"practice": practice, "username": "on-call", "display_name": "Otto", "role": Role.THERAPIST}
    on_call, _ = Account.objects.get_or_create(practice=practice, username="on-call", defaults=where)
    opened = emergencies.waiting(practice.pk).filter(opened_by=on_call, young_person=there.young_person).first()
    opened = opened or emergencies.open_record(
        there.young_person, why=WhyEmergency.DANGER, words="Called at night.", by=on_call, at=NOON
    )
    yield [opened.pk]


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
    "people:emergency_access": ("staff", of_emergency),
    "people:close_emergency": ("staff", of_emergency),
}
