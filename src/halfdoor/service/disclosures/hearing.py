"""Hearing a question under the lock, and keeping back what could go: for the gate, which hands both out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from halfdoor.disclosure.rules import Disposition
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.disclosures import delivering, on_record
from halfdoor.service.disclosures.answers import Receipt
from halfdoor.service.disclosures.ledger import Hearing, Judged
from halfdoor.service.disclosures.questions import Question
from halfdoor.service.people.actions import Held, hold_sharing
from halfdoor.service.people.models import YoungPerson


def hold_to_share(young_person: YoungPerson, *, at: datetime) -> Held:
    """
    Hold the lock on who may know, for something that may go.

    :raises ClockIsBehind: while the clock lies behind the practice's newest line: what has ended would hold again
    """
    held = hold_sharing(young_person, at=at)
    chain.refuse_clock_behind(young_person.practice, newest_at=held.written_at, at=at)
    return held


def heard(question: Question, *, held: Held, by: Account) -> tuple[Hearing, Judged, Disposition]:
    """
    Decide a question under the lock, in the practice's own time; last, what the answer would be as usual, without
    anything that the young person's page keeps still.
    """
    young_person, at = question.young_person, held.at
    found = on_record.of(young_person, held=held, at=at.astimezone(ZoneInfo(young_person.practice.time_zone)))
    judge, record = found.judge, found.dossier
    situation = record.of_question(question)
    hearing = Hearing(young_person=young_person, member=question.member, judge=judge, by=by, at=at)
    as_usual = judge.disposition(record.as_usual(question))
    return hearing, Judged(situation, judge.decide(situation)), as_usual


@transaction.atomic
def keep_back(question: Question, *, by: Account, at: datetime) -> Receipt:
    """
    Put on record that somebody was not told what they could have been told: a clinician decided so.

    :raises LawCompels: where it has to go
    """
    hearing, judged, _ = heard(question, held=hold_sharing(question.young_person, at=at), by=by)
    return delivering.keep_back(hearing, judged)
