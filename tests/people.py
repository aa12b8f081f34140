"""
The cast: Amina and her family in an outpatient practice, Leo in a children's home in England, and a stranger.

Tests name these people. Each function puts one circle of care on record through the product's own actions.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from django.db import connection

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.core import wall
from halfdoor.service.core.models import Practice
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import (
    Answer,
    Identity,
    LegalBasis,
    Level,
    Limit,
    LookedAfter,
    PlacedBy,
    Relation,
    Setting,
)
from halfdoor.service.people.models import (
    Authority,
    CareRole,
    CareStatus,
    CourtLimit,
    Episode,
    EpisodeTerms,
    IdentityCheck,
    Membership,
    YoungPerson,
)
from tests.database import at_once

Circle = TypeVar("Circle")

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
"""The moment at which stories happen unless they say otherwise."""

EARLIER = NOON - timedelta(days=60)
"""When the circles were put on record."""

LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Family:
    """Amina Khan, 14, sees Ruth in an outpatient practice. Sara is her mother, Tom her father; they are separated."""

    practice: Practice
    ruth: Account
    lead: Account
    amina: YoungPerson
    episode: Episode
    herself: Membership
    sara: Membership
    tom: Membership
    therapist: Membership


@dataclass(frozen=True)
class Home:
    """Leo, 15, lives in a children's home in England. Dan cares for him there, Priya is his social worker."""

    practice: Practice
    therapist: Account
    leo: YoungPerson
    episode: Episode
    himself: Membership
    dan: Membership
    priya: Membership
    clinician: Membership


def practice(name: str = "Halfdoor House", **facts: str) -> Practice:
    """Return a practice on record."""
    defaults = {"place": "us", "setting": "outpatient", "provider": "independent", "practitioner": "regulated"}
    return Practice.objects.create(name=name, **defaults | facts)


def account(where: Practice, username: str, role: Role) -> Account:
    """Return an account that nobody has signed in to."""
    return Account.objects.create(practice=where, username=username, display_name=username.title(), role=role)


def amina_and_her_family() -> Family:
    """Put Amina's circle on record."""
    where = practice("Larkspur Practice", time_zone="America/New_York")
    ruth = account(where, "ruth", Role.THERAPIST)
    amina = people.admit(
        "Amina Khan", born_on=date(2012, 3, 8), account=account(where, "amina", Role.YOUNG_PERSON), by=ruth, at=EARLIER
    )
    episode = people.begin_episode(
        amina,
        setting=Setting.OUTPATIENT,
        started_on=EARLIER.date(),
        terms=EpisodeTerms(legal_basis=LegalBasis.PARENT_CONSENT),
        by=ruth,
        at=EARLIER,
    )
    family = Family(
        practice=where,
        ruth=ruth,
        lead=account(where, "lena", Role.LEAD),
        amina=amina,
        episode=episode,
        herself=Membership.objects.get(young_person=amina, relation=Relation.SELF),
        sara=_joins(amina, "Sara Khan", Relation.PARENT, account(where, "sara", Role.CAREGIVER), by=ruth),
        tom=_joins(amina, "Tom Reed", Relation.PARENT, account(where, "tom", Role.CAREGIVER), by=ruth),
        therapist=_joins(amina, "Ruth Adler", Relation.THERAPIST, ruth, by=ruth),
    )
    for parent in (family.sara, family.tom):
        know(parent, level=Level.SHARED, by=ruth)
        takes_part(parent, involved=Answer.YES, by=ruth)
    know(family.herself, level=Level.UNKNOWN, by=ruth)
    know(family.therapist, level=Level.NONE, by=ruth)
    takes_part(family.therapist, involved=Answer.YES, needs=Answer.YES, by=ruth)
    return family


