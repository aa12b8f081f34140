"""Reading notes. The gate lets them pass, one by one, to the one who reads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core import paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Among, Prepared
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.actions import REVISABLE
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.clocks import summary_due_on
from halfdoor.service.disclosures.duties import unfulfilled
from halfdoor.service.disclosures.gate import NotReleased, Page, Released
from halfdoor.service.disclosures.models import Item
from halfdoor.service.disclosures.payloads import Payload
from halfdoor.service.notes.choices import PRIVATE, SecretsRule
from halfdoor.service.notes.models import (
    KINDS,
    Allowance,
    Draft,
    Note,
    ProcessNote,
    SecretsAgreement,
    WriteUp,
    WriteUpPart,
)
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.web import addresses
from halfdoor.service.web.decision_words import said
from halfdoor.service.web.due import Due
from halfdoor.service.web.paging import Paged

SHOWN: Mapping[str, Collection[str] | None] = {
    "all": None,
    "shared": [category for category in Category.values if category not in PRIVATE],
    "private": [Category.SESSION_CONTENT.value],
    "process": [Category.PROCESS_NOTES.value],
}
"""What a list can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody else in the circle: how it stands with one note for them, and whether they get it by themselves."""

    member: Membership
    disposition: str
    goes: bool


@dataclass(frozen=True, slots=True)
class Handing:
    """One note on its way to somebody: the decision, and what has to be done before it goes, as code and words."""

    note: Released
    member: Membership
    decision: Mapping[str, Any]
    opens: bool
    todo: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """
    One note with what belongs to it: its earlier versions, the session it was written after and what else was, and
    what of it repeats private notes for which reason.
    """

    note: Released
    written_by: str
    is_mine: bool
    earlier: tuple[Released, ...]
    write_up: WriteUp | None
    beside: tuple[Released, ...]
    allowances: tuple[Allowance, ...]
    readers: tuple[Reader, ...]


def updates_for(viewer: Membership, *, page: int = 1, at: datetime) -> Page:
    """Return the notes this person may see now, newest first."""
    return gate.shareable_with(viewer, KINDS, page=page, at=at)


def update_for(viewer: Membership, item_id: UUID, *, at: datetime) -> Released:
    """
    Return one note.

    :raises NotReleased: if it may not be seen by this person, or is not there at all
    """
    return gate.show(viewer, item_id, at=at)


def place_of(clinician: Account, young_person_id: UUID) -> Membership:
    """
    Return a clinician's own place in somebody's circle.

    :raises Membership.DoesNotExist: if they have none there, or there is no such young person
    """
    found = next(iter(_PLACE.rows(Membership, clinician.practice_id, clinician.pk, young_person_id)), None)
    if found is None:
        raise Membership.DoesNotExist
    return found


def _place(practice: UUID, clinician: UUID, young_person: UUID) -> QuerySet[Membership]:
    places = people.memberships_of(known_by_ids(practice, clinician))
    return places.filter(young_person=young_person, relation__in=people.CLINICIANS)[:1]


_PLACE = Prepared(_place, UUID, UUID, UUID)


def notes_for(viewer: Membership, *, shown: str, page: int, at: datetime) -> Page:
    """Return a page of the notes a clinician may read, newest first, as far as they are of the kinds that are shown."""
    categories = SHOWN.get(shown)
    items = KINDS if categories is None else Item.objects.of_kind(*KINDS).filter(category__in=categories)
    return gate.shareable_with(viewer, items, page=page, size=25, at=at)


def open_note(viewer: Membership, item_id: UUID, *, reader: Account, at: datetime) -> Opened:
    """
    Return one note to a clinician of the circle, with its history.

    :raises Note.DoesNotExist: if it may not be seen by this person, or is not there at all
    """
    try:
        note = gate.show(viewer, item_id, at=at)
    except NotReleased:
        raise Note.DoesNotExist from None
    of_it = WriteUpPart.objects.filter(practice=viewer.practice_id, item=item_id).values("write_up")
    parts = WriteUpPart.objects.filter(practice=viewer.practice_id, write_up__in=of_it).select_related("write_up")
    beside: tuple[Released, ...] = ()
    ids = [one.item_id for one in parts if one.item_id != item_id]
    if ids:
        beside = gate.shareable_with(viewer, Item.objects.filter(pk__in=ids), at=at).items
    allowed = Allowance.objects.filter(practice=viewer.practice_id, item=item_id, version=note.version)
    return Opened(
        note=note,
        written_by=names_of([note.written_by], reader=reader)[note.written_by],
        is_mine=note.written_by == reader.pk,
        earlier=gate.earlier(viewer, item_id, at=at) if note.version > 1 else (),
        write_up=parts[0].write_up if parts else None,
        beside=beside,
        allowances=tuple(allowed.order_by("given_at", "id")),
        readers=_readers(viewer, item_id, at=at),
    )


def handing(viewer: Membership, item_id: UUID, membership_id: UUID, *, reader: Account, at: datetime) -> Handing:
    """
    Return how it stands with one note for one member of the circle, to a clinician who may hand it over.

    :raises Note.DoesNotExist: if the reader may not see it, or there is no such note or member
    """
    members = {one.pk: one for one in people.circle_of(viewer.young_person, reader=reader)}
    try:
        note = gate.show(viewer, item_id, at=at)
        member = members[membership_id]
        decision = gate.decide(member, item_id, at=at)
    except (NotReleased, KeyError):
        raise Note.DoesNotExist from None
    duties = {duty["code"]: said(duty) for duty in decision.as_json()["obligations"]}  # type: ignore[attr-defined]
    return Handing(
        note=note,
        member=member,
        decision=decision.as_json(),
        opens=decision.disposition.opens,
        todo=tuple((code, duties[code]) for code in unfulfilled(duties, by_writing=True)),
    )


def _readers(viewer: Membership, item_id: UUID, *, at: datetime) -> tuple[Reader, ...]:
    sights = gate.who_gets(viewer, item_id, at=at)
    return tuple(
        Reader(one.member, str(one.items[0].decision.disposition), one.items[0].shows)
        for one in sights
        if one.member.pk != viewer.pk
    )


def names_of(accounts: Collection[UUID], *, reader: Account) -> Mapping[UUID, str]:
    """Return the names of colleagues who wrote something, to a colleague of the same practice."""
    return dict(_NAMES.ask(Account, reader.practice_id, some=accounts)) if accounts else {}


def _names(practice: UUID, *accounts: UUID) -> QuerySet[Account, Any]:
    return Account.objects.filter(practice=practice, pk__in=accounts).values_list("pk", "display_name")


_NAMES = Among(_names, UUID)


def drafts_of(author: Account) -> QuerySet[Draft]:
    """Return what somebody has begun and not finished, the latest first; nobody else sees it."""
    rows = Draft.objects.of(author).filter(practice=author.practice_id, young_person__in=people.young_people_of(author))
    return rows.select_related("young_person__person", "young_person__practice", "episode").order_by("-kept_at", "id")


_DRAFTS = Prepared(lambda practice, author: drafts_of(known_by_ids(practice, author)), UUID, UUID)


def drafts_about(young_person: YoungPerson, *, page: str, author: Account) -> paginator.Page[Draft]:
    """Return a page of the same that are about one young person."""
    return _DRAFTS_ABOUT.page(Draft, author.practice_id, author.pk, young_person.pk, page=page)


def _drafts_about(practice: UUID, author: UUID, young_person: UUID) -> QuerySet[Draft]:
    return drafts_of(known_by_ids(practice, author)).filter(young_person=young_person)


_DRAFTS_ABOUT = Paged(_drafts_about, UUID, UUID, UUID, size=10)


def draft_of(author: Account, draft_id: UUID) -> Draft:
    """
    Return one draft to its author.

    :raises Draft.DoesNotExist: if it is somebody else's, its author left the circle, or there is none
    """
    return drafts_of(author).get(pk=draft_id)


def typed_in(draft: Draft, *, reader: Account) -> Mapping[str, list[str]]:
    """Return what its author typed into a draft, by field; nothing to anybody else."""
    return draft.typed_by(reader)


def waiting_for(account: Account, *, at: datetime) -> Iterable[Due]:
    """
    Yield the drafts somebody has still to finish, as lines of *Today*. Where others care for the young person every
    day, a draft after a session has a day: the clock of the place for summaries runs from when it was begun.
    """
    drafts = list(_DRAFTS.rows(Draft, account.practice_id, account.pk))
    cared_for = people.with_everyday_carers([draft.young_person for draft in drafts], reader=account)
    for draft in drafts:
        words = _("Finish what you began to write about %(name)s") % {"name": draft.young_person.name}
        due_on, why = None, _("It is kept; nobody else can read it")
        if draft.young_person_id in cared_for and draft.corrects_id is None:
            due_on = summary_due_on(draft.young_person.practice, since=draft.began_at)
            why = _("The care team usually has the summary within a day")
        yield Due(addresses.of("notes:draft", draft.pk), words, why, due_on)


def secrets_of(young_person: YoungPerson, *, reader: Account) -> QuerySet[SecretsAgreement]:
    """Return what the family signed about secrets, the newest first, to clinicians of the circle; else nothing."""
    rows = SecretsAgreement.objects.about(young_person).order_by("-signed_on", "-recorded_at")
    return rows if people.is_clinician_of(young_person, reader=reader) else rows.none()


def rule_on(young_person: YoungPerson, *, day: date, reader: Account) -> str:
    """Return what the family had signed about secrets by a day; an empty word where it had signed nothing."""
    signed = secrets_of(young_person, reader=reader).filter(signed_on__lte=day).first()
    return SecretsRule(signed.rule) if signed else ""


def bodies(
    item_ids: Collection[UUID], young_person: YoungPerson, named: Collection[UUID] = ()
) -> Mapping[UUID, Payload]:
    """
    Return these items as they stand now, those ``named`` with whoever said them. Only the gate can call this: the rows
    are guarded.
    """
    rows = _NOTES.rows(Note, young_person.practice_id, young_person.pk, some=item_ids)
    latest: dict[UUID, Note] = {note.item_id: note for note in rows}
    return {key: Payload(note.body, note.source if key in named else "") for key, note in latest.items()}


def process_bodies(
    item_ids: Collection[UUID], young_person: YoungPerson, named: Collection[UUID] = ()
) -> Mapping[UUID, Payload]:
    """Return these process notes as they stand now. Only the gate can call this, and it says whose may be opened."""
    rows = _PROCESS_NOTES.rows(ProcessNote, young_person.practice_id, young_person.pk, some=item_ids)
    latest: dict[UUID, ProcessNote] = {note.item_id: note for note in rows}
    return {key: Payload(note.body) for key, note in latest.items()}


def _of_items(practice: UUID, young_person: UUID, *items: UUID) -> dict[str, Any]:
    return {"practice": practice, "young_person": young_person, "item__in": items}


_NOTES = Among(lambda *asked: Note.objects.filter(**_of_items(*asked)).order_by("version"), UUID, UUID)
_PROCESS_NOTES = Among(lambda *asked: ProcessNote.objects.filter(**_of_items(*asked)).order_by("version"), UUID, UUID)


def earlier(item: Item) -> Sequence[tuple[Item, str]]:
    """Return the earlier versions of an item, newest first, each as it stood. Only the gate can call this."""
    return _earlier(Note, item)


def earlier_process(item: Item) -> Sequence[tuple[Item, str]]:
    """Return the earlier versions of a process note, newest first. Only the gate can call this."""
    return _earlier(ProcessNote, item)


def _earlier(model: type[Note | ProcessNote], item: Item) -> Sequence[tuple[Item, str]]:
    rows = model.objects.filter(practice=item.practice_id, item=item.pk, version__lt=item.version)
    return [(_as_it_stood(item, note), note.body) for note in rows.order_by("-version")]


def _as_it_stood(item: Item, note: Note | ProcessNote) -> Item:
    columns = {name: note.entered.get(name, getattr(item, name)) for name in REVISABLE}
    return Item(
        pk=item.pk,
        practice_id=item.practice_id,
        young_person_id=item.young_person_id,
        episode_id=item.episode_id,
        kind=item.kind,
        version=note.version,
        written_at=note.written_at,
        written_by_id=note.written_by_id,
        **columns,
    )
