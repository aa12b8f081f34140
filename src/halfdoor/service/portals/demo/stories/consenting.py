"""Lucia and Mateo Rivera: a mother with one sign-in for both, papers that are signed, and consents that change."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements import consents, starting
from halfdoor.service.agreements.choices import Taken, Topic, WishSource, WishValue
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.agreements.models import Authorization
from halfdoor.service.agreements.queries.consents import shown_with
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Kind, Manner
from halfdoor.service.documents.queries.answers import shown_in_force, text_in_force
from halfdoor.service.engagement import actions as engagement
from halfdoor.service.messages import actions as messages
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes.choices import SecretsRule
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import Answer, ContactKind, Level, Relation, SharedContactOutcome
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, MONTH, account, answer_paper, no, themselves, yes

_EVERYDAY = ("existence_of_care", "attendance", "scheduling", "progress", "goals_and_plan")
_ELENA = Around(name="Elena Rivera", relation=Relation.PARENT, level=Level.FULL, role=Role.CAREGIVER)
_ROSA = Around(name="Rosa Rivera", relation=Relation.RELATIVE)
_SCHOOL = Around(name="Odile Reyes", relation=Relation.SCHOOL_COUNSELLOR, needs=Answer.YES)


def sisters_and_a_brother(name: str, staff: Staff, at: datetime) -> None:
    """Both came a year ago; Lucia decides a good deal for herself, Mateo's papers wait here and there."""
    began, by = at - 10 * MONTH, staff.therapist
    told = {Relation.PARENT: _EVERYDAY}
    around = (_ELENA, _ROSA, _SCHOOL)
    both = (
        Invented(name=name, age=16, signs_in=True, told=told, around=around),
        Invented(name="Mateo Rivera", age=11, told=told, around=around),
    )
    lucia, mateo = (put_on_record(one, clinicians=staff.clinicians(), at=began) for one in both)
    _papers(lucia, mateo, by=by, at=began)
    _consents(lucia, by=by, at=at)
    ends_on = (at + 5 * MONTH).date()
    for_school = Terms(categories=("scheduling", "staff_guidance"), purposes=("education",), ends_on=ends_on)
    _given(mateo.members["Elena Rivera"], mateo.members["Odile Reyes"], for_school, at=at - 6 * MONTH)
    _wishes(lucia, by=by, at=at)
    _reached(lucia, mateo, by=by, at=began)
    for circle in (lucia, mateo):
        engagement.offer("after-a-session", to=circle.members["Elena Rivera"], by=by, at=at - 12 * DAY)
    messages.choose(wanted=True, by=account(lucia.members["Elena Rivera"]), at=at - 3 * MONTH)


def _papers(lucia: Circle, mateo: Circle, *, by: Account, at: datetime) -> None:
    mother, herself = lucia.members["Elena Rivera"], themselves(lucia)
    asked = [(mother, kind) for kind in (Kind.PARTNERSHIP, Kind.INVOLVEMENT, Kind.CONFIDENTIALITY_CAREGIVERS)]
    asked += [(mateo.members["Elena Rivera"], kind) for kind in (Kind.CARE, Kind.PARTNERSHIP, Kind.RECORDING)]
    asked += [(herself, kind) for kind in (Kind.CONFIDENTIALITY_OLDER, Kind.ASSENT, Kind.RECORDING)]
    asked += [(mother, Kind.SECRETS), (herself, Kind.SECRETS)]
    papers.ask(asked, by=by, at=at)
    theirs, later = account(mother), at + 2 * DAY
    signing = answer_paper(mother, Kind.PARTNERSHIP, _drawn(mother), by=theirs, at=later)
    beside = lucia.members[by.display_name]
    shown = shown_in_force(lucia.young_person, Kind.PARTNERSHIP, language=by.practice.language, at=later)
    papers.countersign(signing, beside, shown, yes(beside), by=by, at=later + DAY)
    answer_paper(mother, Kind.INVOLVEMENT, yes(mother), by=theirs, at=later)
    answer_paper(mateo.members["Elena Rivera"], Kind.CARE, yes(mother), by=theirs, at=later)
    answer_paper(mateo.members["Elena Rivera"], Kind.RECORDING, no("Not while he is so small."), by=theirs, at=later)
    answer_paper(herself, Kind.ASSENT, yes(herself, manner=Manner.PRESSED), by=account(herself), at=later)
    answer_paper(herself, Kind.RECORDING, no("I talk less when something listens."), by=account(herself), at=later)
    answer_paper(mother, Kind.SECRETS, yes(mother), by=theirs, at=later)
    answer_paper(herself, Kind.SECRETS, yes(herself, manner=Manner.PRESSED), by=account(herself), at=later)
    limits = text_in_force(lucia.young_person, Kind.CONFIDENTIALITY_OLDER, language=by.practice.language, at=at)
    words = "So you would only tell if somebody is in danger. And you would tell me first."
    starting.explain(herself, limits, on=at.date(), taken=Taken.UNDERSTOOD, words=words, by=by, at=at)
    rule, signed_by = SecretsRule.EACH_DECIDES, [mother, herself]
    notes.agree_on_secrets(lucia.young_person, rule=rule, signed_on=later.date(), signed_by=signed_by, by=by, at=later)


