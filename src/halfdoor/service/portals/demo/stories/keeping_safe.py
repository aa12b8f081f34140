"""Greta Holm: somebody at home may harm her. Those who protect hear of it; he reads what a parent reads of nothing."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures import accounting, gate
from halfdoor.service.disclosures.choices import Category, InWriting
from halfdoor.service.disclosures.duties import HANDLERS
from halfdoor.service.disclosures.models import Line
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people import emergencies
from halfdoor.service.people.choices import Answer, Level, Relation, WhyEmergency
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Suspicion
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, HOUR, MONTH, asks
from halfdoor.service.requests import actions, explaining
from halfdoor.service.requests.actions import Told
from halfdoor.service.requests.models import ExceptionUsed, FamilyRequest, Side
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.words import USUAL_ALTERNATIVES

_TOLD = ("existence_of_care", "attendance", "scheduling", "progress")


def danger_at_home(name: str, staff: Staff, at: datetime) -> None:
    """A report goes out whatever anybody wishes; her mother hears at once; the police ask for silence for a while."""
    around = (
        Around(name="Annika Holm", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER),
        Around(name="Sten Holm", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER),
        Around(name="Noreen Blythe", relation=Relation.CHILD_PROTECTION, needs=Answer.YES),
    )
    greta = Invented(name=name, age=14, signs_in=True, told={Relation.PARENT: _TOLD}, around=around)
    by = staff.therapist
    circle = put_on_record(greta, clinicians=staff.clinicians(), at=at - 7 * MONTH)
    began = at - 40 * DAY
    doubt = Suspicion(membership=circle.members["Sten Holm"], suspected=Answer.YES, effective_on=began.date())
    people.record(doubt, evidence="What she drew, and what she said to it.", by=by, at=began)
    line = _reported(circle, by=by, at=began)
    if line is not None:
        said = "Detective Ames: he is not to learn that we know before they have spoken with her."
        until = (at + 20 * DAY).date()
        accounting.hold(line, until=until, in_writing=InWriting.YES, said=said, by=by, at=began + DAY)
    mother_hears = _told(circle, "Annika Holm", "risk", _TONIGHT, by=by, at=began + 2 * HOUR)
    _explained(mother_hears, by=by, at=began + 5 * HOUR)
    asked = asks(circle.members["Sten Holm"], "progress", "She has gone quiet.", by=by, at=at - 9 * DAY)
    told = Told(look_again_on=day_in(asked.practice, at=at + 5 * DAY), alternatives=USUAL_ALTERNATIVES)
    actions.keep_closed(asked, told, by=by, at=at - 8 * DAY)
    _called_at_night(circle, by=staff.colleague, at=at - 16 * HOUR)
    words = "Evenings at her aunt’s are easier. She works on sleeping through."
    notes.write(words, episode=circle.episode, category=Category.PROGRESS, by=by, at=at - 6 * DAY)


def _called_at_night(circle: Circle, *, by: Account, at: datetime) -> None:
    """Greta rang at night, and her own therapist did not answer: a colleague opened her record for half an hour."""
    words = "She rang in tears: he stands before the door. Ruth does not answer. I need her plan for nights."
    opened = emergencies.open_record(circle.young_person, why=WhyEmergency.CRISIS_CALL, words=words, by=by, at=at)
    emergencies.close(opened, by=by, at=at + HOUR / 2)


def _reported(circle: Circle, *, by: Account, at: datetime) -> Line | None:
    question = gate.Question(
        young_person=circle.young_person,
        recipient=circle.members["Noreen Blythe"],
        category="abuse_concern",
        purpose="safety",
        initiated_by="service",
    )
    receipt = gate.conclude(question, done=tuple(HANDLERS), by=by, at=at)
    return receipt.line if receipt.went else None


def _told(circle: Circle, who: str, category: str, words: str, *, by: Account, at: datetime) -> FamilyRequest:
    request = asks(circle.members[who], category, "Is she in danger? Tell me.", by=by, at=at)
    stated = {"risk": "serious_and_imminent", "emergency": "yes"}
    actions.record_facts(request, stated, evidence="She said what, and when it is worst.", by=by, at=at)
    outlook = case_of(request, reader=by, at=at).outlook
    if outlook.opens:
        done = tuple(code for code, _ in outlook.todo)
        told = Told(look_again_on=day_in(request.practice, at=at + 7 * DAY), text=words, done=done)
        actions.share(request, told, by=by, at=at)
    return request


def _explained(request: FamilyRequest, *, by: Account, at: datetime) -> None:
    used = ExceptionUsed.objects.filter(practice=request.practice, request=request).first()
    if used is None:
        return
    words = "I told your mom that you are not safe at home on some evenings. I did not tell her what you drew."
    explaining.explain(used, Side.YOUNG_PERSON, is_told=True, words=words, by=by, at=at)
    words = "He reads her mail. In writing it would put both of them in danger."
    explaining.explain(used, Side.FAMILY, is_told=False, words=words, by=by, at=at)


_TONIGHT = "Please let her sleep at your sister’s tonight, and keep her telephone with her. I call you at nine."
