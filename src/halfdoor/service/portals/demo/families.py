"""The invented people, and what has happened so far."""

from datetime import datetime, timedelta

from django.db import transaction

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.engagement import actions as engagement
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Limit, LookedAfter, PlacedBy, Relation, Setting
from halfdoor.service.people.models import CareStatus
from halfdoor.service.portals.demo import asking, keeping, knowing, papers, practicing, ways_in, written
from halfdoor.service.portals.demo.circles import (
    BEFORE,
    Around,
    Circle,
    Invented,
    account_of,
    practice_of,
    put_on_record,
)
from halfdoor.service.portals.demo.rules import adopt
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.words import Channel
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind

LAST_WEEK = timedelta(days=6)
TWO_WEEKS = timedelta(days=14)
OPENED = timedelta(days=730)
"""How long ago the practices opened."""

_EVERYDAY = ("existence_of_care", "attendance", "scheduling", "progress", "themes", "goals_and_plan", "session_summary")
_PARENTS = {Relation.PARENT: _EVERYDAY}
_SARA = Around(name="Sara Khan", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER)
_TOM = Around(name="Tom Reed", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER)

AMINA = Invented(name="Amina Khan", age=14, signs_in=True, told=_PARENTS, around=(_SARA, _TOM))
ZAYN = Invented(name="Zayn Khan", age=9, told=_PARENTS, around=(_SARA, _TOM))
IVY = Invented(
    name="Ivy Cole",
    age=17,
    signs_in=True,
    told=_PARENTS,
    around=(Around(name="June Cole", relation=Relation.PARENT, level=Level.FULL, role=Role.CAREGIVER),),
)
NOOR = Invented(
    name="Noor Haddad",
    age=20,
    basis=LegalBasis.ADULT_CONSENT,
    around=(Around(name="Rima Haddad", relation=Relation.PARENT),),
)
BEN = Invented(
    name="Ben Ortiz",
    age=12,
    told=_PARENTS,
    around=(
        Around(name="Clara Ortiz", relation=Relation.PARENT, level=Level.FULL),
        Around(
            name="Marc Ortiz",
            relation=Relation.PARENT,
            level=Level.LIMITED_BY_ORDER,
            involved=Answer.NO,
            limit=Limit.NOT_TO_SHARE,
        ),
    ),
)
LEO = Invented(
    name="Leo Marsh",
    age=15,
    basis=LegalBasis.AGENCY_CONSENT,
    signs_in=True,
    told={
        Relation.RESIDENTIAL_CARER: ("attendance", "themes", "session_summary", "staff_guidance"),
        Relation.SOCIAL_WORKER: ("existence_of_care", "attendance", "progress", "themes", "goals_and_plan"),
    },
    around=(
        Around(name="Dan Price", relation=Relation.RESIDENTIAL_CARER, role=Role.TEAM, needs=Answer.YES),
        Around(
            name="Priya Nair",
            relation=Relation.SOCIAL_WORKER,
            level=Level.SHARED,
            role=Role.TEAM,
            needs=Answer.YES,
        ),
        Around(name="Kerry Marsh", relation=Relation.PARENT, level=Level.SHARED, involved=Answer.NO),
    ),
)


def prepare(*, at: datetime) -> None:
    """Put the two practices and their first families on record, unless they are there. All of it or nothing."""
    if Practice.objects.filter(is_demo=True).exists():
        return
    with transaction.atomic():
        _larkspur(at=at)
        _bramble(at=at)


