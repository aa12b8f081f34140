"""What two years leave behind in any circle: ways to reach people, papers, consents, answers, lines in the ledger."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements import starting
from halfdoor.service.agreements.choices import GivenBy, Taken
from halfdoor.service.disclosures import telling
from halfdoor.service.disclosures.choices import Agreed
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer, Kind, Manner
from halfdoor.service.documents.queries.answers import shown_in_force, text_in_force
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes.choices import SecretsRule
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind, LegalBasis, Relation
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.demo import knowing, written
from halfdoor.service.portals.demo.circles import Circle
from halfdoor.service.portals.demo.stories.parts import answers, asks
from halfdoor.service.requests import actions
from halfdoor.service.requests.words import Channel

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_CARE_AND_SCHOOL = (Relation.RESIDENTIAL_CARER, Relation.SCHOOL_COUNSELLOR, Relation.SOCIAL_WORKER)


def pass_by(circle: Circle, number: int, *, by: Account, since: datetime, at: datetime) -> None:
    """Let the years pass in a circle, each a little otherwise by its number, in the order of days."""
    family = [one for one in circle.members.values() if one.relation == Relation.PARENT]
    _reached(circle, family, number, by=by, at=since)
    _agreed(circle, family[0], number, by=by, at=since + _WEEK)
    near = [one for one in circle.members.values() if one.relation in _CARE_AND_SCHOOL]
    if near and number % 2:
        _whom_to_tell(circle, near, number, by=by, at=since + 2 * _WEEK)
    if number % 3 == 0:
        written.write_about_anybody(circle, number, by=by, since=since + 3 * _WEEK)
    _told(circle, family[0], number, by=by, at=min(since + 8 * _WEEK, at - 2 * _WEEK))
    _asked(family[number % len(family)], number, by=by, at=min(since + 12 * _WEEK, at - 9 * _DAY), now=at)


def _reached(circle: Circle, family: list[Membership], number: int, *, by: Account, at: datetime) -> None:
    for place, member in enumerate(family):
        mail = f"{member.person.name.replace(' ', '.').lower()}.{number}@example.org"
        reaching.put_down(member.person, kind=ContactKind.EMAIL, value=mail, by=by, at=at)
        call = f"20{place + 1} 555 01{number % 100:02}"
        reaching.put_down(member.person, kind=ContactKind.TELEPHONE, value=call, by=by, at=at)
    if number % 9 == 5:
        shared = f"{family[0].person.name.replace(' ', '.').upper()}.{number}@example.org"
        reaching.put_down(circle.young_person.person, kind=ContactKind.EMAIL, value=shared, by=by, at=at + _DAY)


def _agreed(circle: Circle, parent: Membership, number: int, *, by: Account, at: datetime) -> None:
    young_person, language = circle.young_person, by.practice.language
    herself = Membership.objects.get(young_person=young_person, relation=Relation.SELF)
    if number % 3 != 1:
        limits = text_in_force(young_person, Kind.CONFIDENTIALITY_OLDER, language=language, at=at)
        taken = (Taken.UNDERSTOOD, Taken.QUESTIONS, Taken.NOT_NOW)[number % 3]
        starting.explain(herself, limits, on=at.date(), taken=taken, by=by, at=at)
    papers.ask([(parent, Kind.PARTNERSHIP), (parent, Kind.EXPECTATIONS)], by=by, at=at)
    if number % 4 == 0:
        said = Said(answer=Answer.AGREED, manner=Manner.ON_PAPER, printed_name=parent.person.name)
        shown = shown_in_force(young_person, Kind.EXPECTATIONS, language=language, at=at + _DAY)
        papers.sign(parent, shown, said, by=by, at=at + _DAY)
    if number % 4 == 1:
        rule = (SecretsRule.EACH_DECIDES, SecretsRule.AMONG_US)[number % 8 == 1]
        day = at + 2 * _DAY
        notes.agree_on_secrets(young_person, rule=rule, signed_on=day.date(), signed_by=[parent], by=by, at=day)
    basis = circle.basis
    if number % 3 == 0 or basis == LegalBasis.ADULT_CONSENT:
        agreements.authorize(
            parent,
            categories=["attendance", "progress"],
            purposes=["support"],
            given_by=GivenBy.CLIENT,
            starts_on=at.date(),
            ends_on=(at + (500 if number % 2 else 200) * _DAY).date(),
            evidence="Signed on paper, which lies in the file",
            by=by,
            at=at + 3 * _DAY,
        )


def _whom_to_tell(circle: Circle, near: list[Membership], number: int, *, by: Account, at: datetime) -> None:
    agreed = list(Agreed)
    about = [telling.About(one, agreed[(number + place) % len(agreed)]) for place, one in enumerate(near)]
    telling.agree(circle.young_person, about, categories=["themes"], words="", by=by, at=at)


def _told(circle: Circle, parent: Membership, number: int, *, by: Account, at: datetime) -> None:
    name = parent.person.name
    for place, category in enumerate(_ON_THE_TELEPHONE[number % len(_ON_THE_TELEPHONE)]):
        knowing.told(circle, name, category, by=by, at=at + place * _DAY)
    knowing.looked(circle, by=by, at=at)


_ON_THE_TELEPHONE = (
    ("attendance", "session_content"),
    ("scheduling", "progress"),
    ("existence_of_care", "diagnosis"),
    ("goals_and_plan", "risk"),
    ("billing", "process_notes"),
)


def _asked(parent: Membership, number: int, *, by: Account, at: datetime, now: datetime) -> None:
    category, motive, answer = _QUESTIONS[number % len(_QUESTIONS)]
    channel = (Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON)[number % 3]
    request = asks(parent, category, motive, channel=channel, by=by, at=at)
    is_long_ago = at + 3 * _WEEK < now
    if is_long_ago or number % 3:
        answers(request, answer, by=by, at=at + _DAY)
    if is_long_ago:
        actions.follow_up(request, said=_HOW_IT_WAS[number % len(_HOW_IT_WAS)], by=by, at=at + 2 * _WEEK)


_HOW_IT_WAS = (
    "They found it hard to hear, and came back to it by themselves.",
    "It was enough, for now.",
    "They asked each other at home. We leave it there.",
)
_QUESTIONS = (
    ("attendance", "Does he really go there?", "Every week, and on time."),
    ("progress", "I see no change at home. Do you?", "It is slow and steady. Asking for help has become easier."),
    ("session_content", "What did he say about us?", ""),
    ("scheduling", "Can the hour be earlier?", "From next month on it can be at three."),
    ("goals_and_plan", "What are they working on?", "Saying early that it is too much, and sleeping in their own bed."),
    ("full_record", "I have a right to all of it.", ""),
    ("general_information", "How does it work, if nobody talks?", "They draw, build and play. That is how it works."),
)
