"""Reading what lawyers were asked. Every function says who is reading; what they may not see is not there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.legal.rows import Advice, Consultation
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.paging import paged

_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation, with its answer where there is one."""

    consultation: Consultation
    advice: Advice | None


def consultations_about(young_person: YoungPerson, *, page: str = "1", reader: Account) -> Page[Any]:
    """Return a page of what lawyers were asked about a young person, newest first, to clinicians of their circle."""
    about = {"practice": young_person.practice_id, "young_person": young_person}
    asked = Consultation.objects.filter(**about).select_related("asked_by").order_by("-asked_at", "-id")
    asked = asked if people.is_clinician_of(young_person, reader=reader) else asked.none()
    shown = paged(asked, page=page, size=_A_PAGE)
    advice = Advice.objects.filter(practice=young_person.practice_id, consultation__in=[one.pk for one in shown])
    given = {one.consultation_id: one for one in advice.select_related("recorded_by")}
    return Page([Consulted(one, given.get(one.pk)) for one in shown], shown.number, shown.paginator)


def consultation_of(reader: Account, consultation_id: UUID) -> Consultation:
    """
    Return one consultation to a clinician of the young person's circle.

    :raises Consultation.DoesNotExist: if it is about somebody else's young person, or not there at all
    """
    theirs = people.young_people_of(reader)
    rows = Consultation.objects.filter(practice=reader.practice_id, young_person__in=theirs)
    return rows.select_related("young_person__person", "young_person__practice").get(pk=consultation_id)
