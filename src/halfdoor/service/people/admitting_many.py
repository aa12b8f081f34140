"""
Admitting many young people at once: the same rows and the same lines of the chain as `joining.admit` makes one by one,
in as few statements as the database allows. Nobody of them was on record before, so nobody can be asking about them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, keys
from halfdoor.service.core.sealing import seal
from halfdoor.service.people import joining
from halfdoor.service.people.actions import line
from halfdoor.service.people.choices import Identity, Level, Relation
from halfdoor.service.people.models import (
    Authority,
    CareRole,
    DatedFact,
    Episode,
    EpisodeTerms,
    IdentityCheck,
    Membership,
    OutsideReference,
    Person,
    SharingVersion,
    YoungPerson,
)
from halfdoor.service.people.settings_of_care import CLINICIANS, usual_part
from halfdoor.service.people.sheets import Entry

A_BATCH = 500

_KINDS: tuple[type[DatedFact], ...] = (EpisodeTerms, CareRole, Authority, IdentityCheck)


@dataclass(frozen=True, slots=True)
class Known:
    """Who is on record already: by what a file calls them, and the clinicians by their sign-in name."""

    people: dict[str, Person]
    young_people: dict[UUID, YoungPerson]
    clinicians: Mapping[str, Account]
    at_work: dict[str, Person] = field(default_factory=dict)

    def clinician(self, username: str, *, by: Account) -> Person:
        """Return the person who signs in as a clinician."""
        if username not in self.at_work:
            self.at_work[username] = joining.person_of(self.clinicians[username], by=by)
        return self.at_work[username]


@dataclass(slots=True)
class Brought:
    """What a batch brought."""

    young_people: int = 0
    people: int = 0
    places: int = 0
    facts: int = 0


@dataclass(slots=True)
class _Batch:
    """Rows that are made and not yet on record, in the order in which they depend on each other."""

    by: Account
    at: datetime
    people: list[Person] = field(default_factory=list)
    references: list[OutsideReference] = field(default_factory=list)
    young_people: dict[str, YoungPerson] = field(default_factory=dict)
    episodes: list[Episode] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    facts: list[tuple[DatedFact, Entry]] = field(default_factory=list)
    lines: list[Mapping[str, Any]] = field(default_factory=list)

    def person(self, name: str, reference: str) -> Person:
        person = Person(practice=self.by.practice, name=name)
        self.people.append(person)
        self.references.append(OutsideReference(practice=self.by.practice, person=person, reference=reference))
        return person

    def place(self, young_person: YoungPerson, person: Person, relation: Relation, *, since_on: date) -> Membership:
        place = {"young_person": young_person, "person": person, "relation": relation, "since_on": since_on}
        member = Membership(practice=self.by.practice, **place)
        self.members.append(member)
        whose = {"membership": member.pk, "person": person.pk, "relation": relation}
        self.lines.append(line("joined", young_person, self.by, **whose))
        return member

    def fact(self, fact: DatedFact, entry: Entry) -> None:
        fact.practice, fact.recorded_by, fact.recorded_at = self.by.practice, self.by, self.at
        self.facts.append((fact, entry))
        says = {name: str(getattr(fact, column)) for name, column in fact.FACTS.items()}
        body = line(f"{fact._meta.model_name}_recorded", fact.about, self.by, row=fact.pk, says=says)
        self.lines.append(body | {"effective_on": fact.effective_on.isoformat()})


def batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the lines in batches, without parting those of one young person."""
    by_young_person: dict[str, list[Entry]] = {}
    for entry in entries:
        by_young_person.setdefault(entry.young_person_id, []).append(entry)
    batch: list[Entry] = []
    for lines in by_young_person.values():
        batch += lines
        if len(batch) >= A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def admit(entries: Sequence[Entry], known: Known, *, by: Account, at: datetime) -> Brought:
    """Put the young people of these lines on record, with everybody who stands in their circles."""
    batch = _Batch(by, at)
    for entry in entries:
        if entry.young_person_id not in batch.young_people:
            _begin(entry, batch)
            known.people[entry.young_person_id] = batch.young_people[entry.young_person_id].person
        if entry.relation is not None:
            _stand(entry, _who(entry, batch, known), batch)
    _write(batch)
    return Brought(
        young_people=len(batch.young_people),
        people=len(batch.people) - len(batch.young_people),
        places=len(batch.members) - len(batch.young_people),
        facts=len(batch.facts),
    )


