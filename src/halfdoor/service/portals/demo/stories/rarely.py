"""
What a practice meets rarely: a programme for substance use, a young person who cannot be asked, a death.

Each question is answered on the record, so that every rule of the packs in force decides something somewhere.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import GivenBy, WishSource, WishValue
from halfdoor.service.agreements.models import Authorization
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.duties import HANDLERS
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, LegalStatus, Level, Relation, Setting
from halfdoor.service.people.models import EpisodeTerms, Membership, Standing
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, MONTH, themselves

Asked = tuple[str, str, str, Mapping[str, str]]
"""Who asks (a name in the circle, ``themselves``, or ``a`` and the relation of a caller), what, for what, and what is
known of it."""

_NO: Mapping[str, str] = {}


def answered(circle: Circle, questions: Iterable[Asked], *, by: Account, at: datetime) -> None:
    """Put on record what was answered to each of these questions, one a day."""
    for number, (who, category, purpose, stated) in enumerate(questions):
        question = gate.Question(
            young_person=circle.young_person,
            recipient=_recipient(circle, who),
            category=category,
            purpose=purpose,
            stated=stated,
        )
        gate.conclude(question, done=tuple(HANDLERS), by=by, at=at + number * DAY)


def _recipient(circle: Circle, who: str) -> Membership | gate.Caller:
    if who == "themselves":
        return themselves(circle)
    if who.startswith("a "):
        return gate.Caller(relation=who.removeprefix("a "), identity="verified")
    return circle.members[who]


def wish(
    circle: Circle, value: WishValue, *, about: str = "", category: str = "", words: str = "", by: Account, at: datetime
) -> None:
    """Put down what a young person told their therapist they would like."""
    member = None if not about else themselves(circle) if about == "themselves" else circle.members[about]
    source = WishSource.TOLD_THERAPIST
    agreements.wish(
        circle.young_person, value=value, source=source, about=member, category=category, words=words, by=by, at=at
    )


def consent(
    circle: Circle, who: str, categories: Iterable[str], given_by: GivenBy, *, by: Account, at: datetime
) -> Authorization:
    """Put on record a consent that lies in the file on paper."""
    member = themselves(circle) if who == "themselves" else circle.members[who]
    return agreements.authorize(
        member,
        categories=categories,
        purposes=["support", "unstated"],
        given_by=given_by,
        starts_on=at.date(),
        ends_on=(at + 400 * DAY).date(),
        evidence="Signed on paper, which lies in the file",
        by=by,
        at=at,
    )


def one(name: str, relation: Relation, level: Level = Level.NONE, needs: Answer = Answer.UNKNOWN) -> Around:
    """Return somebody around a young person."""
    return Around(name=name, relation=relation, level=level, needs=needs)


def ordered_by_a_court(name: str, staff: Staff, at: datetime) -> None:
    """A court ordered Ruben's care, and everybody around him has a question."""
    around = (
        one("Luz Castillo", Relation.PARENT, Level.SHARED),
        one("Pilar Castillo", Relation.PARENT, Level.UNKNOWN),
        one("Tess Moran", Relation.SOCIAL_WORKER, Level.SHARED, Answer.YES),
        one("Bram Ott", Relation.RESIDENTIAL_CARER, needs=Answer.YES),
        one("Ida Cole", Relation.CLINICAL_TEAM),
    )
    ruben = Invented(name=name, age=13, basis=LegalBasis.COURT_ORDER, around=around)
    circle = put_on_record(ruben, clinicians=staff.clinicians(), at=at - 9 * MONTH)
    by = staff.therapist
    wish(circle, WishValue.OBJECTS, about=by.display_name, category="attendance", by=by, at=at - 8 * MONTH)
    own: tuple[Asked, ...] = (
        (by.display_name, "attendance", "unstated", _NO),
        (by.display_name, "education_record", "unstated", _NO),
    )
    answered(circle, (*_ABOUT_RUBEN, *own), by=by, at=at - 7 * MONTH)
    then = at - 2 * MONTH
    wish(circle, WishValue.CANNOT_BE_ASKED, words="He ran away, and came back today.", by=by, at=then)
    serves = {"best_interests": "for_sharing"}
    answered(circle, [("Luz Castillo", "existence_of_care", "unstated", serves)], by=by, at=then)


