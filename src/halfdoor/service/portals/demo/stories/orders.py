"""Dana Whitlock: three orders of courts, each read by a second person, or waiting for one."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Limit, Relation, ReviewOutcome
from halfdoor.service.people.models import CourtLimit
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, MONTH, answers, asks


def three_orders(name: str, staff: Staff, at: datetime) -> None:
    """One stands, one was lifted, one came today and waits; and the one that stands runs out soon."""
    around = (
        Around(name="Carol Whitlock", relation=Relation.PARENT, level=Level.FULL, role=Role.CAREGIVER),
        Around(name="Bruce Whitlock", relation=Relation.PARENT, level=Level.LIMITED_BY_ORDER, involved=Answer.NO),
        Around(name="Gil Danner", relation=Relation.STEP_PARENT),
        Around(name="June Whitlock", relation=Relation.RELATIVE),
        Around(name="Attorney Sloane", relation=Relation.GUARDIAN_AD_LITEM, needs=Answer.YES),
        Around(name="Dr. Amos Pell", relation=Relation.CUSTODY_EVALUATOR, needs=Answer.YES),
    )
    told = {Relation.PARENT: ("existence_of_care", "attendance", "progress")}
    dana = Invented(name=name, age=13, basis=LegalBasis.PARENT_CONSENT, told=told, around=around)
    circle = put_on_record(dana, clinicians=staff.clinicians(), at=at - 11 * MONTH)
    by, lead = staff.therapist, staff.lead
    stands = _order(circle, "Bruce Whitlock", Limit.AS_ORDERED, "Order 24-0711", by=by, at=at - 6 * MONTH, days=196)
    people.review_court_limit(stands, outcome=ReviewOutcome.STANDS, by=lead, at=at - 6 * MONTH + DAY)
    lifted = _order(circle, "Gil Danner", Limit.NOT_TO_SHARE, "Order 24-0733", by=by, at=at - 5 * MONTH, days=400)
    people.review_court_limit(lifted, outcome=ReviewOutcome.LIFTED, by=lead, at=at - 5 * MONTH + DAY)
    _order(circle, "June Whitlock", Limit.NOT_TO_SHARE, "Order 26-0102, by mail", by=lead, at=at - DAY, days=365)
    _order(circle, "Gil Danner", Limit.AS_ORDERED, "Order 26-0098, a copy", by=by, at=at - 2 * DAY, days=365)
    closed = asks(circle.members["Bruce Whitlock"], "progress", "I am still his father.", by=by, at=at - 3 * MONTH)
    answers(closed, "", by=by, at=at - 3 * MONTH + DAY)


def _order(
    circle: Circle, who: str, limit: Limit, evidence: str, *, by: Account, at: datetime, days: int
) -> CourtLimit:
    order = CourtLimit(
        membership=circle.members[who], limit=limit, effective_on=at.date(), lapses_on=(at + days * DAY).date()
    )
    return people.record(order, evidence=f"{evidence}; a copy is in the paper file", by=by, at=at)
