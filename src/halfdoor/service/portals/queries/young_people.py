"""Who knows what about me: what a young person reads, in their words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.core.paginator import Page
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import queries as agreements
from halfdoor.service.agreements.choices import WishValue
from halfdoor.service.disclosures import gate, own_page, telling
from halfdoor.service.disclosures.answers import MapRow
from halfdoor.service.disclosures.choices import Agreed, LineKind
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.portals.queries import birthdays
from halfdoor.service.portals.queries.my_words import IN_MY_WORDS, NOT_ABOUT_ME
from halfdoor.service.requests.models import Reply
from halfdoor.service.requests.queries.young_people import AskedLine, asked_about
from halfdoor.service.requests.words import MY_TOPICS
from halfdoor.service.web import sections
from halfdoor.service.web.sections import Section

_LATEST = 5

MINE_TO_SAY = ("attendance", "progress", "themes", "goals_and_plan", "session_summary", "session_content", "diagnosis")
"""What a young person can say something about for each person, with one touch."""

CHOICES: Mapping[str, Promise] = {
    WishValue.AGREES: _("They can know this"),
    WishValue.NOT_ASKED: _("Ask me each time"),
    WishValue.OBJECTS: _("Keep this here"),
}


_SAID: Mapping[str, Promise | str] = {
    **CHOICES,
    WishValue.AGREES_IN_WRITING: CHOICES[WishValue.AGREES],
    WishValue.DOES_NOT_OBJECT: CHOICES[WishValue.AGREES],
    WishValue.AGREES_IN_PART: Reply.Choice.THIS_PART.label,
    WishValue.PREFERS_TOGETHER: Reply.Choice.TOGETHER.label,
    WishValue.PREFERS_TO_TELL: Reply.Choice.I_TELL.label,
    WishValue.CANNOT_BE_ASKED: "",
}
"""What they said, in their own words."""

_AGREED: Mapping[str, Promise] = {
    Agreed.NEED_NOT_KNOW: _("does not need to know"),
    Agreed.THERAPIST_TELLS: _("hears it from your therapist"),
    Agreed.TOGETHER: _("hears it from both of you together"),
    Agreed.THEMSELVES: _("hears it from you"),
    Agreed.ASK_AGAIN: _("hears nothing before you are asked again"),
}

_STANDS: Mapping[str, str] = {
    "must_share": WishValue.AGREES,
    "may_share": WishValue.AGREES,
    "share_limited": WishValue.AGREES,
    "ask_first": WishValue.NOT_ASKED,
    "assess_first": WishValue.NOT_ASKED,
    "withhold": WishValue.OBJECTS,
}
"""What would change nothing, because it stands so already."""


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of things that stand alike for one person."""

    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something one person was told, or was not told when they asked, and when."""

    topic: str
    at: datetime
    who: str = ""
    was_told: bool = True


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody around me: what they can know now, in groups, and what they have been told."""

    membership_id: UUID
    name: str
    relation: str
    groups: tuple[Group, ...]
    told: tuple[Told, ...]
    not_told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a young person and their therapist agreed last about whom to tell: ``people`` as (id, name, words)."""

    at: datetime
    by: str
    topics: tuple[str, ...]
    people: tuple[tuple[UUID, str, str], ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """
    Who knows what about me, what is being asked, and who looked. ``news`` is what was told since I last said I saw it.
    """

    questions: Page[AskedLine]
    news: tuple[Told, ...]
    news_upto: datetime | None
    people: tuple[Knower, ...]
    clinicians: tuple[Knower, ...]
    sections: tuple[Section, ...]
    birthday: birthdays.Mine | None
    agreed: Agreement | None
    looks: tuple[own_page.Seen, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What was told or not told about me, and who looked: some of each, newest first."""

    told: own_page.Some[Told]
    looks: own_page.Some[own_page.Seen]


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of thing for one person: how it stands, what I said about it, and what I could say."""

    category: str
    words: str
    state: str
    said: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What I can say about one person."""

    membership_id: UUID
    name: str
    topics: tuple[Topic, ...]


def mine(reader: Account, *, asked: str = "1", at: datetime) -> Mine:
    """Return who may know what about whoever reads, what is asked, what was told, and who looked."""
    me = people.own_record(reader)
    told: dict[UUID | None, list[own_page.OfALine]] = defaultdict(list)
    lines = own_page.latest(me, reader=reader, at=at)
    for line in lines:
        told[line.membership_id].append(line)
    turning = birthdays.Turning(me, at)
    drawn, *then = gate.maps_for_young_person(me, also=turning.days, reader=reader, at=at)
    clinicians = [row for row in drawn.rows if row.member.relation in people.CLINICIANS]
    others = [row for row in drawn.rows if row.member.relation not in (Relation.SELF, *people.CLINICIANS)]
    reading = {row.member.pk for row in clinicians}  # what they open is a look, and stands there
    news = _some_of(line for line in lines if line.is_new and line.membership_id not in reading)
    return Mine(
        questions=asked_about(reader, page=asked),
        news=news,
        news_upto=news[0].at if news else None,
        people=tuple(_knower(row, drawn.categories, told=told[row.member.pk]) for row in others),
        clinicians=tuple(_knower(row, drawn.categories, told=[]) for row in clinicians),
        sections=sections.of("mine", me, reader=reader, at=at),
        birthday=turning.mine(then),
        agreed=_agreement(me, reader=reader),
        looks=tuple(own_page.latest_looks(me, _LATEST, reader=reader)),
    )


