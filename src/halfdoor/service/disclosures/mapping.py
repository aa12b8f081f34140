"""
The sharing map on other days and under other rules: what would be open then, and which days are worth looking at.

What is on record now is looked at as it will stand on a day to come; a day that has passed, as it was on record then.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import dossier, gate, maps, on_record, packs
from halfdoor.service.disclosures.answers import NotReleased, SharingMap
from halfdoor.service.disclosures.dossier import Dossier
from halfdoor.service.disclosures.house.rows import Proposal
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import age_on, day_in
from halfdoor.service.people.models import Membership, YoungPerson

_GROWN_UP_BY = 21
"""The last birthday after which some rule still asks for an age."""


class Rules(StrEnum):
    """By whose rules a map is drawn."""

    IN_FORCE = "in_force"
    LAW_ALONE = "law_alone"
    PROPOSED = "proposed"


class Mark(StrEnum):
    """Why a day is worth looking at."""

    BIRTHDAY = "birthday"
    CONSENT_STARTS = "consent_starts"
    CONSENT_ENDS = "consent_ends"
    STARTS = "starts"
    ENDS = "ends"
    RULE = "rule"


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """
    A day on which something changes. ``about`` is whose consent or fact it is (nobody: the young person's own, or a
    rule's), ``what`` the fact by name, the rule's id, or the age.
    """

    day: date
    mark: Mark
    about: UUID | None
    what: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map, and the map of this moment beside it. ``marked`` are the days to come on which something changes."""

    today: date
    day: date
    now: SharingMap
    then: SharingMap
    marked: tuple[Marked, ...]


def drawn(
    young_person: YoungPerson,
    *,
    on: date | None = None,
    rules: Rules = Rules.IN_FORCE,
    proposed: Proposal | None = None,
    reader: Account,
    at: datetime,
) -> Drawn:
    """
    Return who may know what on a day (none: now) by some rules, and now by the rules in force, to the same readers as
    `gate.sharing_map`. ``proposed`` is a change of the house rules, for a map as it would be by that.

    :raises NotReleased: if it is not for this reader
    """
    members = people.circle_of(young_person, reader=reader)
    if not members:
        raise NotReleased
    found = on_record.of(young_person, at=_local(young_person, at))
    record, in_force = found.dossier, found.judge
    today = record.circle.today
    now = maps.map_of(record, members, in_force)
    then = _on(record, on) if on else record
    is_now = then is record and rules is Rules.IN_FORCE
    drawn_then = now if is_now else maps.map_of(then, members, _judge(then, rules, proposed))
    return Drawn(today, on or today, now, drawn_then, tuple(_marked(record, in_force)))


def considered(
    member: Membership, category: str, *, on: date | None, rules: Rules, proposed: Proposal | None = None, at: datetime
) -> Decision:
    """Return the decision that a cell of such a map opens to. For whoever was given the map."""
    found = on_record.of(member.young_person, at=_local(member.young_person, at))
    then = _on(found.dossier, on) if on else found.dossier
    if then is found.dossier and rules is Rules.IN_FORCE:
        return found.judge.decide(then.of_question(gate.usual_question(member, category)))
    return _judge(then, rules, proposed).decide(then.of_question(gate.usual_question(member, category)))


def moment_of(young_person: YoungPerson, on: date | None, *, at: datetime) -> datetime:
    """Return the moment at which a map is drawn: noon of another day, or now."""
    if on in (None, day_in(young_person.practice, at=at)):
        return at
    assert on is not None
    return datetime.combine(on, time(12), ZoneInfo(young_person.practice.time_zone))


def _on(record: Dossier, on: date) -> Dossier:
    """Return the record as it stands on a day: of a day to come, all that is known now; of a past one, what was."""
    moment = moment_of(record.young_person, on, at=record.at)
    if moment == record.at:
        return record
    return record.seen_on(moment) if on > record.circle.today else dossier.load(record.young_person, at=moment)


def _judge(record: Dossier, rules: Rules, proposed: Proposal | None = None) -> Judge:
    if rules is Rules.PROPOSED and proposed is not None:
        practice = record.young_person.practice
        (house,) = packs.kept([proposed.version.sha256], practice=practice)
        return packs.judge_under(house, practice=practice, at=record.at)
    match rules:
        case Rules.IN_FORCE | Rules.PROPOSED:
            return packs.judge_of(record.young_person.practice, at=record.at)
        case Rules.LAW_ALONE:
            return packs.judge_of_law(record.young_person.practice, at=record.at)


def _marked(record: Dossier, judge: Judge) -> list[Marked]:
    """Return the days to come on which something that is on record, or a rule, begins or ends; each thing once."""
    today, found = record.circle.today, set(_birthdays(record))
    for row in record.circle.dated:
        about = None if row.about == record.young_person.pk else row.about
        found.add(Marked(row.effective_on, Mark.STARTS, about, row.fact))
        if row.lapses_on:
            found.add(Marked(row.lapses_on, Mark.ENDS, about, row.fact))
    for consent in record.agreed.authorizations:
        if consent.pk not in record.agreed.withdrawn:
            found.add(Marked(consent.starts_on, Mark.CONSENT_STARTS, consent.membership_id, ""))
            found.add(Marked(consent.ends_on, Mark.CONSENT_ENDS, consent.membership_id, ""))
    found.update(_turning_rules(judge))
    return sorted((one for one in found if one.day > today), key=lambda one: (one.day, one.mark, one.what))


def _birthdays(record: Dossier) -> Iterable[Marked]:
    born_on, today = record.young_person.born_on, record.circle.today
    age = age_on(born_on, today)
    if born_on is None or age is None:
        return
    for years in range(age + 1, _GROWN_UP_BY + 1):
        year = born_on.year + years
        is_a_day = (born_on.month, born_on.day) != (2, 29) or isleap(year)
        yield Marked(born_on.replace(year=year) if is_a_day else date(year, 3, 1), Mark.BIRTHDAY, None, str(years))


def _turning_rules(judge: Judge) -> Iterable[Marked]:
    for pack in judge.table.packs:
        for rule in pack.rules:
            for day in (rule.starts_on, rule.ends_on):
                if day:
                    yield Marked(day, Mark.RULE, None, rule.id)


def _local(young_person: YoungPerson, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(young_person.practice.time_zone))
