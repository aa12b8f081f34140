"""Two stories of the children's home: Mina, who decides a good deal for herself, and Rhys, whose people change."""

from datetime import date, datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.disclosures import telling
from halfdoor.service.disclosures.choices import Agreed
from halfdoor.service.disclosures.legal import actions as legal
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.choices import Kind, Manner
from halfdoor.service.engagement import actions as engagement
from halfdoor.service.people import actions as people
from halfdoor.service.people import covering, events
from halfdoor.service.people.choices import (
    Answer,
    Competence,
    EventKind,
    LegalBasis,
    Level,
    Limit,
    LookedAfter,
    PlacedBy,
    Relation,
    WhyCovered,
)
from halfdoor.service.people.events import Event
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.joining import Joining
from halfdoor.service.people.models import CareStatus, CompetenceAssessment, CourtLimit
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories import going_wrong, rarely
from halfdoor.service.portals.demo.stories.parts import (
    DAY,
    HOUR,
    MONTH,
    account,
    answer_paper,
    answers,
    asks,
    themselves,
    yes,
)
from halfdoor.service.requests import actions, departing
from halfdoor.service.requests.actions import Told
from halfdoor.service.requests.models import Departure, DepartureReview, Reply
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Done
from halfdoor.service.safeguarding.choices import Kind as Incident

_DAN = Around(name="Dan Price", relation=Relation.RESIDENTIAL_CARER, role=Role.TEAM, needs=Answer.YES)
_PRIYA = Around(
    name="Priya Nair", relation=Relation.SOCIAL_WORKER, level=Level.SHARED, role=Role.TEAM, needs=Answer.YES
)
_BETH = Around(name="Beth Lowe", relation=Relation.EDUCATOR, role=Role.TEAM, needs=Answer.YES)
_MARY = Around(name="Mary Quill", relation=Relation.HOME_MANAGER, role=Role.TEAM, needs=Answer.YES)
_TO_THE_HOME = {
    Relation.RESIDENTIAL_CARER: ("attendance", "themes", "staff_guidance", "session_summary"),
    Relation.HOME_MANAGER: ("attendance", "staff_guidance"),
    Relation.EDUCATOR: ("scheduling",),
    Relation.SOCIAL_WORKER: ("existence_of_care", "attendance", "progress", "goals_and_plan"),
}


def mina_decides(name: str, staff: Staff, at: datetime) -> None:
    """At sixteen much is hers to say. Her mother signs in and asks; an order keeps her father away."""
    around = (
        _DAN,
        _PRIYA,
        _BETH,
        _MARY,
        Around(name="Asha Patel", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER),
        Around(name="Raj Patel", relation=Relation.PARENT, level=Level.LIMITED_BY_ORDER, involved=Answer.NO),
        Around(name="Sunil Rao", relation=Relation.INDEPENDENT_VISITOR),
        Around(name="Edith Marlow", relation=Relation.INDEPENDENT_PERSON),
        Around(name="Ofsted", relation=Relation.INSPECTOR),
    )
    mina = Invented(name=name, age=16, basis=LegalBasis.OWN_CONSENT, signs_in=True, told=_TO_THE_HOME, around=around)
    by, lead = staff.therapist, staff.lead
    circle = put_on_record(mina, clinicians=staff.clinicians(), at=at - 12 * MONTH)
    _placed(circle, LookedAfter.CARE_ORDER, by=by, at=at - 12 * MONTH)
    assessed = CompetenceAssessment(
        young_person=circle.young_person,
        outcome=Competence.COMPETENT,
        category="goals_and_plan",
        effective_on=(at - 6 * MONTH).date(),
        lapses_on=(at + 12 * DAY).date(),
    )
    people.record(assessed, evidence="She could say what follows, and what she would lose.", by=by, at=at - 6 * MONTH)
    order = CourtLimit(
        membership=circle.members["Raj Patel"],
        limit=Limit.NOT_TO_SHARE,
        effective_on=(at - 2 * DAY).date(),
        lapses_on=(at + 300 * DAY).date(),
    )
    people.record(order, evidence="Order of the family court, by e-mail", by=lead, at=at - 2 * DAY)
    rarely.answered(circle, [("themselves", "full_record", "access_request", {})], by=by, at=at - MONTH)
    _her_papers(circle, by=by, at=at - 11 * MONTH)
    _her_words(circle, by=by, at=at)
    _asha_asks(circle, by=by, lead=lead, at=at)
    question, whom = "May her school see the times of her sessions without her word?", "Legal team of the authority"
    asked = legal.consult(circle.young_person, whom=whom, question=question, by=lead, at=at - 3 * MONTH)
    words, on = "Times, yes, if she was told at the start. Nothing else without her.", at - 3 * MONTH + 2 * DAY
    legal.advise(asked, words=words, given_on=on.date(), by=lead, at=on)


