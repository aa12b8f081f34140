"""
Covering for a clinician who is away or leaves: from a day to a day somebody else has their young people, and with them
their requests, their clocks and whoever calls.

A cover has real places in the circles; `turning` gives and ends them as the days come.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, jobs
from halfdoor.service.people.choices import WhyCovered
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Cover, CoverEnding
from halfdoor.service.people.tasks import turn_cover
from halfdoor.service.people.turning import CAN_COVER, ended, turn


class CannotCover(ValueError):
    """This person cannot cover on these days; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Who is away or leaves, who covers, from which day, and on which they are back if there is one."""

    clinician: Account
    cover: Account
    why: WhyCovered
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def arrange(absence: Absence, *, by: Account, at: datetime) -> Cover:
    """
    Name a cover. From the first day on they have the places of whoever is away.

    :raises CannotCover: if they are away themselves then, or whoever is away covers for somebody
    """
    _check(absence)
    cover = Cover.objects.create(
        practice=by.practice,
        clinician=absence.clinician,
        cover=absence.cover,
        why=absence.why,
        starts_on=absence.starts_on,
        ends_on=absence.ends_on,
        recorded_at=at,
        recorded_by=by,
    )
    body = {"kind": "people.cover_named", "cover": str(cover.pk), "by": str(by.pk), "why": str(absence.why)}
    body |= {"clinician": str(absence.clinician.pk), "covers": str(absence.cover.pk)}
    chain.append(by.practice, body, at=at)
    for day in filter(None, (absence.starts_on, absence.ends_on)):
        midnight = datetime.combine(day, time(), ZoneInfo(by.practice.time_zone))
        jobs.enqueue(turn_cover, practice=by.practice_id, due_at=max(midnight, at), at=at, account=str(cover.cover_id))
    turn(absence.cover, at=at)
    turn(absence.clinician, at=at)
    return cover


@transaction.atomic
def end(cover: Cover, *, by: Account, at: datetime) -> CoverEnding:
    """End a cover now, before its day or because it had none. The places it gave end with it."""
    ending = CoverEnding.objects.create(practice=cover.practice, cover=cover, ended_at=at, recorded_by=by)
    body = {"kind": "people.cover_ended", "cover": str(cover.pk), "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    turn(cover.cover, at=at)
    return ending


def covers_of(staff: Account, *, at: datetime) -> QuerySet[Cover]:
    """Return the covers of a practice that hold or are to come, by their first day: to each clinician their own."""
    rows = Cover.objects.filter(practice=staff.practice_id).exclude(Exists(ended()))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day_in(staff.practice, at=at)))
    if staff.role not in (Role.LEAD, Role.OFFICE):
        rows = rows.filter(Q(clinician=staff) | Q(cover=staff))
    return rows.select_related("clinician", "cover", "recorded_by").order_by("starts_on", "id")


def cover_of(staff: Account, cover_id: UUID, *, at: datetime) -> Cover:
    """
    Return one cover that can still be ended.

    :raises Cover.DoesNotExist: if it has ended, or is not there
    """
    return covers_of(staff, at=at).get(pk=cover_id)


def _check(absence: Absence) -> None:
    if absence.cover.role not in CAN_COVER or absence.clinician.role not in CAN_COVER:
        raise CannotCover(_("Only a therapist or a clinical lead can be covered for, or cover."))
    if absence.cover.pk == absence.clinician.pk:
        raise CannotCover(_("Nobody covers for themselves. Choose a colleague."))
    during = _during(absence)
    if during.filter(clinician=absence.cover).exists():
        raise CannotCover(_("%(who)s is away then. Choose somebody else.") % {"who": absence.cover.display_name})
    if during.filter(cover=absence.clinician).exists():
        who = absence.clinician.display_name
        raise CannotCover(_("%(who)s covers for a colleague then. Name another cover for them first.") % {"who": who})


def _during(absence: Absence) -> QuerySet[Cover]:
    """Return covers that hold on one of the days of an absence."""
    rows = Cover.objects.filter(practice=absence.clinician.practice_id).exclude(Exists(ended()))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=absence.starts_on))
    return rows.filter(starts_on__lt=absence.ends_on) if absence.ends_on else rows
