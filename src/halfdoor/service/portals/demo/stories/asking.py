"""Requests that went the whole way, and answers that were more careful than the rules."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, HOUR, MONTH, account, answers, asks, themselves
from halfdoor.service.requests import actions, afterwards, clocks, conversation, departing, offers
from halfdoor.service.requests.actions import Said, Told
from halfdoor.service.requests.models import Departure, DepartureReview, FamilyRequest, Offer, Reply, Side, Step
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel, Longer

_TOLD = ("existence_of_care", "attendance", "scheduling", "progress", "themes", "goals_and_plan", "session_summary")
_PETRA = Around(name="Petra Fischer", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER)
_UWE = Around(name="Uwe Fischer", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER)


def all_the_way(name: str, staff: Staff, at: datetime) -> None:
    """Kai's parents ask in turn. Each question goes to Kai, and each time Kai wants it otherwise."""
    kai = Invented(name=name, age=15, signs_in=True, told={Relation.PARENT: _TOLD}, around=(_PETRA, _UWE))
    circle = put_on_record(kai, clinicians=staff.clinicians(), at=at - 9 * MONTH)
    by = staff.therapist
    _no_and_a_meeting(circle, by=by, at=at - 4 * MONTH)
    _this_part(circle, by=by, at=at - 3 * MONTH)
    _together(circle, by=by, at=at - 2 * MONTH)
    _pressed(circle, by=by, at=at - 12 * DAY)
    _whole_record(circle, by=by, at=at - 20 * DAY)
    waits = asks(circle.members["Uwe Fischer"], "themes", "What is it all about?", by=by, at=at - 1 * DAY)
    actions.ask_young_person(waits, words="Your dad asked what it is about here. You say.", by=by, at=at - 20 * HOUR)


def _asked(
    circle: Circle, who: str, category: str, motive: str, said: Said, *, by: Account, at: datetime
) -> FamilyRequest:
    """Let a parent ask on their own page, and Kai say what he would like."""
    member = circle.members[who]
    request = asks(member, category, motive, channel=Channel.PORTAL, by=account(member), at=at)
    words = f"{who.split()[0]} would like to know something. What would you like to do?"
    question = actions.ask_young_person(request, words=words, reasons=_REASONS, by=by, at=at + HOUR)
    actions.reply(question, said, by=account(themselves(circle)), at=at + 5 * HOUR)
    return request


def _no_and_a_meeting(circle: Circle, *, by: Account, at: datetime) -> None:
    no = Said(choice=Reply.Choice.NO, may_say_so=True, pressed=Reply.Pressed.NO)
    motive = "He shuts his door, and I stand in front of it. I only want to know what he needs."
    request = _asked(circle, "Petra Fischer", "session_content", motive, no, by=by, at=at)
    said = "She is frightened since a boy in his class was taken to hospital."
    conversation.note_down(request, conversation.WITH_THE_FAMILY, said=said, by=by, at=at + DAY)
    conversation.look_at_wishes(request, by=by, at=at + DAY)
    weighed = conversation.Weighed(
        harm="trust_only",
        interests="against_sharing",
        serves="Petra would be calmer, and would ask less.",
        harms="Kai would say nothing more here. He can tell her himself how he is.",
    )
    conversation.weigh(request, weighed, by=by, at=at + DAY + HOUR)
    talked = "He does not mind if she knows that he said no. He would like her to stop knocking."
    conversation.talk(request, talked, by=by, at=at + 2 * DAY)
    told = Told(
        look_again_on=day_in(request.practice, at=at + 30 * DAY),
        said="You asked because you are frightened for him. We can do something about that, without his words.",
        alternatives=(*USUAL_ALTERNATIVES, "written_denial_with_review"),
        pieces=("after-a-session",),
    )
    actions.keep_closed(request, told, by=by, at=at + 2 * DAY)
    meeting = Offer.objects.get(practice=request.practice, request=request, code="family_session")
    offers.say(meeting, Side.FAMILY, "yes", by=account(circle.members["Petra Fischer"]), at=at + 3 * DAY)
    offers.say(meeting, Side.YOUNG_PERSON, "yes", by=account(themselves(circle)), at=at + 4 * DAY)
    offers.say(meeting, Side.CLINICIAN, "happened", by=by, at=at + 12 * DAY)
    actions.follow_up(request, said="They eat together on Wednesdays now. She knocks less.", by=by, at=at + 30 * DAY)
    words = "It was not the answer that I wanted, and it helped."
    afterwards.from_family(request, "good", words=words, by=account(circle.members["Petra Fischer"]), at=at + 31 * DAY)
    mine = account(themselves(circle))
    afterwards.from_young_person(request, "fair", words="ok", consequences="no", by=mine, at=at + 32 * DAY)


