"""Addresses of records that take a key, each with keys of what is hidden, for `test_hidden_and_absent`."""

from collections.abc import Iterator
from typing import Any

from halfdoor.service.records import actions, copying
from halfdoor.service.records.choices import HoldKind, Outcome
from halfdoor.service.records.models import CopyAsked, ErasureProposal, ErasureSettled, LegalHold
from tests.people import NOON


def of_young_person(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk]


def of_hold(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [_hold(there).pk]


def of_lifting(asker: Any, there: Any) -> Iterator[list[Any]]:
    by = there.question.asked_by
    asked = actions.ask_to_lift(_hold(there), because="Hidden.", by=by, at=NOON)
    actions.settle_lifting(asked, Outcome.DROPPED, by=by, at=NOON)  # one that waits shows the record
    yield [asked.pk]


def of_erasure(asker: Any, there: Any) -> Iterator[list[Any]]:
    """One that was left as it is: one that waits shows the record, and so does one that was done to everybody."""
    by, about = there.question.asked_by, there.young_person
    known = {"practice": about.practice, "proposed_by": by, "proposed_at": NOON, "until_on": NOON.date()}
    proposal = ErasureProposal.objects.create(young_person=about, **known)
    settled = {"practice": about.practice, "settled_by": by, "settled_at": NOON, "outcome": Outcome.DROPPED}
    ErasureSettled.objects.create(proposal=proposal, **settled)
    yield [proposal.pk]


def of_copy(asker: Any, there: Any) -> Iterator[list[Any]]:
    asked = CopyAsked.objects.filter(membership=there.member).first()
    yield [(asked or copying.ask(there.member, by=there.question.asked_by, at=NOON)).pk]


def of_member(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.member.pk]


def _hold(there: Any) -> LegalHold:
    by = there.question.asked_by
    return actions.hold(there.young_person, HoldKind.CLAIM, because="Hidden.", by=by, at=NOON)


HIDDEN = {
    "records:record": ("staff", of_young_person),
    "records:known": ("staff", of_young_person),
    "records:hold": ("staff", of_young_person),
    "records:asked_copy": ("staff", of_copy),
    "records:family_copy": ("family", of_member),
    "records:family_copy_pdf": ("family", of_member),
    "records:family_copy_json": ("family", of_member),
    "records:erase": ("staff", of_young_person),
    "records:erasure": ("staff", of_erasure),
    "records:lift": ("staff", of_hold),
    "records:settle_lifting": ("staff", of_lifting),
}
