"""Hidden things of the record: notes, doubts, courts, incidents, advice, papers, contacts, looks, and other people."""

from datetime import timedelta

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements import consents
from halfdoor.service.agreements.choices import GivenBy, WishSource, WishValue
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.disclosures import gate, looking, telling
from halfdoor.service.disclosures.actions import Marks
from halfdoor.service.disclosures.choices import Agreed, Category, Mark
from halfdoor.service.disclosures.duties import HANDLERS
from halfdoor.service.disclosures.escrow import actions as escrow
from halfdoor.service.disclosures.escrow import reading
from halfdoor.service.disclosures.escrow.rows import EscrowOutcome, WhyEscrow
from halfdoor.service.disclosures.legal import actions as legal
from halfdoor.service.documents import actions as documents
from halfdoor.service.documents.choices import Kind as Paper
from halfdoor.service.messages import actions as messages
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people import covering, reaching
from halfdoor.service.people.choices import Answer, ContactKind, Level, Limit, Relation, WhyCovered
from halfdoor.service.people.models import CourtLimit, Suspicion
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.choices import Done, Kind, People, Risk
from tests.people import know, takes_part
from tests.worlds.kinds import TODAY, Scene, kind
from tests.worlds.viewers import Part

PARENT, YOUNG_PERSON, TEAM, OFFICE = Part.PARENT, Part.YOUNG_PERSON, Part.TEAM, Part.OFFICE


def _write(scene: Scene, category: Category, **marks: Mark) -> None:
    episode = scene.circle.episode
    notes.write(scene.words, episode=episode, category=category, marks=Marks(**marks), by=scene.by, at=scene.at)


@kind()
def private_note(scene: Scene) -> None:
    _write(scene, Category.SESSION_CONTENT)


@kind()
def process_note(scene: Scene) -> None:
    _write(scene, Category.PROCESS_NOTES)


@kind(PARENT, YOUNG_PERSON, TEAM, OFFICE, shown=("the lead", "ruth"))  # where there is one lead, she is the second
def process_notes_opened_by_two(scene: Scene) -> None:
    process_note(scene)
    why = {"why": WhyEscrow.ILL, "because": scene.words}
    # She has a place in no circle of this story: a place of hers would itself be seen.
    asked = escrow._ask(scene.circle.young_person, scene.by, **why, by=scene.lead, at=scene.at)
    escrow.settle(asked, EscrowOutcome.AGREED, by=scene.circle.stands_in, at=scene.at)
    reading.begin(asked, by=scene.lead, at=scene.at)


@kind()
def progress_kept_private(scene: Scene) -> None:
    _write(scene, Category.PROGRESS, kept_private=Mark.YES)


@kind()
def progress_told_in_confidence(scene: Scene) -> None:
    _write(scene, Category.PROGRESS, source_promised_confidence=Mark.YES, about_third_party=Mark.YES)


@kind()
def worry_about_safety(scene: Scene) -> None:
    _write(scene, Category.ABUSE_CONCERN)


@kind()
def begun_draft(scene: Scene) -> None:
    draft = notes.begin(scene.circle.episode, by=scene.by, at=scene.at)
    notes.keep(draft, {"private": [scene.words]}, by=scene.by, at=scene.at)


@kind()
def suspicion(scene: Scene) -> None:
    doubt = Suspicion(membership=scene.other, suspected=Answer.YES, effective_on=scene.at.date())
    people.record(doubt, evidence=scene.words, by=scene.by, at=scene.at)


@kind(PARENT, needs_place=True, only=("tom under suspicion",))
def another_suspicion(scene: Scene) -> None:
    doubt = Suspicion(membership=scene.viewer, suspected=Answer.YES, effective_on=scene.at.date())
    people.record(doubt, evidence=scene.words, by=scene.by, at=scene.at)


@kind(PARENT, YOUNG_PERSON, TEAM, shown=("the lead",))
def court_order(scene: Scene) -> None:
    order = CourtLimit(membership=scene.other, limit=Limit.NOT_TO_SHARE, effective_on=scene.at.date())
    people.record(order, evidence=scene.words, by=scene.by, at=scene.at)