def history(reader: Account, *, after: UUID | None, before: date | None, at: datetime) -> History:
    """
    Return what was told or not told about whoever reads (``after`` a line) and who looked at their record (``before`` a
    day); of each the newest, where nothing is older than that.
    """
    me = people.own_membership(reader).young_person
    lines = own_page.history(me, after=after, reader=reader, at=at)
    told = own_page.Some(tuple(map(_told, lines.rows)), lines.after, lines.older)
    return History(told, own_page.looks(me, before=before, reader=reader))


def notice(reader: Account, *, upto: datetime, at: datetime) -> None:
    """Write down that whoever reads has seen what was told up to a moment."""
    own_page.noticed(people.own_membership(reader).young_person, upto=upto, by=reader, at=at)


def person(member: Membership, *, reader: Account, at: datetime) -> PersonPage:
    """Return what whoever reads can say about somebody in their own circle. For whoever got ``member_of``."""
    wishes = agreements.wishes_of(member.young_person, reader=reader).filter(membership=member, topic="")
    said = {wish.category: str(wish.value) for wish in reversed(wishes)}
    drawn = gate.map_for_young_person(member.young_person, reader=reader, at=at)
    row = next(row for row in drawn.rows if row.member == member)
    topics = (
        _topic(category, str(disposition), said.get(category, ""))
        for category, disposition in zip(drawn.categories, row.answers, strict=True)
        if category in MINE_TO_SAY
    )
    return PersonPage(member.pk, member.person.name, tuple(topics))


def member_of(reader: Account, membership_id: UUID) -> Membership:
    """
    Return somebody in the reader's own circle whom they can say something about: anybody but their clinicians.

    :raises Membership.DoesNotExist: if that is nobody in their circle
    """
    me = people.own_membership(reader).young_person
    left_out = (Relation.SELF, *people.CLINICIANS, *people.SAFEGUARDING)
    others = {one.pk: one for one in people.circle_of(me, reader=reader) if one.relation not in left_out}
    if membership_id not in others:
        raise Membership.DoesNotExist
    return others[membership_id]


def _knower(row: MapRow, categories: Sequence[str], *, told: list[own_page.OfALine]) -> Knower:
    groups: dict[str, list[str]] = {str(disposition): [] for disposition in IN_MY_WORDS}
    for category, disposition in zip(categories, row.answers, strict=True):
        if category in NOT_ABOUT_ME:
            continue
        groups[str(disposition)].append(str(MY_TOPICS[category]))
    return Knower(
        membership_id=row.member.pk,
        name=row.member.person.name,
        relation=str(row.member.get_relation_display()),
        groups=tuple(Group(str(IN_MY_WORDS[how]), tuple(topics)) for how, topics in groups.items() if topics),
        told=_some_of(line for line in told if line.kind == LineKind.RELEASE),
        not_told=_some_of(line for line in told if line.kind != LineKind.RELEASE),
    )


def _some_of(lines: Iterable[own_page.OfALine]) -> tuple[Told, ...]:
    """Return the first few in words."""
    return tuple(_told(line) for line in islice(lines, _LATEST))


def _told(line: own_page.OfALine) -> Told:
    topic, was_told = str(MY_TOPICS[line.category]), line.kind == LineKind.RELEASE
    return Told(topic, line.at, line.name, was_told)


def _agreement(me: YoungPerson, *, reader: Account) -> Agreement | None:
    found = telling.latest_talk(me, reader=reader)
    if found is None:
        return None
    talk, rows = found
    return Agreement(
        at=talk.held_at,
        by=talk.held_by.display_name,
        topics=tuple(str(MY_TOPICS[category]) for category in rows[0].categories),
        people=tuple((row.membership_id, row.membership.person.name, str(_AGREED[row.agreed])) for row in rows),
    )


def _topic(category: str, disposition: str, said: str) -> Topic:
    return Topic(
        category=category,
        words=str(MY_TOPICS[category]),
        state=str(IN_MY_WORDS[disposition]),
        said=str(_SAID[said]) if said else "",
        choices=tuple(
            (value, str(words)) for value, words in CHOICES.items() if value not in (said, _STANDS[disposition])
        ),
    )
