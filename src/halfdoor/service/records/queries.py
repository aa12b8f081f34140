"""Reading what is kept and until when. Every function says who is reading; for anybody else there is nothing here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures.retaining import Kept
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Episode, EpisodeEnding, Membership, YoungPerson
from halfdoor.service.records import erasing, schedule
from halfdoor.service.records.actions import SECOND
from halfdoor.service.records.choices import MISSING, Outcome, State
from halfdoor.service.records.erasing import WouldGo
from halfdoor.service.records.models import (
    CopyAsked,
    ErasureProposal,
    ErasureProposalQuerySet,
    ErasureSettled,
    Keeper,
    LegalHold,
    Lifting,
)
from halfdoor.service.records.schedule import Standing
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due

_A_PAGE = 50
_ORDER = (State.DUE, State.UNKNOWN, State.HELD, State.KEPT)
_ERASED_SHOWN = 20
_NOT_FOR_THE_OFFICE = "abuse_alleged"


@dataclass(frozen=True, slots=True)
class Listed:
    """One record in the list of all of them."""

    name: str
    young_person_id: UUID
    state: State
    until: date | None


@dataclass(frozen=True, slots=True)
class Shelves:
    """The records of a practice, those that may go first, and who keeps them (none: nobody said yet)."""

    page: Page[Listed]
    counts: tuple[tuple[State, int], ...]
    keeper: Keeper | None
    erased: tuple[ErasureSettled, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure that was proposed: what would go, or, once it is settled, what became of it."""

    proposal: ErasureProposal
    settled: ErasureSettled | None
    would_go: WouldGo | None
    may_agree: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """A hold on a record, with the wish to lift it that waits for a second person."""

    hold: LegalHold
    lifting: Lifting | None
    may_agree: bool


@dataclass(frozen=True, slots=True)
class Record:
    """How long one record is kept, and why; as much of it as whoever reads may know."""

    young_person: YoungPerson
    state: State
    until: date | None
    rules: tuple[Kept, ...]
    moves: tuple[tuple[date, str], ...]
    missing: tuple[str, ...]
    holds: tuple[Holding, ...]
    going_on: tuple[str, ...]
    standing: Standing
    keeper: Keeper | None
    is_clinician: bool
    erasure: ErasureProposal | None


def records_of(reader: Account) -> QuerySet[YoungPerson]:
    """
    Return whose records somebody keeps. The office keeps all, clinicians their own and those that wait for them as a
    second person, and leads also those of everybody whose care has ended: somebody has to see to them.
    """
    here = Membership.objects.current().filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))
    rows = YoungPerson.objects.filter(Exists(here.filter(relation=Relation.SELF)), practice=reader.practice_id)
    rows = rows.select_related("person", "practice")
    if reader.role == Role.OFFICE:
        return rows
    theirs = Q(Exists(people.young_people_of(reader).filter(pk=OuterRef("pk")).values("pk")))
    for waiting in (Lifting.objects.waiting(), ErasureProposal.objects.waiting()):
        theirs |= Q(Exists(waiting.filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))))
    if reader.role == Role.LEAD:
        ended = EpisodeEnding.objects.filter(practice=OuterRef("practice"), episode=OuterRef("pk"))
        episodes = Episode.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))
        theirs |= Q(Exists(episodes)) & ~Q(Exists(episodes.exclude(Exists(ended))))
    return rows.filter(theirs)


def young_person_of(reader: Account, young_person_id: UUID) -> YoungPerson:
    """
    Return a young person to somebody who keeps their record.

    :raises YoungPerson.DoesNotExist: if they do not, or there is no such young person
    """
    if reader.role == Role.OFFICE:
        return records_of(reader).get(pk=young_person_id)
    found = next(iter(_kept_by(reader.role).rows(YoungPerson, reader.practice_id, reader.pk, young_person_id)), None)
    if found is None:
        raise YoungPerson.DoesNotExist
    return found