def _this_part(circle: Circle, *, by: Account, at: datetime) -> None:
    part = Said(choice=Reply.Choice.THIS_PART, part="That I sleep better. Not why I did not.")
    request = _asked(circle, "Petra Fischer", "progress", "Does it help him?", part, by=by, at=at)
    answers(request, "He sleeps better, and he comes every week of his own accord.", by=by, at=at + DAY)
    actions.follow_up(request, said="She smiled when she said it.", by=by, at=at + 15 * DAY)
    words = "Thank you. We noticed it too."
    afterwards.from_family(request, "good", words=words, by=account(circle.members["Petra Fischer"]), at=at + 9 * DAY)


def _together(circle: Circle, *, by: Account, at: datetime) -> None:
    together = Said(choice=Reply.Choice.TOGETHER)
    request = _asked(circle, "Uwe Fischer", "session_summary", "I travel. I miss it all.", together, by=by, at=at)
    why = "He asked in two lines from an airport. There was nobody to speak with."
    conversation.leave_out(request, Step.Kind.EXPLORED, reason=why, by=by, at=at + DAY)
    told = Told(look_again_on=day_in(request.practice, at=at + 14 * DAY), alternatives=("tell_together", "resources"))
    actions.keep_closed(request, told, by=by, at=at + DAY)
    offer = Offer.objects.get(practice=request.practice, request=request, code="tell_together")
    offers.say(offer, Side.FAMILY, "not_now", by=account(circle.members["Uwe Fischer"]), at=at + 2 * DAY)
    actions.follow_up(request, said="He is away until the summer. We ask again then.", by=by, at=at + 14 * DAY)


def _pressed(circle: Circle, *, by: Account, at: datetime) -> None:
    pressed = Said(choice=Reply.Choice.YOU_TELL, pressed=Reply.Pressed.YES)
    request = _asked(circle, "Uwe Fischer", "goals_and_plan", "What is the plan?", pressed, by=by, at=at)
    why = "We go through it with him first; he would rather have it said calmly."
    told = Told(look_again_on=day_in(request.practice, at=at + 13 * DAY), said=why, alternatives=USUAL_ALTERNATIVES)
    outlook = case_of(request, reader=by, at=at + DAY).outlook
    if not outlook.opens:
        actions.keep_closed(request, told, by=by, at=at + DAY)


def _whole_record(circle: Circle, *, by: Account, at: datetime) -> None:
    member = circle.members["Petra Fischer"]
    words = "Everything, please, for the file at home."
    request = asks(member, "full_record", words, channel=Channel.LETTER, purpose="access_request", by=by, at=at)
    clocks.run_longer(request, Longer.CAREFUL, by=by, at=at + 3 * DAY)


_REASONS = "By the rules this could go. He is fifteen; I ask him before I tell anything."


def decided_otherwise(name: str, staff: Staff, at: datetime) -> None:
    """Hugo's mother asks what she may know. His therapist keeps it back for a while; the lead reads why."""
    mother = Around(name="Dorothy Baker", relation=Relation.PARENT, level=Level.FULL)
    hugo = Invented(name=name, age=12, told={Relation.PARENT: _TOLD}, around=(mother,))
    by = staff.colleague
    circle = put_on_record(hugo, clinicians=staff.clinicians(of=by), at=at - 8 * MONTH)
    read = (
        ("attendance", _WAITS, DepartureReview.Outcome.SOUND, "So would I. Look again after the holidays."),
        ("scheduling", _LATER, DepartureReview.Outcome.TALK, "I understand it, and it lasts long. Shall we talk?"),
        ("attendance", _AGAIN, DepartureReview.Outcome.RULE, "The third time. Perhaps our rule is not right."),
        ("progress", _NOW, None, ""),
    )
    for number, (category, reasons, outcome, words) in enumerate(read):
        then = at - (5 - number) * MONTH
        departure = _kept_back(circle, category, reasons, by=by, at=then)
        if departure and outcome:
            departing.review(departure, outcome, words=words, by=staff.lead, at=then + 2 * DAY)


def _kept_back(circle: Circle, category: str, reasons: str, *, by: Account, at: datetime) -> Departure | None:
    request = asks(circle.members["Dorothy Baker"], category, "I only want to know that he is there.", by=by, at=at)
    if not case_of(request, reader=by, at=at).outlook.can_be_kept_back:
        return None
    told = Told(
        look_again_on=day_in(request.practice, at=at + 14 * DAY),
        alternatives=USUAL_ALTERNATIVES,
        instead="withhold",
        reasons=reasons,
    )
    actions.keep_closed(request, told, by=by, at=at)
    if category != "progress":
        actions.follow_up(request, said="We told her together. She had guessed.", by=by, at=at + 14 * DAY)
    return Departure.objects.get(practice=request.practice, request=request)


_WAITS = "He told me that he is asked about every visit at the door. Until we have spoken with her I say nothing."
_LATER = "She waited in the car in front of the house twice. He would like one hour that is his."
_AGAIN = "Before the meeting with both of them. It is in ten days."
_NOW = "What goes better is that he says no. She would take it for a worsening; we tell it together on Thursday."