def leo_and_his_home() -> Home:
    """Put Leo's circle on record."""
    where = practice("Bramble House", place="england", setting="residential", time_zone="Europe/London")
    nia = account(where, "nia", Role.THERAPIST)
    leo = people.admit(
        "Leo Marsh", born_on=date(2011, 6, 1), account=account(where, "leo", Role.YOUNG_PERSON), by=nia, at=EARLIER
    )
    people.record(
        CareStatus(
            young_person=leo,
            looked_after=LookedAfter.ACCOMMODATED,
            placed_by=PlacedBy.ENGLISH_AUTHORITY,
            effective_on=LONG_AGO,
        ),
        by=nia,
        at=EARLIER,
    )
    episode = people.begin_episode(
        leo,
        setting=Setting.RESIDENTIAL,
        started_on=EARLIER.date(),
        terms=EpisodeTerms(legal_basis=LegalBasis.AGENCY_CONSENT),
        by=nia,
        at=EARLIER,
    )
    home = Home(
        practice=where,
        therapist=nia,
        leo=leo,
        episode=episode,
        himself=Membership.objects.get(young_person=leo, relation=Relation.SELF),
        dan=_joins(leo, "Dan Price", Relation.RESIDENTIAL_CARER, account(where, "dan", Role.TEAM), by=nia),
        priya=_joins(leo, "Priya Nair", Relation.SOCIAL_WORKER, account(where, "priya", Role.TEAM), by=nia),
        clinician=_joins(leo, "Nia Bevan", Relation.THERAPIST, nia, by=nia),
    )
    _settle(home)
    return home


def stranger(where: Practice) -> Account:
    """Return somebody with an account in a practice and a place in nobody's circle."""
    return account(where, "stranger", Role.CAREGIVER)


def know(member: Membership, *, level: Level, by: Account, at: datetime = EARLIER, on: date = LONG_AGO) -> None:
    """Record who somebody is and what authority the papers give them."""
    people.record(IdentityCheck(membership=member, outcome=Identity.VERIFIED, effective_on=on), by=by, at=at)
    people.record(Authority(membership=member, level=level, effective_on=on), by=by, at=at)


def takes_part(
    member: Membership, *, involved: Answer, needs: Answer = Answer.UNKNOWN, by: Account, at: datetime = EARLIER
) -> None:
    """Record what part somebody has in the care."""
    role = CareRole(membership=member, involved_in_care=involved, needs_it_for_role=needs, effective_on=LONG_AGO)
    people.record(role, by=by, at=at)


def a_court_limits(
    member: Membership, *, by: Account, limit: Limit = Limit.NOT_TO_SHARE, lapses_on: date | None = None
) -> CourtLimit:
    """Record a court order against a member of a circle, made a month before ``NOON``."""
    made_on = (NOON - timedelta(days=30)).date()
    order = CourtLimit(membership=member, limit=limit, effective_on=made_on, lapses_on=lapses_on)
    return people.record(order, evidence="Order 26-114", by=by, at=EARLIER)


def _settle(home: Home) -> None:
    """Record what the papers say about everybody around Leo, and what he was told when therapy began."""
    nia = home.therapist
    know(home.dan, level=Level.NONE, by=nia)
    know(home.priya, level=Level.SHARED, by=nia)
    know(home.himself, level=Level.UNKNOWN, by=nia)
    know(home.clinician, level=Level.NONE, by=nia)
    for member in (home.dan, home.priya, home.clinician):
        takes_part(member, involved=Answer.YES, needs=Answer.YES, by=nia)
    agreements.tell_at_start(
        home.leo, relations=[Relation.RESIDENTIAL_CARER], categories=["themes", "session_summary"], by=nia, at=EARLIER
    )


def _joins(young_person: YoungPerson, name: str, relation: Relation, who: Account, *, by: Account) -> Membership:
    person = people.introduce(name, account=who, by=by)
    return people.add_to_circle(young_person, person=person, relation=relation, since_on=LONG_AGO, by=by, at=EARLIER)


@pytest.fixture
def family(db: None) -> Family:
    """Amina and her family."""
    return _once_more(amina_and_her_family)


@pytest.fixture
def home(db: None) -> Home:
    """Leo and his home."""
    return _once_more(leo_and_his_home)


def _once_more(put_on_record: Callable[[], Circle]) -> Circle:
    """
    Put a circle on record as the first test of this process did: each test begins with it, and working it out anew
    takes fifty times as long.
    """
    if put_on_record not in _TOLD:
        told: list[tuple[str, Any, bool]] = []

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith(("INSERT", "UPDATE")):
                told.append((sql, params, many))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            circle = put_on_record()
        _TOLD[put_on_record] = circle, at_once(told)
        return deepcopy(circle)
    circle, say_again = _TOLD[put_on_record]
    with wall.permit(wall.writable, wall.EVERYTHING):
        say_again()
    return deepcopy(circle)


_TOLD: dict[Any, tuple[Any, Callable[[], None]]] = {}
