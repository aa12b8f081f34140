"""What several stories need: whose place is whose, signing, asking and answering."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer, Kind, Manner
from halfdoor.service.documents.models import Signing
from halfdoor.service.documents.queries.answers import shown_in_force
from halfdoor.service.people.actions import lock_sharing
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.demo.circles import Circle
from halfdoor.service.requests import actions
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import Answer as Given
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel, Way

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MONTH = timedelta(days=30)


def account(member: Membership) -> Account:
    """Return the account of somebody who signs in."""
    found = member.person.account
    assert found is not None, "this person signs in"
    return found


def themselves(circle: Circle) -> Membership:
    """Return the young person's own place."""
    return Membership.objects.get(young_person=circle.young_person, relation=Relation.SELF)


def yes(member: Membership, *, manner: Manner = Manner.TYPED, words: str = "") -> Said:
    """Return a yes in somebody's name."""
    return Said(answer=Answer.AGREED, manner=manner, printed_name=member.person.name, words=words)


def no(words: str = "", *, manner: Manner = Manner.PRESSED) -> Said:
    """Return a no, which asks for no name."""
    return Said(answer=Answer.REFUSED, manner=manner, words=words)


def answer_paper(member: Membership, kind: Kind, said: Said, *, by: Account, at: datetime) -> Signing:
    """Let somebody answer a paper as it is in force then."""
    shown = shown_in_force(member.young_person, kind, language=by.practice.language, at=at)
    return papers.sign(member, shown, said, by=by, at=at)


def asks(
    member: Membership,
    category: str,
    motive: str,
    *,
    channel: Channel = Channel.TELEPHONE,
    purpose: str = "support",
    by: Account,
    at: datetime,
) -> FamilyRequest:
    """Let somebody of the circle ask: on their own page, or called back on the telephone."""
    sure = Way.NOT_YET if channel == Channel.PORTAL else Way.CALLED_BACK
    asked = Asked(category=category, channel=channel, motive=motive, purpose=purpose, sure=sure)
    return actions.receive(member.young_person, asked, asked_by=member, by=by, at=at)


def answers(request: FamilyRequest, text: str, *, pieces: tuple[str, ...] = (), by: Account, at: datetime) -> Given:
    """Answer a request: what may go goes in these words, with all that has to be done; else it stays closed."""
    at = lock_sharing(request.young_person, at=at)
    outlook = case_of(request, reader=by, at=at).outlook
    on = day_in(request.practice, at=at + 14 * DAY)
    done = tuple(code for code, _ in outlook.todo)
    if outlook.opens:
        return actions.share(request, Told(look_again_on=on, text=text, done=done), by=by, at=at)
    told = Told(look_again_on=on, alternatives=USUAL_ALTERNATIVES, pieces=pieces, done=done)
    return actions.keep_closed(request, told, by=by, at=at)