@cache
def _kept_by(role: str) -> Prepared:
    """Return the question for one young person whose record a clinician of a role keeps."""

    def build(practice: UUID, reader: UUID, young_person: UUID) -> QuerySet[YoungPerson]:
        return records_of(known_by_ids(practice, reader, role=role)).filter(pk=young_person)

    return Prepared(build, UUID, UUID, UUID)


def shelves(reader: Account, *, only: str = "", page: str, at: datetime) -> Shelves:
    """Return the records that a lead or the office keeps, by how it stands with them."""
    today = day_in(reader.practice, at=at)
    whose = records_of(reader).order_by("person__name", "id")
    found = [_listed(one) for one in _standings(reader, whose, on=today)]
    counts = tuple((state, sum(one.state == state for one in found)) for state in _ORDER)
    rows = [one for one in found if not only or one.state == only]
    rows.sort(key=lambda one: (_ORDER.index(one.state), one.until or date.max, one.name))
    return Shelves(
        page=Paginator(rows, _A_PAGE).get_page(page),
        counts=counts,
        keeper=schedule.keeper_of(reader.practice_id),
        erased=tuple(_erased(reader)[:_ERASED_SHOWN]),
    )


def record_of(reader: Account, young_person: YoungPerson, *, at: datetime) -> Record:
    """Return how long one record is kept, to somebody who got ``young_person_of``."""
    today = day_in(reader.practice, at=at)
    (standing,) = _standings(reader, [young_person], on=today)
    told, is_clinician = standing.retention, reader.role in SECOND
    return Record(
        young_person=young_person,
        state=standing.state,
        until=told.until,
        rules=tuple(kept for kept in told.kept if is_clinician or _NOT_FOR_THE_OFFICE not in kept.rule.when),
        moves=tuple((day, ", ".join(map(_place, move.to))) for day, move in told.moves),
        missing=tuple(
            str(MISSING.get(name, name)) for name in told.missing if is_clinician or name != _NOT_FOR_THE_OFFICE
        ),
        holds=_holdings(reader, standing),
        going_on=standing.going_on,
        standing=standing,
        keeper=standing.keeper,
        is_clinician=is_clinician,
        erasure=next(iter(_ERASURE.rows(ErasureProposal, reader.practice_id, young_person.pk)), None),
    )


def _erasure(practice: UUID, young_person: UUID) -> ErasureProposalQuerySet:
    return _proposals(practice).waiting().filter(young_person=young_person)[:1]


_ERASURE = Prepared(_erasure, UUID, UUID)


def hold_of(reader: Account, hold_id: UUID) -> LegalHold:
    """
    Return one hold to somebody who keeps the record it is on.

    :raises LegalHold.DoesNotExist: if they do not, or there is none of this id
    """
    return LegalHold.objects.select_related("young_person__practice", "placed_by").get(
        practice=reader.practice_id, pk=hold_id, young_person__in=records_of(reader)
    )


def lifting_of(reader: Account, lifting_id: UUID) -> Lifting:
    """
    Return one wish to lift a hold to somebody who keeps the record it is on.

    :raises Lifting.DoesNotExist: if they do not, or there is none of this id
    """
    return Lifting.objects.select_related("young_person__practice").get(
        practice=reader.practice_id, pk=lifting_id, young_person__in=records_of(reader)
    )


def erasure_of(reader: Account, erasure_id: UUID) -> Erasure:
    """
    Return one erasure to somebody who keeps the record; once it is gone, to all clinicians and the office.

    :raises ErasureProposal.DoesNotExist: if they do not, or there is none of this id
    """
    gone = ErasureSettled.objects.filter(practice=OuterRef("practice"), proposal=OuterRef("pk"), outcome=Outcome.AGREED)
    readable = _proposals(reader.practice_id).filter(Q(Exists(gone)) | Q(young_person__in=records_of(reader)))
    proposal = readable.get(pk=erasure_id)
    rows = ErasureSettled.objects.filter(practice=reader.practice_id, proposal=proposal)
    settled = rows.select_related("settled_by").first()
    may = settled is None and reader.role in SECOND and proposal.proposed_by_id != reader.pk
    return Erasure(proposal, settled, None if settled else erasing.would_go(proposal.young_person), may)


