"""Finn Larsen: everybody calls, and hardly anybody is who they say, or has what they would need."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.legal import actions as legal
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, HOUR, MONTH, answers
from halfdoor.service.requests import actions, calls, explaining
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import ExceptionUsed, FamilyRequest, Side
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.words import Channel, Paper, Way


def everybody_calls(name: str, staff: Staff, at: datetime) -> None:
    """A dispute between Finn's parents, which brings lawyers, a school, the police, an insurer and a court."""
    around = (
        Around(name="Maren Larsen", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER),
        Around(name="Ole Larsen", relation=Relation.PARENT, level=Level.SHARED),
    )
    told = {Relation.PARENT: ("existence_of_care", "attendance", "scheduling")}
    finn = Invented(name=name, age=15, signs_in=True, told=told, around=around)
    by = staff.therapist
    circle = put_on_record(finn, clinicians=staff.clinicians(), at=at - 10 * MONTH)
    for number, (who, paper, category, purpose, caller, way) in enumerate(_CALLS):
        then = at - (len(_CALLS) - number) * 12 * DAY
        _neither(_called(circle, who, paper, category, purpose, caller, way, by=by, at=then), by=by, at=then + HOUR)
    _order(circle, by=by, at=at - 5 * DAY)
    _not_his_mother(circle, by=by, at=at - 3 * DAY)
    _advice(circle, staff, at=at)


def _called(
    circle: Circle,
    who: str,
    paper: Paper,
    category: str,
    purpose: str,
    caller: str,
    way: Way,
    *,
    by: Account,
    at: datetime,
) -> FamilyRequest:
    channel = Channel.TELEPHONE if paper == Paper.NONE else Channel.LETTER
    asked = Asked(category=category, channel=channel, purpose=purpose, caller=caller, office=who, paper=paper, sure=way)
    return actions.receive(circle.young_person, asked, asked_by=None, by=by, at=at)


def _neither(request: FamilyRequest, *, by: Account, at: datetime) -> None:
    """Answer whoever is nobody we know, or brings too little. What may go to an office goes in one sentence."""
    answers(request, "He was here on the days that you name. There is no more that we can send.", by=by, at=at)
    actions.follow_up(request, said="Nobody came back to it.", by=by, at=at + 10 * DAY)


_CALLS = (
    ("", Paper.NONE, "existence_of_care", "unstated", "A woman who would not say her name", Way.NOT_YET),
    ("lawyer", Paper.LETTER, "full_record", "legal_process", "Hobbs & Lane, for Ole Larsen", Way.WROTE_BACK),
    ("lawyer", Paper.SUBPOENA, "full_record", "legal_process", "Hobbs & Lane, a subpoena", Way.WROTE_BACK),
    ("police", Paper.NONE, "whereabouts", "unstated", "A man who said he was an officer", Way.SOMEBODY_ELSE),
    ("police", Paper.LETTER, "attendance", "legal_process", "Officer Dunn, second precinct", Way.CALLED_BACK),
    ("educator", Paper.NONE, "education_record", "education", "The counselor of his school", Way.CALLED_BACK),
    ("payer", Paper.LETTER, "billing", "payment", "Harbor Mutual, claims", Way.CALLED_BACK),
    ("outside_clinician", Paper.NONE, "medication", "treatment", "Dr. Weiss, his physician", Way.CALLED_BACK),
)


def _order(circle: Circle, *, by: Account, at: datetime) -> None:
    """A judge signed an order. What it names goes; Finn hears of it first, his family in set words."""
    request = _called(
        circle,
        "court",
        Paper.ORDER,
        "attendance",
        "court_proceedings",
        "The family court, part 12",
        Way.WROTE_BACK,
        by=by,
        at=at,
    )
    outlook = case_of(request, reader=by, at=at + DAY).outlook
    if not outlook.opens:
        return
    told = Told(
        look_again_on=day_in(request.practice, at=at + 14 * DAY),
        text="The dates of his sessions since March, and nothing else, as the order names them.",
        done=tuple(code for code, _ in outlook.todo),
    )
    actions.share(request, told, by=by, at=at + DAY)
    used = ExceptionUsed.objects.filter(practice=request.practice, request=request).first()
    if used is not None:
        words = "A judge wanted the dates of your sessions. I sent the dates, and nothing that you said."
        explaining.explain(used, Side.YOUNG_PERSON, is_told=True, words=words, by=by, at=at + DAY + HOUR)
        explaining.explain(used, Side.FAMILY, is_told=True, words="", by=by, at=at + DAY + HOUR)


def _not_his_mother(circle: Circle, *, by: Account, at: datetime) -> None:
    asked = Asked(
        category="scheduling", channel=Channel.TELEPHONE, motive="When is he there? It is urgent.", sure=Way.NOT_YET
    )
    mother = circle.members["Maren Larsen"]
    request = actions.receive(circle.young_person, asked, asked_by=mother, by=by, at=at)
    note = "Maren says that she never called. The number is not hers."
    calls.make_sure(request, Way.SOMEBODY_ELSE, note=note, by=by, at=at + HOUR)
    answers(request, "", by=by, at=at + 2 * HOUR)


def _advice(circle: Circle, staff: Staff, *, at: datetime) -> None:
    """One question to a lawyer with its answer, and one that waits."""
    young_person, then = circle.young_person, at - 20 * DAY
    question = "Does a subpoena that no judge signed oblige us to hand over the record?"
    whom = "Inez Calder, attorney"
    asked = legal.consult(young_person, whom=whom, question=question, category="full_record", by=staff.lead, at=then)
    words = "No. Answer that we hold what the law protects, and ask the court. Process notes never."
    legal.advise(asked, words=words, given_on=(then + 3 * DAY).date(), by=staff.lead, at=then + 3 * DAY)
    question = "May we tell Ole’s lawyer that we were asked at all?"
    legal.consult(young_person, whom=whom, question=question, by=staff.therapist, at=at - 2 * DAY)
