"""What happened in an invented circle since it was put on record: notes, wishes, requests, assessments, incidents."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements import starting
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, Competence, LookedAfter, PlacedBy, Relation
from halfdoor.service.people.models import CareStatus, CompetenceAssessment, Membership, Suspicion
from halfdoor.service.portals.demo import years
from halfdoor.service.portals.demo.circles import BEFORE, Circle
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.words import Channel
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind

_WEEK = timedelta(days=7)
_ORDERS = (LookedAfter.ACCOMMODATED, LookedAfter.CARE_ORDER, LookedAfter.PROTECTION_ORDER)
_WISHES = (WishValue.AGREES, WishValue.OBJECTS, WishValue.PREFERS_TOGETHER)


def go_on(circle: Circle, number: int, *, by: Account, began: datetime, at: datetime) -> None:
    """Let time pass in a circle, another story by each number. ``began`` is when its first weeks were over."""
    since = began - BEFORE
    family = [one for one in circle.members.values() if one.relation == Relation.PARENT]
    if any(one.relation in (Relation.FOSTER_CARER, Relation.RESIDENTIAL_CARER) for one in circle.members.values()):
        _looked_after(circle, number, by=by, at=since)
    for week, category in enumerate((Category.THEMES, Category.GOALS_AND_PLAN, Category.PROGRESS)):
        words = _WRITTEN[category][number % 3]
        notes.write(words, episode=circle.episode, category=category, by=by, at=since + (week + 1) * _WEEK)
    if number % 2:
        _wishes(circle, family[0], _WISHES[number % 3], by=by, at=since + 2 * _WEEK)
    if number % 7 == 2:
        _assessed(circle, by=by, at=since + 3 * _WEEK)
    if number % 11 == 4:
        doubt = Suspicion(membership=family[-1], suspected=Answer.YES, effective_on=(since + 4 * _WEEK).date())
        people.record(doubt, by=by, at=since + 4 * _WEEK)
    years.pass_by(circle, number, by=by, since=since, at=at)
    long_ago = number % 12 == 0  # so that it is due again, on Today
    starting.ask_again(circle.young_person, by=by, at=at - timedelta(days=97 if long_ago else number % 25 + 1))
    if number % 6 == 0:
        _asks(circle, family[0], number, by=by, at=at - timedelta(days=number % 5 + 1))
    if number % 20 == 9:
        noticed = at - timedelta(days=2)
        lost = Noticed(Kind.LOST, _LOST, happened_on=noticed.date(), known_at=noticed)
        safeguarding.report(circle.young_person, lost, by=by, at=noticed)


def _wishes(circle: Circle, about: Membership, value: WishValue, *, by: Account, at: datetime) -> None:
    source = WishSource.TOLD_THERAPIST
    agreements.wish(circle.young_person, value=value, source=source, category="themes", about=about, by=by, at=at)


def _looked_after(circle: Circle, number: int, *, by: Account, at: datetime) -> None:
    in_england = by.practice.place == "england"
    status = CareStatus(
        young_person=circle.young_person,
        looked_after=_ORDERS[number % len(_ORDERS)],
        placed_by=PlacedBy.ENGLISH_AUTHORITY if in_england else PlacedBy.OTHER,
        effective_on=at.date(),
    )
    people.record(status, by=by, at=at)


def _assessed(circle: Circle, *, by: Account, at: datetime) -> None:
    assessed = CompetenceAssessment(
        young_person=circle.young_person,
        outcome=Competence.COMPETENT,
        category="themes",
        effective_on=at.date(),
        lapses_on=(at + timedelta(days=365)).date(),
    )
    people.record(assessed, evidence="They could weigh who would learn what, and what it would change.", by=by, at=at)


def _asks(circle: Circle, member: Membership, number: int, *, by: Account, at: datetime) -> None:
    channel = (Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON)[number % 3]
    asked = requests.Asked(category=_ASKED[number % len(_ASKED)], channel=channel, motive=_WHY[number % len(_WHY)])
    requests.receive(circle.young_person, asked, asked_by=member, by=by, at=at)


_ASKED = ("progress", "session_summary", "attendance", "themes", "goals_and_plan")
_WHY = (
    "I would like to know whether it helps.",
    "School asks us, and we do not know what to say.",
    "Something is different at home, and I do not want to do the wrong thing.",
)
_LOST = "A letter went to an old address and came back opened. I do not know who read it."
_WRITTEN = {
    Category.THEMES: (
        "We have begun with what a good day looks like.",
        "The first weeks were about who is in the family, and who is missed.",
        "What comes up most is school: the noise, and where one can be quiet.",
    ),
    Category.GOALS_AND_PLAN: (
        "Two goals for now: saying early when it is too much, and one evening a week without arguments.",
        "The plan is to try small steps between sessions and to look at them together.",
        "We meet every week until the holidays and then see what is still needed.",
    ),
    Category.PROGRESS: (
        "Mornings go better, and asking for help has become easier.",
        "It is slow, and it is steady. Coming every week is part of it.",
        "Sleep is better. Being with others still takes a lot of strength.",
    ),
}