def due(reader: Account, *, at: datetime) -> Iterator[Due]:
    """Yield what waits for this clinician as a second person, as lines of *Today*. One query at most."""
    if reader.role not in SECOND or not reader.practice.records_wait:
        return
    theirs = {"practice": OuterRef("practice"), "young_person": OuterRef("pk")}
    liftings = Lifting.objects.waiting().filter(**theirs).exclude(asked_by=reader)
    erasures = ErasureProposal.objects.waiting().filter(**theirs).exclude(proposed_by=reader)
    copies = CopyAsked.objects.waiting().filter(**theirs)
    own = Q(Exists(people.young_people_of(reader).filter(pk=OuterRef("pk")).values("pk"))) & Q(Exists(copies))
    rows = YoungPerson.objects.filter(Q(Exists(liftings)) | Q(Exists(erasures)) | own, practice=reader.practice_id)
    rows = rows.annotate(
        copy=Case(When(own, then=Subquery(copies.order_by("asked_at").values("pk")[:1]))),
        would_lift=Subquery(liftings.values("asked_by__display_name")[:1]),
        would_erase=Subquery(erasures.values("proposed_by__display_name")[:1]),
        erasure=Subquery(erasures.values("pk")[:1]),
    )
    for one in rows.select_related("person").order_by("person__name", "id"):
        if one.would_lift:
            words = _("%(who)s would lift a hold on the record of %(name)s")
            said = words % {"who": one.would_lift, "name": one.name}
            yield Due(addresses.of("records:record", one.pk), said, _("Read why, and whether you agree."))
        if one.erasure:
            words = _("%(who)s would erase the record of %(name)s")
            said = words % {"who": one.would_erase, "name": one.name}
            address = addresses.of("records:erasure", one.erasure)
            yield Due(address, said, _("See what would go, and whether you agree."))
        if one.copy:
            said = _("A copy of the record of %(name)s was asked for") % {"name": one.name}
            yield Due(addresses.of("records:asked_copy", one.copy), said, _("Make sure who asks, and let it go."))


def _proposals(practice: UUID) -> ErasureProposalQuerySet:
    rows = ErasureProposal.objects.filter(practice=practice)
    return rows.select_related("young_person__person", "young_person__practice", "proposed_by").order_by("proposed_at")


def _erased(reader: Account) -> QuerySet[ErasureSettled]:
    rows = ErasureSettled.objects.filter(practice=reader.practice_id, outcome=Outcome.AGREED)
    return rows.select_related("proposal__proposed_by", "settled_by").order_by("-settled_at", "-id")


def _standings(reader: Account, whose: Iterable[YoungPerson], *, on: date) -> list[Standing]:
    return schedule.standings(reader.practice, whose, for_clinicians=reader.role in SECOND, on=on)


def _listed(standing: Standing) -> Listed:
    about = standing.young_person
    return Listed(about.name, about.pk, standing.state, standing.retention.until)


def _holdings(reader: Account, standing: Standing) -> tuple[Holding, ...]:
    if not standing.holds:
        return ()
    asked: dict[Any, Lifting] = {
        row.hold_id: row
        for row in Lifting.objects.filter(practice=reader.practice_id, hold__in=standing.holds)
        .waiting()
        .select_related("asked_by")
    }
    return tuple(_holding(reader, hold, asked.get(hold.pk)) for hold in standing.holds)


def _holding(reader: Account, hold: LegalHold, lifting: Lifting | None) -> Holding:
    may = lifting is not None and reader.role in SECOND and lifting.asked_by_id != reader.pk
    return Holding(hold, lifting, may)


def _place(code: str) -> str:
    return {
        "other_home_of_provider": _("another home of the provider"),
        "placing_authority": _("the authority that placed the young person"),
    }.get(code, code)
