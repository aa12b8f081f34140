"""
The sharing map: who in a circle may know which kinds of things. For the gate, which hands it to those it is for.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.rules import Pack
from halfdoor.service.accounts.models import Account
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import on_record, packs
from halfdoor.service.disclosures.answers import MapRow, NotReleased, SharingMap
from halfdoor.service.disclosures.choices import MAP_CATEGORIES
from halfdoor.service.disclosures.dossier import Dossier
from halfdoor.service.disclosures.lists import USUAL_PURPOSE
from halfdoor.service.disclosures.questions import Question
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import Membership, YoungPerson


def sharing_map(
    young_person: YoungPerson,
    *,
    house: Pack | None = None,
    only: Membership | None = None,
    reader: Account,
    at: datetime,
) -> SharingMap:
    """
    Return who may know what now, by what is on record, to the young person and to clinicians of their circle.

    With a ``house``, it is the map as it would be by those house rules; with ``only``, the row of one member.

    Each cell opens to its decision: ``consider(Question(young_person=..., recipient=member, category=...,
    purpose=...))``.

    :raises NotReleased: if it is not for this reader
    """
    members = people.circle_of(young_person, reader=reader)
    if not members:
        raise NotReleased
    moment = local(young_person.practice, at=at)
    found = on_record.of(young_person, at=moment)
    judge = packs.judge_under(house, practice=young_person.practice, at=moment) if house else found.judge
    shown = members if only is None else [member for member in members if member == only]
    return map_of(found.dossier, shown, judge)


def maps_under(houses: Iterable[Pack], young_person: YoungPerson, *, at: datetime) -> list[SharingMap]:
    """
    Return the sharing map by each of these house rules, for working out what a change of them changes.

    It names nobody who reads, so it is for no page: pages show a reader what was found about those they may see.
    """
    practice, moment = young_person.practice, local(young_person.practice, at=at)
    record, members = on_record.of(young_person, at=moment).dossier, list(Membership.objects.of(young_person).current())
    judges = (packs.judge_under(house, practice=practice, at=moment) for house in houses)
    return [map_of(record, members, judge) for judge in judges]


def map_for_young_person(young_person: YoungPerson, *, reader: Account, at: datetime) -> SharingMap:
    """
    Return who may know what by wishes and ordinary rules, as the young person reads it on a page others may see too.

    A suspicion, a limit of a court or a danger changes nothing of it, and nobody stands in it whose place alone tells
    of one. So somebody may hear less than it says, which the page says to everybody.

    :raises NotReleased: if it is not for this reader
    """
    return maps_for_young_person(young_person, reader=reader, at=at)[0]


Moments = Callable[[frozenset[int]], Sequence[datetime]]
"""Takes the ages at which rights change, and returns moments to come."""


def maps_for_young_person(
    young_person: YoungPerson, *, also: Moments = lambda ages: (), reader: Account, at: datetime
) -> list[SharingMap]:
    """
    Return the map of ``map_for_young_person`` now, and as it will stand at moments to come: facts lapse, consents end,
    ages grow.

    :raises NotReleased: if it is not for this reader
    """
    members = [one for one in people.circle_of(young_person, reader=reader) if one.relation not in people.SAFEGUARDING]
    if not members:
        raise NotReleased
    found = on_record.of(young_person, at=local(young_person.practice, at=at))
    record, practice = found.dossier.without_safeguarding(), young_person.practice
    moments = [local(practice, at=one) for one in also(packs.ages_in(found.judge, practice.place))]
    drawn = (map_of(record.seen_on(moment), members, packs.judge_of(practice, at=moment)) for moment in moments)
    return [map_of(record, members, found.judge), *drawn]


def map_of(record: Dossier, members: Iterable[Membership], judge: Judge) -> SharingMap:
    rows = []
    for member in members:
        questions = [usual_question(member, category) for category in MAP_CATEGORIES]
        answers = tuple(judge.disposition(record.of_question(question)) for question in questions)
        rows.append(MapRow(member, answers))
    return SharingMap(MAP_CATEGORIES, tuple(rows))


def usual_question(member: Membership, category: str) -> Question:
    """
    Return what a cell of the sharing map asks: may this kind of thing go to this member, for what they usually need it?
    """
    return Question(
        young_person=member.young_person,
        recipient=member,
        category=category,
        purpose=USUAL_PURPOSE.get(member.relation, "support"),
        initiated_by="service",
    )


def local(practice: Practice, *, at: datetime) -> datetime:
    """Return the same moment in the practice's own time: rules start and end at its midnight."""
    return at.astimezone(ZoneInfo(practice.time_zone))