def _consents(lucia: Circle, *, by: Account, at: datetime) -> None:
    herself, grandmother = themselves(lucia), lucia.members["Rosa Rivera"]
    school, mother = lucia.members["Odile Reyes"], lucia.members["Elena Rivera"]
    ends_on = (at + 5 * MONTH).date()
    wide = Terms(categories=("attendance", "goals_and_plan", "progress"), purposes=("support",), ends_on=ends_on)
    consent = _given(herself, grandmother, wide, at=at - 8 * MONTH)
    narrower = Terms(categories=("attendance",), purposes=("support",), ends_on=ends_on)
    consents.narrow(consent, narrower, by=account(herself), at=at - 2 * MONTH)
    for_school = Terms(categories=("scheduling", "staff_guidance"), purposes=("education",), ends_on=ends_on)
    taken_back = _given(herself, school, for_school, at=at - 7 * MONTH)
    because = "They asked me about it in front of others."
    consents.withdraw(taken_back, because=because, by=account(herself), at=at - MONTH)
    _given(herself, mother, Terms(categories=("themes",), purposes=("support",), ends_on=ends_on), at=at - MONTH)
    again = Terms(categories=("scheduling",), purposes=("education",), ends_on=ends_on)
    consents.propose(herself, school, again, by=by, at=at - 4 * DAY)
    plan = Terms(categories=("goals_and_plan",), purposes=("education",), ends_on=ends_on)
    refused = consents.propose(mother, school, plan, by=by, at=at - MONTH)
    shown = shown_with(mother, school, plan, language=by.practice.language, at=at - MONTH + DAY)
    said = no("Lucia would not like it.")
    consents.give(mother, school, plan, shown=shown, said=said, proposal=refused, by=account(mother), at=at - 29 * DAY)


def _given(giver: Membership, recipient: Membership, terms: Terms, *, at: datetime) -> Authorization:
    by = account(giver)
    shown = shown_with(giver, recipient, terms, language=by.practice.language, at=at)
    consent = consents.give(giver, recipient, terms, shown=shown, said=yes(giver), by=by, at=at)
    assert consent is not None, "it was a yes"
    return consent


def _wishes(lucia: Circle, *, by: Account, at: datetime) -> None:
    mother, young_person = lucia.members["Elena Rivera"], lucia.young_person
    mine = account(themselves(lucia))
    for topic, value in ((Topic.RELATIONSHIPS, WishValue.OBJECTS), (Topic.SCHOOL, WishValue.AGREES)):
        agreements.wish(young_person, value=value, source=WishSource.OWN_PAGE, topic=topic, by=mine, at=at - 3 * MONTH)
    agreements.wish(
        young_person,
        value=WishValue.PREFERS_TO_TELL,
        source=WishSource.TOLD_THERAPIST,
        about=mother,
        category="session_summary",
        words="I tell her on Sundays, when we cook.",
        by=by,
        at=at - 2 * MONTH,
    )
    starting.set_cadence(young_person, days=90, by=by, at=at - 3 * MONTH)
    starting.ask_again(young_person, by=mine, at=at - 20 * DAY)


def _reached(lucia: Circle, mateo: Circle, *, by: Account, at: datetime) -> None:
    mother = lucia.members["Elena Rivera"].person
    for kind, value in ((ContactKind.EMAIL, "elena.rivera@example.org"), (ContactKind.TELEPHONE, "212 555 0148")):
        reaching.put_down(mother, kind=kind, value=value, by=by, at=at)
    own = reaching.put_down(lucia.young_person.person, kind=ContactKind.TELEPHONE, value="(212) 555-0148", by=by, at=at)
    because = "It is her mother’s telephone. She wants none of it there."
    reaching.decide(own, outcome=SharedContactOutcome.REFUSED, because=because, by=by, at=at + DAY)
    shared = reaching.put_down(
        mateo.young_person.person, kind=ContactKind.EMAIL, value="elena.rivera+mateo@example.org", by=by, at=at
    )
    because = "He is eleven and reads his mail with his mother; he said that this is fine."
    reaching.decide(shared, outcome=SharedContactOutcome.ALLOWED, because=because, by=by, at=at + DAY)


def _drawn(member: Membership) -> Said:
    strokes = "[[[20, 60], [40, 20], [60, 60], [80, 20], [100, 60]], [[120, 60], [150, 30], [180, 62]]]"
    said = yes(member, manner=Manner.DRAWN)
    return Said(answer=said.answer, manner=said.manner, printed_name=said.printed_name, strokes=strokes)
