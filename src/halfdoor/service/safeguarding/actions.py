"""Reporting, assessing and dealing with an incident. Each writes its line into the practice's chain."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.safeguarding import outstanding
from halfdoor.service.safeguarding.choices import Done, Kind, People, Risk
from halfdoor.service.safeguarding.models import Incident, IncidentAssessment, IncidentStep, Unclosed


@dataclass(frozen=True, slots=True)
class Noticed:
    """What somebody noticed: the kind, what happened, on which day, and when one of us first knew."""

    kind: Kind
    what: str
    happened_on: date
    known_at: datetime


class NotDone(ValueError):
    """An incident cannot be closed while something about it is not done. ``missing`` says what, in words."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class Closed(ValueError):
    """Nothing is added to an incident that was closed: report a new one."""


@transaction.atomic
def report(about: YoungPerson, noticed: Noticed, *, by: Account, at: datetime) -> Incident:
    """Put on record that confidentiality may have been broken. Anybody who works here may; nobody has to be sure."""
    incident = Incident(
        practice=about.practice,
        young_person=about,
        kind=noticed.kind,
        happened_on=noticed.happened_on,
        known_at=min(noticed.known_at, at),
        reported_at=at,
        reported_by=by,
    )
    incident.what = noticed.what
    incident.save(force_insert=True)
    Unclosed.objects.create(practice=incident.practice, incident=incident)
    _line("reported", incident, by=by, at=at, what=noticed.kind)
    return incident


@transaction.atomic
def assess(
    incident: Incident, *, risk: Risk, people: People, reasons: str, by: Account, at: datetime
) -> IncidentAssessment:
    """
    Say how likely harm is and how many people it concerns, and why. A later assessment takes the place of this one.

    :raises Closed: if it was closed
    """
    _still_open(incident)
    row = IncidentAssessment(
        practice=incident.practice,
        incident=incident,
        young_person=incident.young_person,
        risk=risk,
        people=people,
        assessed_at=at,
        assessed_by=by,
    )
    row.reasons = reasons
    row.save(force_insert=True)
    _line("assessed", incident, by=by, at=at, what=risk)
    return row


@transaction.atomic
def take_step(incident: Incident, done: Done, *, words: str, by: Account, at: datetime) -> IncidentStep:
    """
    Put on record what was done about an incident, or why it is not done.

    :raises Closed: if it was closed
    :raises NotDone: if it is to be closed, and something is missing
    """
    _still_open(incident)
    if done is Done.CLOSED and (missing := outstanding.missing(incident)):
        raise NotDone(missing)
    row = IncidentStep(
        practice=incident.practice,
        incident=incident,
        young_person=incident.young_person,
        done=done,
        done_at=at,
        done_by=by,
    )
    row.words = words
    row.save(force_insert=True)
    if done is Done.CLOSED:
        Unclosed.objects.filter(practice=incident.practice_id, incident=incident).delete()
    _line("step", incident, by=by, at=at, what=done)
    return row


def _still_open(incident: Incident) -> None:
    # Two who close and add at once take turns at this row.
    Incident.objects.select_for_update().get(practice=incident.practice_id, pk=incident.pk)
    if not Incident.objects.filter(practice=incident.practice_id, pk=incident.pk).open().exists():
        raise Closed("This incident was closed. If something new came to light, report it anew.")


def _line(kind: str, incident: Incident, *, by: Account, at: datetime, what: str) -> None:
    body = {"kind": f"safeguarding.incident_{kind}", "incident": str(incident.pk), "what": str(what), "by": str(by.pk)}
    chain.append(incident.practice, body, at=at)
