"""Requests in each of their states, so that every part of the way is seen."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.demo.circles import Circle
from halfdoor.service.requests import actions, afterwards, conversation, second_reading
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.models import FamilyRequest, Reply
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel, Paper, Way

_DAYS = timedelta(days=1)


def in_the_practice(zayn: Circle, ben: Circle, *, ruth: Account, lead: Account, at: datetime) -> None:
    """The father asks for the record, somebody rings in a mother's name, a lawyer writes, a mother hears of danger."""
    tom, clara = zayn.members["Tom Reed"], ben.members["Clara Ortiz"]
    _asks(
        tom,
        "full_record",
        Channel.PORTAL,
        "I would like to read all of it.",
        at=at - 26 * _DAYS,
        purpose="access_request",
    )
    _asks(
        zayn.members["Sara Khan"],
        "scheduling",
        Channel.TELEPHONE,
        "Wants to know where he is on Tuesday.",
        by=ruth,
        at=at - 2 * _DAYS,
    )
    lawyer = Asked(
        category="full_record",
        channel=Channel.LETTER,
        purpose="legal_process",
        caller="Hobbs & Lane, for one of the parents",
        office="lawyer",
        paper=Paper.LETTER,
    )
    actions.receive(zayn.young_person, lawyer, asked_by=None, by=ruth, at=at - 3 * _DAYS)
    _weighed_and_closed(tom, ruth=ruth, at=at - 8 * _DAYS)
    _kept_back(clara, ruth=ruth, at=at - 4 * _DAYS)
    _told_for_safety(clara, ruth=ruth, at=at - 1 * _DAYS)
    second_reading.want(ruth.practice, opening=False, categories=["diagnosis"], by=lead, at=at - 30 * _DAYS)
    _for_a_second_reader(clara, ruth=ruth, at=at - 2 * _DAYS)


def in_the_home(leo: Circle, *, nia: Account, at: datetime) -> None:
    """Leo wanted to tell it himself; afterwards it was hard, and he says that it had consequences."""
    dan, then = leo.members["Dan Price"], at - 6 * _DAYS
    request = _asks(dan, "session_content", Channel.IN_PERSON, "He came back very quiet.", by=nia, at=then)
    question = actions.ask_young_person(request, words="Dan asked. You decide.", by=nia, at=then)
    himself = leo.young_person.person.account
    assert himself is not None, "Leo signs in"
    actions.reply(question, Said(choice=Reply.Choice.I_TELL), by=himself, at=then + timedelta(hours=2))
    _closed(request, by=nia, at=then + timedelta(hours=3), on=at)
    how = {"words": "They talked about it at dinner.", "consequences": "yes"}
    afterwards.from_young_person(request, "hard", **how, by=himself, at=at - 2 * _DAYS)


def _asks(
    member: Membership,
    category: str,
    channel: Channel,
    motive: str,
    *,
    purpose: str = "support",
    by: Account | None = None,
    at: datetime,
) -> FamilyRequest:
    sure = Way.IN_PERSON if channel == Channel.IN_PERSON else Way.NOT_YET
    asked = Asked(category=category, channel=channel, motive=motive, purpose=purpose, sure=sure)
    account = by or member.person.account
    assert account is not None, "whoever asks on their own page signs in"
    return actions.receive(member.young_person, asked, asked_by=member, by=account, at=at)


def _closed(request: FamilyRequest, *, by: Account, at: datetime, on: datetime) -> None:
    told = Told(look_again_on=day_in(request.practice, at=on), alternatives=USUAL_ALTERNATIVES)
    actions.keep_closed(request, told, by=by, at=at)


def _weighed_and_closed(tom: Membership, *, ruth: Account, at: datetime) -> None:
    request = _asks(tom, "session_content", Channel.PORTAL, "What does he say about me?", at=at)
    said = ("acknowledged", "explored", "boundaries", "needs")
    conversation.note_down(
        request, said, said="Zayn will not talk after weekends.", by=ruth, at=at + timedelta(hours=1)
    )
    weighed = conversation.Weighed(
        harm="trust_only",
        interests="against_sharing",
        serves="Tom means well, and would use it gently.",
        harms="Zayn would stop talking here. What helps at home can be said without it.",
    )
    conversation.weigh(request, weighed, by=ruth, at=at + _DAYS)
    _closed(request, by=ruth, at=at + _DAYS, on=at + 8 * _DAYS)
    account = tom.person.account
    assert account is not None, "Tom signs in"
    afterwards.ask_for_review(request, by=account, at=at + 5 * _DAYS)


def _called_back(clara: Membership, category: str, motive: str, *, ruth: Account, at: datetime) -> FamilyRequest:
    asked = Asked(category=category, channel=Channel.TELEPHONE, motive=motive, sure=Way.CALLED_BACK)
    return actions.receive(clara.young_person, asked, asked_by=clara, by=ruth, at=at)


def _kept_back(clara: Membership, *, ruth: Account, at: datetime) -> None:
    request = _called_back(clara, "attendance", "Did he come on Tuesday?", ruth=ruth, at=at)
    if case_of(request, reader=ruth, at=at).outlook.can_be_kept_back:
        told = Told(
            look_again_on=day_in(request.practice, at=at + 14 * _DAYS),
            alternatives=USUAL_ALTERNATIVES,
            instead="withhold",
            reasons="He waits outside until his father has gone. I talk with him first.",
        )
        actions.keep_closed(request, told, by=ruth, at=at)


def _told_for_safety(clara: Membership, *, ruth: Account, at: datetime) -> None:
    request = _called_back(clara, "risk", "He gave his things away.", ruth=ruth, at=at)
    stated = {"risk": "serious_and_imminent", "emergency": "yes"}
    actions.record_facts(request, stated, evidence="He said when, and how.", by=ruth, at=at)
    outlook = case_of(request, reader=ruth, at=at).outlook
    if outlook.opens:
        told = Told(
            look_again_on=day_in(request.practice, at=at + 7 * _DAYS),
            text="Please stay with him tonight, and keep the medicine locked. I call you at eight.",
            done=tuple(code for code, _ in outlook.todo),
        )
        actions.share(request, told, by=ruth, at=at)


def _for_a_second_reader(clara: Membership, *, ruth: Account, at: datetime) -> None:
    request = _called_back(clara, "diagnosis", "The school asks what it is called.", ruth=ruth, at=at)
    told = Told(
        look_again_on=day_in(request.practice, at=at + 10 * _DAYS),
        said="I cannot go into it today; we look at it together next week.",
        alternatives=USUAL_ALTERNATIVES,
    )
    second_reading.propose(request, "close", told, by=ruth, at=at)
