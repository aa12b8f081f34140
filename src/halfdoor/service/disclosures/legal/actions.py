"""Putting on record that a lawyer was asked, and what the answer was."""

from datetime import date, datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.legal.rows import Advice, Consultation
from halfdoor.service.people.models import YoungPerson


class AlreadyAnswered(Exception):
    """A consultation has its answer. What came later is a consultation of its own."""


@transaction.atomic
def consult(
    young_person: YoungPerson, *, whom: str, question: str, category: str = "", by: Account, at: datetime
) -> Consultation:
    """Put on record that legal advice was asked for. The chain says that it was, and not about what."""
    asked = Consultation(
        practice=young_person.practice, young_person=young_person, category=category, asked_at=at, asked_by=by
    )
    asked.whom, asked.question = whom, question
    asked.save(force_insert=True)
    chain.append(by.practice, _body("legal_advice_asked", asked, by), at=at)
    return asked


@transaction.atomic
def advise(consultation: Consultation, *, words: str, given_on: date, by: Account, at: datetime) -> Advice:
    """
    Put the answer on record.

    :raises AlreadyAnswered: if there is one
    """
    Practice.objects.select_for_update(no_key=True).get(pk=by.practice_id)
    if Advice.objects.filter(practice=consultation.practice_id, consultation=consultation).exists():
        raise AlreadyAnswered
    advice = Advice(
        practice=consultation.practice,
        consultation=consultation,
        young_person=consultation.young_person,
        given_on=given_on,
        recorded_at=at,
        recorded_by=by,
    )
    advice.words = words
    advice.save(force_insert=True)
    chain.append(by.practice, _body("legal_advice_given", consultation, by), at=at)
    return advice


def _body(kind: str, consultation: Consultation, by: Account) -> dict[str, object]:
    return {
        "kind": f"disclosures.{kind}",
        "consultation": str(consultation.pk),
        "young_person": str(consultation.young_person_id),
        "by": str(by.pk),
    }