_SOME = {"marks_cover": "some_items"}
_ABOUT_RUBEN: tuple[Asked, ...] = (
    ("themselves", "full_record", "unstated", {"about_third_party": "yes"}),
    ("themselves", "full_record", "unstated", {"harm_finding": "serious_harm"}),
    ("themselves", "full_record", "unstated", {"source_promised_confidence": "yes"}),
    ("Tess Moran", "full_record", "unstated", {"asking_raises_risk": "yes"}),
    ("Tess Moran", "existence_of_care", "care_planning", _SOME | {"harm_finding": "detrimental"}),
    ("Tess Moran", "existence_of_care", "care_planning", _SOME | {"about_third_party": "yes"}),
    ("Tess Moran", "existence_of_care", "care_planning", _SOME | {"kept_private": "yes"}),
    ("Tess Moran", "abuse_concern", "unstated", {"abuse": "suspected"}),
    ("Luz Castillo", "risk", "unstated", {"emergency": "yes"}),
    ("Luz Castillo", "full_record", "unstated", {"kept_private": "yes"}),
    ("Luz Castillo", "full_record", "legal_process", _NO),
    ("Pilar Castillo", "full_record", "unstated", _NO),
    ("Bram Ott", "existence_of_care", "unstated", _NO),
    ("Ida Cole", "full_record", "unstated", _NO),
    ("a threatened_person", "education_record", "unstated", _NO),
    ("a inspector", "full_record", "regulation", _NO),
    ("a child_protection", "abuse_concern", "unstated", {"abuse": "suspected"}),
)


def in_a_programme(name: str, staff: Staff, at: datetime) -> None:
    """Theo is in a programme for substance use: another law stands before all others, but for danger."""
    theo = Invented(name=name, age=16, around=(one("Greg Brandt", Relation.PARENT, Level.FULL),))
    circle = put_on_record(theo, clinicians=staff.clinicians(of=staff.colleague), at=at - 8 * MONTH)
    by, then = staff.colleague, at - 7 * MONTH
    terms = EpisodeTerms(
        episode=circle.episode,
        legal_basis=LegalBasis.PARENT_CONSENT,
        substance_use_programme=Answer.YES,
        effective_on=then.date(),
    )
    people.record(terms, evidence="The programme's own form", by=by, at=then)
    questions: tuple[Asked, ...] = (
        ("Greg Brandt", "progress", "support", _NO),
        ("Greg Brandt", "risk", "unstated", {"risk": "serious_and_imminent"}),
    )
    answered(circle, questions, by=by, at=at - 4 * MONTH)


def cannot_be_asked(name: str, staff: Staff, at: datetime) -> None:
    """Wanda lay in hospital for a month, and nobody could ask her. Her care was paid privately."""
    around = (
        one("Hedda Kerr", Relation.PARENT, Level.FULL),
        one("Bram Ott", Relation.RESIDENTIAL_CARER),
        one("The man at number nine", Relation.UNKNOWN),
    )
    circle = put_on_record(
        Invented(name=name, age=15, around=around), clinicians=staff.clinicians(), at=at - 12 * MONTH
    )
    by, then = staff.therapist, at - 10 * MONTH
    basis = LegalBasis.PARENT_CONSENT
    terms = EpisodeTerms(
        episode=circle.episode, legal_basis=basis, paid_privately_in_full=Answer.YES, effective_on=then.date()
    )
    people.record(terms, evidence="Receipts", by=by, at=then)
    answered(circle, _HER_MOTHER_ASKS, by=by, at=then)
    then = at - 6 * MONTH
    consent(circle, "themselves", ["full_record"], GivenBy.PARENT, by=by, at=then)
    consent(circle, "The man at number nine", ["process_notes"], GivenBy.PARENT, by=by, at=then)
    signed: tuple[Asked, ...] = (
        ("themselves", "full_record", "unstated", _NO),
        ("The man at number nine", "process_notes", "unstated", _NO),
    )
    answered(circle, signed, by=by, at=then)
    then = at - 5 * MONTH
    wish(circle, WishValue.CANNOT_BE_ASKED, words="She is asleep.", by=by, at=then)
    serves = {"best_interests": "for_sharing"}
    during: tuple[Asked, ...] = (
        ("Hedda Kerr", "session_summary", "unstated", serves),
        ("Hedda Kerr", "existence_of_care", "unstated", serves),
        ("Bram Ott", "full_record", "unstated", _NO),
    )
    answered(circle, during, by=by, at=then)


_KEPT = {"kept_private": "yes"}
_HER_MOTHER_ASKS: tuple[Asked, ...] = (
    ("a payer", "full_record", "payment", _NO),
    ("Hedda Kerr", "full_record", "access_request", _NO),
    ("Hedda Kerr", "full_record", "access_request", _KEPT | _SOME),
    ("Hedda Kerr", "full_record", "access_request", _KEPT),
    ("Hedda Kerr", "full_record", "legal_process", _NO),
)


