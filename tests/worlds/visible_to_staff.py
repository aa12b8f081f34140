"""What waits for clinicians in both worlds, so that there is something behind each of their pages."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import actions as people
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind, Limit
from halfdoor.service.people.models import CourtLimit
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests import second_reading
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel
from tests.elsewhere import ask_a_lawyer, away_later, propose_rules
from tests.people import NOON
from tests.worlds.cast import Circle


def waits(circle: Circle, at: datetime) -> None:
    """Let there be advice to come, an order and an answer to read a second time, a cover, a caller nobody knows."""
    if "ines" not in circle.adults:
        return
    by, lead, school = circle.therapist, _lead(circle), circle.adults["ines"]
    ask_a_lawyer(circle.young_person, by=by, at=at)
    away_later(by, at=at)
    propose_rules(lead, at=at)
    order = CourtLimit(membership=school, limit=Limit.AS_ORDERED, effective_on=at.date())
    people.record(order, evidence="Order 26-9", by=lead, at=at)
    for member in (school, circle.adults["tom"]):
        house = {"kind": ContactKind.TELEPHONE, "value": "+1 212 555 0100"}
        reaching.put_down(member.person, **house, by=by, at=at)
    asked = Asked(category="progress", channel=Channel.TELEPHONE, motive="She is tired in class.")
    requests.receive(circle.young_person, asked, asked_by=school, by=by, at=at)
    waiting = (
        FamilyRequest.objects.filter(asked_by=circle.adults["sara"], category="clinical_summary")
        .waiting()
        .earliest("received_at")
    )
    told = Told(look_again_on=(NOON + timedelta(days=6)).date(), alternatives=USUAL_ALTERNATIVES)
    second_reading.propose(waiting, "close", told, by=lead, at=at)


def _lead(circle: Circle) -> Account:
    return Account.objects.get(practice=circle.practice, role=Role.LEAD)
