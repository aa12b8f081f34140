"""
Taking a file of people on record: all of it or nothing, and the same file twice changes nothing.

What a file says that is on record already is left alone. What it says anew becomes a dated fact like any other. What it
says otherwise about who somebody is, is a fault: a person looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, keys
from halfdoor.service.people import actions, admitting_many, joining, queries
from halfdoor.service.people.admitting_many import Known
from halfdoor.service.people.choices import Identity, Level, Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.joining import Joining
from halfdoor.service.people.models import (
    Authority,
    DatedFact,
    IdentityCheck,
    Membership,
    OutsideReference,
    Person,
    YoungPerson,
)
from halfdoor.service.people.settings_of_care import CLINICIANS
from halfdoor.service.people.sheets import Entry, Fault, Faulty, read

Progress = Callable[[int, int], None]
"""Told how many lines are done, of how many."""


@dataclass(slots=True)
class Taken:
    """What a file brought: how many lines, and how much of it was new."""

    lines: int = 0
    young_people: int = 0
    people: int = 0
    places: int = 0
    facts: int = 0

    @property
    def changes_nothing(self) -> bool:
        return not (self.young_people or self.people or self.places or self.facts)


def _quiet(done: int, of: int) -> None:
    """Tell nobody."""


def take_in(content: bytes, *, dry_run: bool = False, progress: Progress = _quiet, by: Account, at: datetime) -> Taken:
    """
    Take a file of people on record, or only see what it would bring.

    :raises Faulty: with everything that is wrong in it; then nothing of it is on record
    """
    entries = read(content, today=day_in(by.practice, at=at))
    with transaction.atomic(), keys.ring():
        known = _known(entries, by=by)
        _against_the_record(entries, known, told=_told_of(by))
        taken = _take(entries, known, progress=progress, by=by, at=at)
        body = {"kind": "people.file_taken", "lines": taken.lines, "by": str(by.pk)}
        if not taken.changes_nothing:
            chain.append(by.practice, body, at=at)
        transaction.set_rollback(dry_run)
    return taken


def _known(entries: Sequence[Entry], *, by: Account) -> Known:
    """Return who is on record, in three queries however long the file is."""
    practice = by.practice
    references = OutsideReference.objects.filter(practice=practice).select_related("person")
    people = {row.reference: row.person for row in references}
    young_people = YoungPerson.objects.filter(practice=practice).select_related("person", "practice")
    clinicians = Account.objects.filter(practice=practice, role__in=(Role.THERAPIST, Role.LEAD))
    return Known(
        people=people,
        young_people={one.person_id: one for one in young_people},
        clinicians={account.username: account for account in clinicians.select_related("practice")},
    )


def _told_of(by: Account) -> frozenset[UUID] | None:
    """Return who of those on record may be named to whoever takes the file: to the office all, which is ``None``."""
    if by.role == Role.OFFICE:
        return None
    near = Membership.objects.filter(practice=by.practice_id, young_person__in=queries.young_people_of(by).values("pk"))
    return frozenset(near.values_list("person", flat=True))


def _against_the_record(entries: Sequence[Entry], known: Known, *, told: frozenset[UUID] | None) -> None:
    """
    See that nobody is somebody else on record. Nobody is named, and no day of birth, to whom they are not near: a file
    of made-up names is no way to learn who comes here.
    """
    faults: list[Fault] = []

    def somebody(held: Person) -> str:
        return _taken_by(held.name if told is None or held.pk in told else "")

    for entry in entries:
        held = known.people.get(entry.young_person_id)
        if held is not None and held.name != entry.young_person:
            faults.append(Fault(entry.line, "young_person", somebody(held)))
        elif held is not None and held.pk not in known.young_people:
            faults.append(Fault(entry.line, "young_person_id", _("This id belongs to somebody who is not in care.")))
        elif held is not None and entry.born_on and known.young_people[held.pk].born_on != entry.born_on:
            day = known.young_people[held.pk].born_on if told is None or held.pk in told else None
            other = _("On record they were born on %(day)s. Put it right on their page, with how you know.")
            faults.append(Fault(entry.line, "born_on", other % {"day": day or "—"}))
        if entry.relation in CLINICIANS:
            if entry.person_id not in known.clinicians:
                who = _("No clinician signs in here as “%(who)s”. For clinicians the id is their sign-in name.")
                faults.append(Fault(entry.line, "person_id", who % {"who": entry.person_id}))
        elif (person := known.people.get(entry.person_id)) is not None and person.name != entry.person:
            faults.append(Fault(entry.line, "person", somebody(person)))
    if faults:
        raise Faulty(faults)


def _taken_by(name: str) -> str:
    says = _(
        "This id belongs to %(name)s on record. Give whoever is meant an id of their own, or put the name right there."
    )
    return says % {"name": name or _("somebody else")}


def _take(entries: Sequence[Entry], known: Known, *, progress: Progress, by: Account, at: datetime) -> Taken:
    taken = Taken(lines=len(entries))
    new = {entry.young_person_id: entry for entry in entries if entry.young_person_id not in known.people}
    fresh = [entry for entry in entries if entry.young_person_id in new]
    done = 0
    for batch in admitting_many.batches(fresh):
        brought = admitting_many.admit(batch, known, by=by, at=at)
        taken.young_people += brought.young_people
        taken.people += brought.people
        taken.places += brought.places
        taken.facts += brought.facts
        done += len(batch)
        progress(done, taken.lines)
    others = [entry for entry in entries if entry.young_person_id not in new]
    stands = _standing(by) if others else _Standing({}, set())
    for entry in others:
        _take_one(entry, known, stands, taken, by=by, at=at)
        done += 1
        if done % admitting_many.A_BATCH == 0 or done == taken.lines:
            progress(done, taken.lines)
    return taken


@dataclass(frozen=True, slots=True)
class _Standing:
    """
    What stands in the circles of a practice: places by young person, person and relation; facts word for word with
    their day.
    """

    places: dict[tuple[UUID, UUID, str], Membership]
    facts: set[tuple[UUID, str, date]]


def _standing(by: Account) -> _Standing:
    """Return what stands, in three queries."""
    mine = {"practice": by.practice_id}
    rows = Membership.objects.filter(**mine).current().select_related("young_person__practice", "person")
    levels = Authority.objects.filter(**mine).values_list("membership", "level", "effective_on")
    checks = IdentityCheck.objects.filter(**mine).values_list("membership", "outcome", "effective_on")
    places = {(row.young_person_id, row.person_id, str(row.relation)): row for row in rows}
    return _Standing(places, {*levels, *checks})


def _take_one(
    entry: Entry,
    known: Known,
    stands: _Standing,
    taken: Taken,
    *,
    by: Account,
    at: datetime,
) -> None:
    """Take one line about a young person who is on record: who is new joins, what is new is recorded."""
    if entry.relation is None:
        return
    young_person = known.young_people[known.people[entry.young_person_id].pk]
    person = _person(entry, known, taken, by=by)
    member = stands.places.get((young_person.pk, person.pk, str(entry.relation)))
    if member is None:
        member = _joins(young_person, person, entry.relation, entry, known, by=by, at=at)
        stands.places[young_person.pk, person.pk, str(entry.relation)] = member
        taken.places += 1
    if entry.relation not in CLINICIANS:
        taken.facts += _record_news(entry, member, stands, by=by, at=at)


def _joins(
    young_person: YoungPerson,
    person: Person,
    relation: Relation,
    entry: Entry,
    known: Known,
    *,
    by: Account,
    at: datetime,
) -> Membership:
    on = entry.since_on
    if relation not in CLINICIANS:
        return joining.join(young_person, Joining(person=person, relation=relation, since_on=on), by=by, at=at)
    clinician = known.clinicians[entry.person_id]
    return joining.take_on(young_person, clinician=clinician, relation=relation, since_on=on, by=by, at=at)


def _person(entry: Entry, known: Known, taken: Taken, *, by: Account) -> Person:
    if entry.relation in CLINICIANS:
        return known.clinician(entry.person_id, by=by)
    if entry.person_id not in known.people:
        person = actions.introduce(entry.person, by=by)
        OutsideReference.objects.create(practice=by.practice, person=person, reference=entry.person_id)
        known.people[entry.person_id] = person
        taken.people += 1
    return known.people[entry.person_id]


def _record_news(entry: Entry, member: Membership, stands: _Standing, *, by: Account, at: datetime) -> int:
    """Record what is not on record word for word with its day; return how much that was."""
    shown = {"evidence": entry.evidence, "document": entry.document}
    new: list[DatedFact] = []
    level, day = entry.authority, entry.authority_from
    if level is not None and level != Level.UNKNOWN and (member.pk, level, day) not in stands.facts:
        new.append(actions.record(Authority(membership=member, level=level, effective_on=day), **shown, by=by, at=at))
    checked, day = entry.identity, entry.since_on
    if checked == Identity.VERIFIED and (member.pk, checked, day) not in stands.facts:
        known = IdentityCheck(membership=member, outcome=checked, effective_on=day)
        new.append(actions.record(known, **shown, by=by, at=at))
    return len(new)