def grown_up_early(name: str, staff: Staff, at: datetime) -> None:
    """A court declared Juno an adult at seventeen. She says herself who may hear what."""
    around = (
        one("Mick Dorsey", Relation.FRIEND),
        one("Agnes Pruitt", Relation.INDEPENDENT_PERSON),
        one("Somebody she calls uncle", Relation.UNKNOWN),
    )
    juno = Invented(name=name, age=17, basis=LegalBasis.OWN_CONSENT, around=around)
    circle = put_on_record(juno, clinicians=staff.clinicians(), at=at - 6 * MONTH)
    by, then = staff.therapist, at - 5 * MONTH
    status = Standing(young_person=circle.young_person, status=LegalStatus.EMANCIPATED, effective_on=then.date())
    people.record(status, evidence="Decree, seen", by=by, at=then)
    for who in ("Agnes Pruitt", "Somebody she calls uncle"):
        consent(circle, who, ["full_record"], GivenBy.CLIENT, by=by, at=then + DAY)
    wish(circle, WishValue.DOES_NOT_OBJECT, about="Mick Dorsey", category="existence_of_care", by=by, at=then + DAY)
    questions: tuple[Asked, ...] = (
        ("Mick Dorsey", "existence_of_care", "unstated", _NO),
        ("Agnes Pruitt", "full_record", "unstated", _NO),
        ("Somebody she calls uncle", "full_record", "unstated", _NO),
        ("themselves", "full_record", "access_request", _NO),
    )
    answered(circle, questions, by=by, at=at - 4 * MONTH)


def at_school(name: str, staff: Staff, at: datetime) -> None:
    """Toby is seen at his school, where the records are the school's."""
    around = (
        one("Ray Hale", Relation.PARENT, Level.FULL),
        one("Odile Reyes", Relation.SCHOOL_COUNSELLOR, needs=Answer.YES),
    )
    toby = Invented(name=name, age=10, around=around, setting=Setting.SCHOOL)
    circle = put_on_record(toby, clinicians=staff.clinicians(of=staff.colleague), at=at - 9 * MONTH)
    questions: tuple[Asked, ...] = (
        ("Odile Reyes", "process_notes", "education", _NO),
        ("Ray Hale", "education_record", "unstated", {"risk": "serious_and_imminent"}),
    )
    answered(circle, questions, by=staff.colleague, at=at - 3 * MONTH)


def has_died(name: str, staff: Staff, at: datetime) -> None:
    """Max died of an illness a year ago. What he said stays his; his mother asked, and was answered gently."""
    circle = put_on_record(
        Invented(name=name, age=16, around=(one("Fern Corrigan", Relation.PARENT, Level.FULL),)),
        clinicians=staff.clinicians(),
        at=at - 20 * MONTH,
    )
    by, then = staff.therapist, at - 12 * MONTH
    status = Standing(young_person=circle.young_person, status=LegalStatus.DECEASED, effective_on=then.date())
    people.record(status, evidence="His mother told us", by=by, at=then)
    answered(circle, [("Fern Corrigan", "session_content", "unstated", _NO)], by=by, at=then + 40 * DAY)


def stays_with_her_foster_mother(name: str, staff: Staff, at: datetime) -> None:
    """Orla is grown up and lives on with her foster mother; for some weeks nobody could ask her anything."""
    around = (
        one("Marga Finch", Relation.FOSTER_CARER, Level.FULL, Answer.YES),
        one("Sheila Dunne", Relation.PARENT, Level.FULL),
    )
    told = {Relation.FOSTER_CARER: ("medication", "progress")}
    orla = Invented(name=name, age=19, basis=LegalBasis.ADULT_CONSENT, told=told, around=around)
    circle = put_on_record(orla, clinicians=staff.clinicians(), at=at - 7 * MONTH)
    by = staff.therapist
    before: tuple[Asked, ...] = (
        ("Marga Finch", "medication", "unstated", _NO),
        ("Marga Finch", "progress", "unstated", _NO),
    )
    answered(circle, before, by=by, at=at - 6 * MONTH)
    wish(circle, WishValue.CANNOT_BE_ASKED, words="She is not awake yet.", by=by, at=at - 4 * MONTH)
    during: tuple[Asked, ...] = (
        ("Sheila Dunne", "full_record", "unstated", _NO),
        ("Sheila Dunne", "existence_of_care", "unstated", _NO),
    )
    answered(circle, during, by=by, at=at - 4 * MONTH + DAY)
    wish(circle, WishValue.AGREES, about="Sheila Dunne", category="full_record", by=by, at=at - MONTH)
    spoken: tuple[Asked, ...] = (
        ("Sheila Dunne", "full_record", "unstated", _NO),
        ("Sheila Dunne", "full_record", "unstated", {"given_in_confidence": "yes"}),
    )
    answered(circle, spoken, by=by, at=at - MONTH + DAY)