def _her_papers(circle: Circle, *, by: Account, at: datetime) -> None:
    herself, mother = themselves(circle), circle.members["Asha Patel"]
    kinds = (Kind.CONFIDENTIALITY_OLDER, Kind.ASSENT, Kind.THERAPY_AGREEMENT)
    asked = [(herself, kind) for kind in kinds] + [(mother, Kind.INVOLVEMENT), (mother, Kind.EXPECTATIONS)]
    papers.ask(asked, by=by, at=at)
    own = account(herself)
    answer_paper(herself, Kind.ASSENT, yes(herself, manner=Manner.PRESSED), by=own, at=at + DAY)
    answer_paper(herself, Kind.THERAPY_AGREEMENT, yes(herself), by=own, at=at + DAY)
    answer_paper(mother, Kind.EXPECTATIONS, yes(mother), by=account(mother), at=at + 4 * DAY)


def _her_words(circle: Circle, *, by: Account, at: datetime) -> None:
    own = account(themselves(circle))
    for topic in (Topic.RELATIONSHIPS, Topic.PAST):
        agreements.wish(
            circle.young_person,
            value=WishValue.OBJECTS,
            source=WishSource.OWN_PAGE,
            topic=topic,
            by=own,
            at=at - 2 * MONTH,
        )
    about = [
        telling.About(circle.members["Dan Price"], Agreed.TOGETHER),
        telling.About(circle.members["Beth Lowe"], Agreed.NEED_NOT_KNOW),
        telling.About(circle.members["Priya Nair"], Agreed.THERAPIST_TELLS),
    ]
    words = "Dan is all right. School has nothing to do with it."
    telling.agree(circle.young_person, about, categories=["themes", "progress"], words=words, by=by, at=at - 40 * DAY)
    engagement.offer("after-a-session", to=circle.members["Asha Patel"], by=by, at=at - 9 * DAY)


def _asha_asks(circle: Circle, *, by: Account, lead: Account, at: datetime) -> None:
    mother, own = circle.members["Asha Patel"], account(themselves(circle))
    motive = "She rings on Sundays and then she does not talk. What may I ask her?"
    request = asks(mother, "progress", motive, channel=Channel.PORTAL, by=account(mother), at=at - 3 * MONTH)
    why = "She is sixteen, and agreed to her care herself."
    words = "Your mum asked how it is going. What would you like to do?"
    question = actions.ask_young_person(request, words=words, reasons=why, by=by, at=at - 3 * MONTH + HOUR)
    said = actions.Said(choice=Reply.Choice.YOU_TELL, pressed=Reply.Pressed.NO)
    actions.reply(question, said, by=own, at=at - 3 * MONTH + DAY)
    words = "It goes steadily. She likes being asked about the band, and not about school."
    answers(request, words, by=by, at=at - 3 * MONTH + 2 * DAY)
    asked = asks(circle.members["Dan Price"], "attendance", "Is she back at six?", by=by, at=at - 2 * MONTH)
    if not case_of(asked, reader=by, at=at - 2 * MONTH).outlook.can_be_kept_back:
        return
    told = Told(
        look_again_on=day_in(asked.practice, at=at - MONTH),
        alternatives=USUAL_ALTERNATIVES,
        instead="withhold",
        reasons="She wanted to walk home alone for once, and told me where. I rang the manager instead.",
    )
    actions.keep_closed(asked, told, by=by, at=at - 2 * MONTH)
    departure = Departure.objects.get(practice=asked.practice, request=asked)
    words = "Good. Write to the manager first the next time."
    departing.review(departure, DepartureReview.Outcome.SOUND, words=words, by=lead, at=at - 2 * MONTH + DAY)


