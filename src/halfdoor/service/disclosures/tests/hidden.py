"""Addresses of the ledger and the escrow that take a key, each with keys of what is hidden."""

from collections.abc import Iterator
from typing import Any

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.escrow import actions
from halfdoor.service.disclosures.escrow.rows import Escrow, WhyEscrow
from tests.people import NOON


def of_young_person(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk]


def of_escrow(asker: Any, there: Any) -> Iterator[list[Any]]:
    """Process notes that were asked for: leads of the practice read of all of them, and nobody else of it."""
    practice, author = there.young_person.practice, there.question.asked_by
    if asker.account.role == Role.LEAD and asker.account.practice_id == practice.pk:
        return
    lead = Account.objects.filter(practice=practice, role=Role.LEAD).earliest("pk")
    why = {"why": WhyEscrow.LEFT, "because": "Hidden."}
    asked = Escrow.objects.filter(practice=practice, young_person=there.young_person).first()
    yield [(asked or actions._ask(there.young_person, author, **why, by=lead, at=NOON)).pk]


HIDDEN = {
    "disclosures:ledger": ("staff", of_young_person),
    "disclosures:check": ("staff", of_young_person),
    "disclosures:account": ("staff", of_young_person),
    "disclosures:account_pdf": ("staff", of_young_person),
    "disclosures:account_csv": ("staff", of_young_person),
    "disclosures:ask_escrow": ("staff", of_young_person),
    "disclosures:escrow": ("staff", of_escrow),
    "disclosures:read_escrow": ("staff", of_escrow),
}