def _begin(entry: Entry, batch: _Batch) -> None:
    practice, person = batch.by.practice, batch.person(entry.young_person, entry.young_person_id)
    young_person = YoungPerson(practice=practice, person=person, born_on=entry.born_on)
    batch.young_people[entry.young_person_id] = young_person
    batch.lines.append(line("admitted", young_person, batch.by))
    batch.place(young_person, person, Relation.SELF, since_on=entry.care_began_on)
    about = {"young_person": young_person, "setting": entry.setting, "started_on": entry.care_began_on}
    episode = Episode(practice=practice, **about)
    batch.episodes.append(episode)
    batch.lines.append(line("episode_began", young_person, batch.by, episode=episode.pk))
    basis = {"legal_basis": entry.legal_basis, "effective_on": entry.care_began_on}
    batch.fact(EpisodeTerms(episode=episode, **basis), entry)


def _who(entry: Entry, batch: _Batch, known: Known) -> Person:
    if entry.relation in CLINICIANS:
        return known.clinician(entry.person_id, by=batch.by)
    if entry.person_id not in known.people:
        known.people[entry.person_id] = batch.person(entry.person, entry.person_id)
    return known.people[entry.person_id]


def _stand(entry: Entry, person: Person, batch: _Batch) -> None:
    assert entry.relation is not None, "only whoever has a relation stands in a circle"
    young_person = batch.young_people[entry.young_person_id]
    member = batch.place(young_person, person, entry.relation, since_on=entry.since_on)
    part = usual_part(entry.relation, entry.setting)
    batch.fact(CareRole(membership=member, effective_on=entry.since_on, **part), entry)
    is_clinician = entry.relation in CLINICIANS
    level = Level.NONE if is_clinician else entry.authority
    if level is not None and level != Level.UNKNOWN:
        batch.fact(Authority(membership=member, level=level, effective_on=entry.authority_from), entry)
    if is_clinician or entry.identity == Identity.VERIFIED:
        known = {"outcome": Identity.VERIFIED, "effective_on": entry.since_on}
        batch.fact(IdentityCheck(membership=member, **known), entry)


def _write(batch: _Batch) -> None:
    Person.objects.bulk_create(batch.people)
    OutsideReference.objects.bulk_create(batch.references)
    young_people = list(batch.young_people.values())
    YoungPerson.objects.bulk_create(young_people)
    versions = [SharingVersion(practice=one.practice, young_person=one, newest_at=batch.at) for one in young_people]
    SharingVersion.objects.bulk_create(versions)
    made = keys.make((one.pk for one in young_people), practice=batch.by.practice_id)
    Episode.objects.bulk_create(batch.episodes)
    Membership.objects.bulk_create(batch.members)
    for fact, entry in batch.facts:
        if isinstance(fact, Authority | IdentityCheck):
            _seal(fact, entry, made[fact.about_id])
    for kind in _KINDS:
        rows: Any = kind._default_manager
        rows.bulk_create([fact for fact, _ in batch.facts if type(fact) is kind])
    chain.extend(batch.by.practice, batch.lines, at=batch.at)


def _seal(fact: DatedFact, entry: Entry, key: keys.Key) -> None:
    """Seal what shows a fact, with the key that was just made."""
    place: Any = {"table": fact._meta.db_table, "row": fact.pk, "person": fact.about_id, "practice": fact.practice_id}
    for column, text in (("evidence_sealed", entry.evidence), ("document_sealed", entry.document)):
        if text:
            setattr(fact, column, seal(text, field=column, key=key, **place))