@kind()
def somebody_joins_to_protect(scene: Scene) -> None:
    person = people.introduce("Officer Wren", by=scene.by)
    since = {"relation": Relation.POLICE, "since_on": scene.at.date()}
    member = people.add_to_circle(scene.circle.young_person, person=person, **since, by=scene.by, at=scene.at)
    takes_part(member, involved=Answer.YES, needs=Answer.YES, by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def new_partner_joins(scene: Scene) -> None:
    person = people.introduce("Tom Reed", account=None, by=scene.by)
    since = {"relation": Relation.STEP_PARENT, "since_on": scene.at.date()}
    member = people.add_to_circle(scene.circle.young_person, person=person, **since, by=scene.by, at=scene.at)
    know(member, level=Level.INFORMATION_ONLY, by=scene.by, at=scene.at, on=scene.at.date())


@kind()
def incident(scene: Scene) -> None:
    noticed = safeguarding.Noticed(Kind.OVERHEARD, scene.words, happened_on=scene.at.date(), known_at=scene.at)
    found = safeguarding.report(scene.circle.young_person, noticed, by=scene.by, at=scene.at)
    how = {"risk": Risk.LIKELY, "people": People.FEW, "reasons": scene.words}
    safeguarding.assess(found, **how, by=scene.by, at=scene.at)
    safeguarding.take_step(found, Done.NOT_TOLD, words=scene.words, by=scene.by, at=scene.at)
    safeguarding.take_step(found, Done.LESSON, words=scene.words, by=scene.by, at=scene.at)


@kind()
def legal_advice(scene: Scene) -> None:
    asked = {"whom": "Counsel", "question": scene.words, "category": "abuse_concern"}
    asked_for = legal.consult(scene.circle.young_person, **asked, by=scene.by, at=scene.at)
    legal.advise(asked_for, words=scene.words, given_on=scene.at.date(), by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def contact_of_somebody_else(scene: Scene) -> None:
    reaching.put_down(
        scene.other.person, kind=ContactKind.POST, value=f"{scene.words} 12 Mill Lane", by=scene.by, at=scene.at
    )


@kind(PARENT, TEAM)
def mailbox_of_two_others(scene: Scene) -> None:
    box = {"kind": ContactKind.EMAIL, "value": "both@example.org"}
    for person in (scene.other.person, scene.circle.young_person.person):
        reaching.put_down(person, **box, by=scene.by, at=scene.at)


@kind()
def somebody_else_wants_mail(scene: Scene) -> None:
    who = scene.other.person.account
    if who is not None:
        messages.choose(wanted=True, by=who, at=scene.at)
        messages.choose(wanted=False, by=who, at=scene.at)


@kind(PARENT, TEAM)
def consent_for_somebody_else(scene: Scene) -> None:
    terms = {"categories": ["session_summary"], "purposes": ["support"], "given_by": GivenBy.CLIENT}
    days = {"starts_on": scene.at.date(), "ends_on": TODAY + timedelta(days=30)}
    given = agreements.authorize(scene.other, **terms, **days, evidence=scene.words, by=scene.by, at=scene.at)
    consents.withdraw(given, because=scene.words, by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def somebody_else_is_asked_to_consent(scene: Scene) -> None:
    terms = Terms(categories=("attendance",), purposes=("support",), ends_on=TODAY + timedelta(days=30))
    consents.propose(scene.circle.herself, scene.other, terms, by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def wish_about_somebody_else(scene: Scene) -> None:
    wish = {"value": WishValue.OBJECTS, "source": WishSource.TOLD_THERAPIST, "words": scene.words}
    agreements.wish(scene.circle.young_person, about=scene.other, category="themes", **wish, by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def agreed_about_somebody_else(scene: Scene) -> None:
    about = [telling.About(scene.other, Agreed.NEED_NOT_KNOW)]
    whom = scene.circle.young_person
    telling.agree(whom, about, categories=["themes"], words=scene.words, by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def paper_for_somebody_else(scene: Scene) -> None:
    documents.ask([(scene.circle.herself, Paper.RECORDING)], by=scene.by, at=scene.at)
    if scene.other.relation == Relation.PARENT:
        documents.ask([(scene.other, Paper.INVOLVEMENT)], by=scene.by, at=scene.at)


@kind(PARENT, TEAM)
def told_to_somebody_else(scene: Scene) -> None:
    _answer(scene, "attendance")


@kind()
def told_to_protect(scene: Scene) -> None:
    _answer(scene, "risk")


def _answer(scene: Scene, category: str) -> None:
    question = gate.Question(
        young_person=scene.circle.young_person, recipient=scene.other, category=category, purpose="safety"
    )
    gate.conclude(question, done=tuple(HANDLERS), by=scene.by, at=scene.at)


@kind(PARENT, TEAM, OFFICE)
def look(scene: Scene) -> None:
    looking.looked(scene.circle.young_person.pk, page="portals:young_person", by=scene.by, at=scene.at)


@kind()
def look_for_safety(scene: Scene) -> None:
    looking.looked(scene.circle.young_person.pk, page="safeguarding:report", by=scene.by, at=scene.at)


@kind(PARENT, YOUNG_PERSON, TEAM, shown=("the lead",))
def cover(scene: Scene) -> None:
    away = {"clinician": scene.by, "cover": scene.circle.stands_in, "why": WhyCovered.AWAY}
    covering.arrange(covering.Absence(**away, starts_on=TODAY + timedelta(days=9)), by=scene.by, at=scene.at)


@kind(PARENT, YOUNG_PERSON, TEAM)
def another_young_person_comes(scene: Scene) -> None:
    another = people.admit(
        f"Another {scene.words[:9]}", born_on=scene.circle.young_person.born_on, by=scene.by, at=scene.at
    )
    person = people.introduce("Sara Khan", by=scene.by)
    since = {"relation": Relation.PARENT, "since_on": scene.at.date()}
    people.add_to_circle(another, person=person, **since, by=scene.by, at=scene.at)
