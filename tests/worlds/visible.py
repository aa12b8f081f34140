"""
What happened lately in both worlds, so that there is something on every page.

``LONG_SINCE`` is put on record once; ``LATELY`` anew in each world, in order of time with what is hidden. Each line
says how many hours ago something happened, and what. Much of it is hidden from one viewer or another as well: what
matters is that both worlds have it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import consents
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.agreements.queries.consents import shown_with
from halfdoor.service.disclosures import gate, looking, telling
from halfdoor.service.disclosures.choices import Agreed, Category
from halfdoor.service.disclosures.duties import HANDLERS
from halfdoor.service.documents import actions as documents
from halfdoor.service.documents.choices import Kind as Paper
from halfdoor.service.engagement import actions as engagement
from halfdoor.service.messages import actions as messages
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind, Relation
from halfdoor.service.people.models import Membership, Person
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.models import FamilyRequest, Reply
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel, Way
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.choices import Done, Kind
from tests.papers import ALOUD, answered_papers, given_consent
from tests.people import NOON
from tests.worlds.cast import Circle
from tests.worlds.visible_to_staff import waits

Happening = Callable[[Circle, datetime], None]

A_WHILE = timedelta(minutes=3)
"""Between two things of which somebody sees both: at one moment, random ids would order them."""

KINDLY = "How can I help at home?"
GOES_WELL = "She has come to every session, and tries things out at home."


def _mailbox(person: Person, value: str, *, by: Account, at: datetime) -> None:
    reaching.put_down(person, kind=ContactKind.EMAIL, value=value, by=by, at=at)
    account = person.account
    assert account is not None, "who wants a word signs in"
    messages.choose(wanted=True, by=account, at=at)


def _asks(circle: Circle, name: str, category: str, channel: Channel, *, at: datetime) -> FamilyRequest:
    sure = Way.NOT_YET if channel == Channel.PORTAL else Way.CALLED_BACK
    asked = Asked(category=category, channel=channel, motive=KINDLY, sure=sure)
    by = circle.account_of(name) if channel == Channel.PORTAL else circle.therapist
    return requests.receive(circle.young_person, asked, asked_by=circle.adults[name], by=by, at=at)


def _closed(request: FamilyRequest, *, by: Account, at: datetime) -> None:
    told = Told(look_again_on=(NOON + timedelta(days=4)).date(), alternatives=USUAL_ALTERNATIVES)
    requests.keep_closed(request, told, by=by, at=at)


def _mail(circle: Circle, at: datetime) -> None:
    for member in (circle.herself, *circle.adults.values()):
        if member.person.account is not None:
            box = f"{member.person.account.username}@example.org"
            _mailbox(member.person, box, by=circle.therapist, at=at)


def _goes_well(circle: Circle, at: datetime) -> None:
    kind = Category.THEMES if "dan" in circle.adults else Category.PROGRESS  # what goes to them by itself
    notes.write(GOES_WELL, episode=circle.episode, category=kind, by=circle.therapist, at=at)


def _papers(circle: Circle, at: datetime) -> None:
    for member in _parents(circle):
        answered_papers(member, by=circle.therapist, at=at)
        given_consent(member, by=circle.therapist, at=at)
    terms = Terms(categories=("attendance",), purposes=("education",), ends_on=NOON.date() + timedelta(days=30))
    for member in _parents(circle) if "ines" in circle.adults else ():
        school = circle.adults["ines"]
        consents.propose(member, school, terms, by=circle.therapist, at=at)
        shown = shown_with(member, school, terms, language="en-us", at=at)
        consents.give(member, school, terms, shown=shown, said=ALOUD, by=circle.therapist, at=at)


def _asked_and_closed(circle: Circle, at: datetime) -> None:
    for number, name in enumerate(_who_ask(circle)):
        then = at + timedelta(hours=number)
        request = _asks(circle, name, "session_content", Channel.TELEPHONE, at=then)
        question = requests.ask_young_person(request, words="You decide.", by=circle.therapist, at=then)
        herself = circle.herself.person.account
        assert herself is not None, "they sign in"
        said = Said(choice=Reply.Choice.NO, may_say_so=False)
        requests.reply(question, said, by=herself, at=then + timedelta(minutes=9))
        _closed(request, by=circle.therapist, at=then + timedelta(minutes=20))


def _incident(circle: Circle, at: datetime) -> None:
    noticed = safeguarding.Noticed(Kind.OVERHEARD, "The door was open.", happened_on=at.date(), known_at=at)
    found = safeguarding.report(circle.young_person, noticed, by=circle.therapist, at=at)
    words = "Somebody in the corridor may have heard us."
    safeguarding.take_step(found, Done.TOLD_ON_PAGE, words=words, by=circle.therapist, at=at)


def _offered(circle: Circle, at: datetime) -> None:
    for member in _parents(circle):
        engagement.offer("asking-without-pressing", to=member, by=circle.therapist, at=at)


def _talked(circle: Circle, at: datetime) -> None:
    looking.looked(circle.young_person.pk, page="portals:young_person", by=circle.therapist, at=at)
    about = [telling.About(member, Agreed.TOGETHER) for member in circle.adults.values()]
    telling.agree(circle.young_person, about, categories=["goals_and_plan"], words="", by=circle.therapist, at=at)


def _told(circle: Circle, at: datetime) -> None:
    for number, name in enumerate(_who_ask(circle)):
        question = gate.Question(
            young_person=circle.young_person,
            recipient=circle.adults[name],
            category="attendance",
            purpose="support",
        )
        gate.conclude(question, done=tuple(HANDLERS), by=circle.therapist, at=at + number * A_WHILE)


def _asked_on_their_page(circle: Circle, at: datetime) -> None:
    for number, name in enumerate(_who_ask(circle)):
        _asks(circle, name, "session_summary", Channel.PORTAL, at=at + number * A_WHILE)


def _asked_in_between(circle: Circle, at: datetime) -> None:
    for number, name in enumerate(_who_ask(circle)):
        then = at + number * A_WHILE
        request = _asks(circle, name, "clinical_summary", Channel.TELEPHONE, at=then)
        requests.ask_young_person(request, words="They asked again.", by=circle.therapist, at=then)


def _more_papers(circle: Circle, at: datetime) -> None:
    pairs = [(circle.herself, Paper.ASSENT), *((member, Paper.EXPECTATIONS) for member in _parents(circle))]
    for number, pair in enumerate(pairs):
        documents.ask([pair], by=circle.therapist, at=at + number * A_WHILE)


def _evening(circle: Circle, at: datetime) -> None:
    messages.send_round(circle.practice, at=at)


def _parents(circle: Circle) -> list[Membership]:
    return [member for member in circle.adults.values() if member.relation == Relation.PARENT]


def _who_ask(circle: Circle) -> tuple[str, ...]:
    return tuple(name for name in ("tom", "sara", "dan") if name in circle.adults and name != circle.quiet)


LONG_SINCE: tuple[tuple[int, Happening], ...] = (
    (900, _mail),
    (880, _goes_well),
    (870, _papers),
    (800, _asked_and_closed),
    (700, _incident),
    (690, _talked),
    (680, _offered),
    (670, _told),
    (650, _asked_in_between),
    (645, waits),
)
LATELY: tuple[tuple[int, Happening], ...] = (
    (200, _goes_well),
    (150, _asked_on_their_page),
    (60, _more_papers),
    (40, _told),
    (19, _evening),
)
