"""Ending a caregiver's part in therapy, or beginning it again: a step that is gone through with the young person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.people import actions, facts
from halfdoor.service.people.choices import Answer, Part, YoungPersonsView
from halfdoor.service.people.models import CareRole, Involvement, Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was gone through: whether they take part from a day on, why, and the young person's view in their words."""

    part: Part
    view: YoungPersonsView
    effective_on: date
    because: str
    words: str = ""


@transaction.atomic
def review_part(member: Membership, review: Review, *, by: Account, at: datetime) -> Involvement:
    """
    Put on record that somebody no longer takes part, or does again. Their authority stays what the papers say, and all
    that happened before stays on record.
    """
    young_person = member.young_person
    at = actions.sharing_changes(young_person, at=at)
    needs = facts.load(young_person, at=at).of_member(member).get("needs_it_for_role", Answer.UNKNOWN)
    row = Involvement(
        practice=member.practice,
        membership=member,
        part=review.part,
        view=review.view,
        effective_on=review.effective_on,
        reviewed_at=at,
        reviewed_by=by,
    )
    row.words, row.because = review.words, review.because
    row.save(force_insert=True)
    said = {"part": str(review.part), "view": str(review.view)}
    body = actions.line("part_reviewed", young_person, by, membership=member.pk, row=row.pk, says=said)
    chain.append(by.practice, body, at=at)
    involved = Answer.NO if review.part == Part.NO_LONGER else Answer.YES
    role = CareRole(
        membership=member,
        involved_in_care=involved,
        needs_it_for_role=str(needs),
        effective_on=review.effective_on,
    )
    actions.record(role, evidence=review.because, by=by, at=at)
    return row