def _larkspur(*, at: datetime) -> None:
    """An outpatient practice: Amina's father has not called yet; her mother asked yesterday how it is going."""
    where = practice_of(
        "Larkspur Practice", place="us", setting=Setting.OUTPATIENT, time_zone="America/New_York", language="en-us"
    )
    ruth = account_of("Ruth Adler", Role.THERAPIST, where=where)
    lead = account_of("Lena Vance", Role.LEAD, where=where)
    account_of("Omar Price", Role.OFFICE, where=where)
    account_of("Joel Stern", Role.THERAPIST, where=where)
    adopt(lead=lead, second=ruth, at=at - BEFORE - LAST_WEEK)
    papers.on_the_shelf(lead, at=at - OPENED)
    clinicians = [(ruth, Relation.THERAPIST), (lead, Relation.CLINICAL_LEAD)]
    families = (AMINA, ZAYN, IVY, NOOR, BEN)
    amina, zayn, ivy, noor, ben = (put_on_record(one, clinicians=clinicians, at=at) for one in families)
    keeping.keep(amina, ivy, by=ruth, at=at)
    asking.in_the_practice(zayn, ben, ruth=ruth, lead=lead, at=at)
    papers.asked_and_answered(amina, by=ruth, since=at - BEFORE)
    papers.agreed(amina, by=ruth, since=at - BEFORE, at=at)
    practicing.expect_every_year(lead, at=at - TWO_WEEKS)
    practicing.practice(ruth, at=at - TWO_WEEKS)
    written.write_about_amina(amina, by=ruth, at=at)
    _write(amina, Category.PROGRESS, _AMINA_PROGRESS, by=ruth, at=at - LAST_WEEK)
    engagement.offer("after-a-session", to=amina.members["Sara Khan"], by=ruth, at=at - LAST_WEEK)
    _write(zayn, Category.GOALS_AND_PLAN, _ZAYN_PLAN, by=ruth, at=at - LAST_WEEK)
    knowing.noor(noor, ruth=ruth, at=at)
    knowing.amina(amina, ruth=ruth, lead=lead, at=at)
    ways_in.let_in(where, ruth=ruth, lead=lead, at=at)
    requests.receive(
        amina.young_person,
        requests.Asked(category="session_summary", channel=Channel.PORTAL, motive=_SARA_ASKS),
        asked_by=amina.members["Sara Khan"],
        by=account_of("Sara Khan", Role.CAREGIVER, where=where),
        at=at - timedelta(days=1),
    )


def _bramble(*, at: datetime) -> None:
    """A children's home: Leo is placed there by an English authority."""
    where = practice_of(
        "Bramble House", place="england", setting=Setting.RESIDENTIAL, time_zone="Europe/London", language="en-gb"
    )
    nia = account_of("Nia Bevan", Role.THERAPIST, where=where)
    lead = account_of("Gwen Harris", Role.LEAD, where=where)
    account_of("Owen Reid", Role.THERAPIST, where=where)
    papers.on_the_shelf(lead, at=at - OPENED)
    clinicians = [(nia, Relation.THERAPIST), (lead, Relation.CLINICAL_LEAD)]
    leo = put_on_record(LEO, clinicians=clinicians, at=at)
    status = CareStatus(
        young_person=leo.young_person,
        looked_after=LookedAfter.ACCOMMODATED,
        placed_by=PlacedBy.ENGLISH_AUTHORITY,
        effective_on=(at - BEFORE).date(),
    )
    people.record(status, by=nia, at=at - BEFORE)
    asking.in_the_home(leo, nia=nia, at=at)
    papers.asked_and_answered(leo, by=nia, since=at - BEFORE)
    dan = account_of("Dan Price", Role.TEAM, where=where)
    practicing.practice(dan, halfway=True, at=at - TWO_WEEKS)
    written.write_about_leo(leo, by=nia, at=at)
    _write(leo, Category.THEMES, _LEO_THEMES, by=nia, at=at - LAST_WEEK)
    _write(leo, Category.STAFF_GUIDANCE, _LEO_TONIGHT, by=nia, at=at - LAST_WEEK)
    lost = Noticed(Kind.LOST, _LEO_LOST, happened_on=(at - timedelta(days=1)).date(), known_at=at - timedelta(days=1))
    safeguarding.report(leo.young_person, lost, by=dan, at=at)
    knowing.leo(leo, nia=nia, at=at)


def _write(circle: Circle, category: Category, body: str, *, by: Account, at: datetime) -> None:
    notes.write(body, episode=circle.episode, category=category, by=by, at=at)


_AMINA_PROGRESS = (
    "Amina has come to every session this month. She works hard on what she set out to do, and she has begun to try "
    "things between sessions. Mornings are easier when nobody asks questions before breakfast."
)
_ZAYN_PLAN = (
    "We have two goals until the winter break: falling asleep in his own bed four nights a week, and saying “stop” "
    "instead of throwing things. A star on the chart is for trying, not for getting it right."
)
_SARA_ASKS = (
    "She is quiet in the car after sessions. I do not need to know everything, only whether there is something I "
    "should do differently."
)
_LEO_THEMES = (
    "The last sessions were about trust: how one can tell who stays. Leo came in on time and stayed to the end."
)
_LEO_LOST = (
    "The page with tonight’s guidance lay open on the kitchen table when a visitor came in. I put it away at once. I "
    "do not know whether it was read."
)
_LEO_TONIGHT = (
    "Evenings are easier with a plan that is said out loud. Say what comes next, and leave the door ajar when he asks."
)
