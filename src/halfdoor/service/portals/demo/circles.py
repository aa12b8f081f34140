"""Putting an invented circle of care on record: who they are, what the papers say, what was told at the start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.core.models import Practice
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, Identity, LegalBasis, Level, Limit, Relation, Setting
from halfdoor.service.people.models import (
    Authority,
    CareRole,
    CourtLimit,
    Episode,
    EpisodeTerms,
    IdentityCheck,
    Membership,
    Person,
    YoungPerson,
)

BEFORE = timedelta(days=60)
"""How long ago everything began."""

_KNOWN_FROM = 12
"""From which age on it is put on record who a young person is, whether they sign in or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Somebody around a young person. With a role they can sign in; ``limit`` is a court order against them."""

    name: str
    relation: Relation
    level: Level = Level.NONE
    role: Role | None = None
    involved: Answer = Answer.YES
    needs: Answer = Answer.UNKNOWN
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """
    An invented young person, how old they are, on what their care rests, and who is around them.

    ``told`` says which kinds of information they were told go to which relations.
    """

    name: str
    age: int
    around: tuple[Around, ...]
    basis: LegalBasis = LegalBasis.PARENT_CONSENT
    signs_in: bool = False
    setting: Setting | None = None
    is_known: bool = False
    told: Mapping[Relation, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circle:
    """An invented circle that is on record."""

    young_person: YoungPerson
    episode: Episode
    members: Mapping[str, Membership]
    basis: LegalBasis = LegalBasis.UNKNOWN


def practice_of(name: str, *, place: str, setting: Setting, time_zone: str, language: str) -> Practice:
    """Return an invented practice on record."""
    return Practice.objects.create(
        name=name,
        place=place,
        setting=setting,
        provider="independent",
        practitioner="regulated",
        time_zone=time_zone,
        language=language,
        is_demo=True,
    )


def account_of(name: str, role: Role, *, where: Practice) -> Account:
    """Return the account of an invented person, by first name; nobody has a password."""
    username = name.split()[0].lower()
    given, _ = Account.objects.get_or_create(
        practice=where, username=username, role=role, defaults={"display_name": name}
    )
    return given


def put_on_record(invented: Invented, *, clinicians: Iterable[tuple[Account, Relation]], at: datetime) -> Circle:
    """Put a young person and their circle on record, by the first of their clinicians, as it was some weeks ago."""
    clinicians = list(clinicians)
    by, began = clinicians[0][0], at - BEFORE
    account = account_of(invented.name, Role.YOUNG_PERSON, where=by.practice) if invented.signs_in else None
    born_on = _years_before(began.date(), invented.age)
    young_person = people.admit(invented.name, born_on=born_on, account=account, by=by, at=began)
    terms = EpisodeTerms(legal_basis=invented.basis)
    setting = invented.setting or Setting(by.practice.setting)
    episode = people.begin_episode(young_person, setting=setting, started_on=began.date(), terms=terms, by=by, at=began)
    team = (
        Around(name=one.display_name, relation=relation, role=Role(one.role), needs=Answer.YES)
        for one, relation in clinicians
    )
    members = {one.name: _join(one, young_person, by=by, at=began) for one in (*invented.around, *team)}
    if account or invented.is_known or invented.age >= _KNOWN_FROM:
        herself = Membership.objects.get(young_person=young_person, relation=Relation.SELF)
        seen = IdentityCheck(membership=herself, outcome=Identity.VERIFIED, effective_on=began.date())
        people.record(seen, evidence="Seen here, and known since", by=by, at=began)
    for relation, categories in invented.told.items():
        agreements.tell_at_start(young_person, relations=[relation], categories=categories, by=by, at=began)
    return Circle(young_person, episode, members, invented.basis)


def _join(around: Around, young_person: YoungPerson, *, by: Account, at: datetime) -> Membership:
    account = account_of(around.name, around.role, where=by.practice) if around.role else None
    known = Person.objects.filter(practice=by.practice, name=around.name).first()
    person = known or people.introduce(around.name, account=account, by=by)
    day = at.date()
    member = people.add_to_circle(young_person, person=person, relation=around.relation, since_on=day, by=by, at=at)
    part = {"involved_in_care": around.involved, "needs_it_for_role": around.needs}
    for fact in (
        IdentityCheck(membership=member, outcome=Identity.VERIFIED, effective_on=day),
        Authority(membership=member, level=around.level, effective_on=day),
        CareRole(membership=member, **part, effective_on=day),
    ):
        people.record(fact, by=by, at=at)
    if around.limit:
        order = CourtLimit(membership=member, limit=around.limit, effective_on=day)
        people.record(order, evidence="Invented order, kept in the paper file", by=by, at=at)
    return member


def _years_before(day: date, years: int) -> date:
    """Return a birthday that makes somebody so many years old for some months to come."""
    return date(day.year - years, 1, 15) if (day.month, day.day) >= (1, 15) else date(day.year - years - 1, 1, 15)
