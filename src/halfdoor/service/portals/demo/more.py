"""More invented families, one at a time, so that lists have something in them and no two circles stand alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Limit, Relation, ReviewOutcome, Setting
from halfdoor.service.people.models import CourtLimit, Person
from halfdoor.service.portals.demo import lives
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import staff_of


def _names(text: str) -> list[str]:
    return text.split()


_FIRST = _names(
    "Ada Bo Cleo Dara Eli Faye Gus Hana Ivo Jun Kit Lola Milo Nell Otis Pia Quinn Rafi Suki Theo Una Vito Wren Yara"
)
_LAST = _names("Abbott Barlow Castro Dubois Eriksen Fonseca Grady Hoang Ibarra Jansen Kowal Lindqvist")
_PARENTS = _names("Alex Bela Chris Dorit Emil Franka Gerd Hila Ines Jona Karim Luz")

HOW_MANY = {Setting.OUTPATIENT: 37, Setting.RESIDENTIAL: 4}
"""How many come beside those with stories: sixty families in the practice, twelve young people in the home."""

_EVERY = timedelta(days=12)
"""How far apart families came: the first of them nearly two years ago."""

_EVERYDAY = ("existence_of_care", "attendance", "scheduling", "progress", "themes", "goals_and_plan")
_TO_THE_HOME = {
    Relation.RESIDENTIAL_CARER: ("attendance", "themes", "staff_guidance"),
    Relation.SOCIAL_WORKER: ("existence_of_care", "attendance", "progress", "goals_and_plan"),
}


@transaction.atomic
def add_family(practice: Practice, number: int, *, at: datetime) -> None:
    """Put the family of this number on record with what happened since, unless it is there."""
    setting = Setting(practice.setting)
    last = _LAST[(number + number // len(_FIRST) + (setting == Setting.RESIDENTIAL) * 7) % len(_LAST)]
    name = f"{_FIRST[number % len(_FIRST)]} {last}"
    if Person.objects.filter(practice=practice, name=name).exists():
        return
    staff = staff_of(practice)
    clinicians = staff.clinicians(of=staff.colleague if number % 3 == 1 else staff.therapist)
    parents = [f"{_PARENTS[(number + more) % len(_PARENTS)]} {last}" for more in (0, 5)]
    invented = _in_the_home if setting == Setting.RESIDENTIAL else _in_the_practice
    began = at - _EVERY * (HOW_MANY[setting] - number)
    circle = put_on_record(invented(name, number, parents), clinicians=clinicians, at=began)
    _orders_were_read(circle, number, by=staff.lead, at=began)
    lives.go_on(circle, number, by=clinicians[0][0], began=began, at=at)


def _orders_were_read(circle: Circle, number: int, *, by: Account, at: datetime) -> None:
    """The lead has read the orders of a court, but for two of the last."""
    if number == HOW_MANY[Setting.OUTPATIENT] - 3:
        return
    for order in CourtLimit.objects.filter(membership__in=circle.members.values()):
        people.review_court_limit(order, outcome=ReviewOutcome.STANDS, by=by, at=at)


def _in_the_practice(name: str, number: int, parents: Sequence[str]) -> Invented:
    """Return one of eight kinds of family around a young person."""
    one, other = (Around(name=parent, relation=Relation.PARENT, level=Level.SHARED) for parent in parents)
    worker = Around(name="Tess Moran", relation=Relation.SOCIAL_WORKER, level=Level.SHARED, needs=Answer.YES)
    teacher = Around(name="Odile Reyes", relation=Relation.SCHOOL_COUNSELLOR, needs=Answer.YES)
    away = replace(other, involved=Answer.NO)
    limited = replace(away, level=Level.LIMITED_BY_ORDER, limit=Limit.NOT_TO_SHARE)
    ordered = replace(away, level=Level.LIMITED_BY_ORDER, limit=Limit.AS_ORDERED)
    foster = Around(name=f"Marga {parents[0].split()[0]}s", relation=Relation.FOSTER_CARER, needs=Answer.YES)
    grandmother = Around(name=f"Nana {parents[0].split()[-1]}", relation=Relation.RELATIVE)
    kinds: tuple[tuple[int, LegalBasis, tuple[Around, ...]], ...] = (
        (8 + number % 6, LegalBasis.PARENT_CONSENT, (one, other)),
        (12 + number % 3, LegalBasis.PARENT_CONSENT, (replace(one, level=Level.FULL), limited)),
        (16, LegalBasis.OWN_CONSENT, (one, other)),
        (10 + number % 5, LegalBasis.AGENCY_CONSENT, (foster, worker, away)),
        (9 + number % 4, LegalBasis.PARENT_CONSENT, (one, grandmother, teacher)),
        (19, LegalBasis.ADULT_CONSENT, (one,)),
        (15, LegalBasis.CONFIDENTIALITY_AGREED, (one, ordered)),
        (13, LegalBasis.COURT_ORDER, (one, other, worker)),
    )
    age, basis, around = kinds[number % len(kinds)]
    told = {} if basis == LegalBasis.ADULT_CONSENT else {Relation.PARENT: _EVERYDAY}
    return Invented(name=name, age=age, basis=basis, around=around, told=told)


def _in_the_home(name: str, number: int, parents: Sequence[str]) -> Invented:
    """Return a circle in the home: its staff, a social worker, and a parent who is near, far or kept away."""
    carer = Around(name="Dan Price", relation=Relation.RESIDENTIAL_CARER, role=Role.TEAM, needs=Answer.YES)
    worker = Around(
        name="Priya Nair", relation=Relation.SOCIAL_WORKER, level=Level.SHARED, role=Role.TEAM, needs=Answer.YES
    )
    near = Around(name=parents[0], relation=Relation.PARENT, level=Level.SHARED)
    far = replace(near, involved=Answer.NO)
    parent = (near, far, replace(far, level=Level.LIMITED_BY_ORDER, limit=Limit.NOT_TO_SHARE))[number % 3]
    around = (carer, worker, parent)
    basis = LegalBasis.AGENCY_CONSENT
    return Invented(name=name, age=10 + number % 7, basis=basis, around=around, told=_TO_THE_HOME)