def rhys_has_a_new_worker(name: str, staff: Staff, at: datetime) -> None:
    """Rhys is placed from Wales. His social worker changed, his own language is asked for, his therapist was away."""
    around = (
        _DAN,
        _MARY,
        Around(name="Sian Howells", relation=Relation.SOCIAL_WORKER, level=Level.SHARED, needs=Answer.YES),
        Around(name="Carys Morgan", relation=Relation.PARENT, level=Level.SHARED, involved=Answer.NO),
        Around(name="Powys children’s services", relation=Relation.PLACING_AUTHORITY, level=Level.SHARED),
    )
    rhys = Invented(name=name, age=11, basis=LegalBasis.AGENCY_CONSENT, told=_TO_THE_HOME, around=around)
    by = staff.colleague
    circle = put_on_record(rhys, clinicians=staff.clinicians(of=by), at=at - 9 * MONTH)
    _placed(circle, LookedAfter.ACCOMMODATED, placed_by=PlacedBy.WELSH_AUTHORITY, by=by, at=at - 9 * MONTH)
    day = at - 4 * MONTH
    since = day.date()
    new = Joining(relation=Relation.SOCIAL_WORKER, since_on=since, name="Gethin Rowe", level=Level.SHARED)
    event = Event(
        kind=EventKind.NEW_CASEWORKER,
        happened_on=since,
        leaves=(circle.members["Sian Howells"],),
        joins=(new,),
        evidence="Letter of the authority",
    )
    events.record_event(circle.young_person, event, by=by, at=day)
    rarely.answered(circle, [("themselves", "full_record", "access_request", {})], by=by, at=at - 3 * MONTH)
    _covers(staff, by=by, at=at)
    noticed = Noticed(
        Incident.OVERHEARD, "We spoke about him on the stairs.", happened_on=(at - MONTH).date(), known_at=at - MONTH
    )
    incident = safeguarding.report(circle.young_person, noticed, by=by, at=at - MONTH)
    steps = ((Done.CONTAINED, "We went into the office."), (Done.TOLD_IN_PERSON, "He shrugged, and asked who it was."))
    going_wrong.deal_with(incident, steps, lead=staff.lead, at=at - MONTH)
    asked = asks(circle.members["Carys Morgan"], "attendance", "Does he go?", by=by, at=at - 7 * DAY)
    answers(asked, "He goes, every Tuesday.", by=by, at=at - 6 * DAY)


def _covers(staff: Staff, *, by: Account, at: datetime) -> None:
    """One absence is over, one begins in a week."""
    over = _absence(staff, at - 40 * DAY, at - 30 * DAY)
    covering.arrange(over, by=staff.lead, at=at - 50 * DAY)
    covering.arrange(_absence(staff, at + 7 * DAY, at + 14 * DAY), by=by, at=at - DAY)


def _absence(staff: Staff, starts: datetime, ends: datetime) -> covering.Absence:
    first, back = _day(starts), _day(ends)
    return covering.Absence(
        clinician=staff.colleague, cover=staff.therapist, why=WhyCovered.AWAY, starts_on=first, ends_on=back
    )


def _day(moment: datetime) -> date:
    return moment.date()


def _placed(
    circle: Circle,
    looked_after: LookedAfter,
    *,
    placed_by: PlacedBy = PlacedBy.ENGLISH_AUTHORITY,
    by: Account,
    at: datetime,
) -> None:
    care = {"looked_after": looked_after, "placed_by": placed_by}
    status = CareStatus(young_person=circle.young_person, effective_on=at.date(), **care)
    people.record(status, by=by, at=at)
