"""What the children's home meets rarely: a child who cannot decide yet, one who cannot be asked, requests by law."""

from datetime import datetime

from halfdoor.service.accounts.models import Role
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import GivenBy, WishValue
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import (
    Answer,
    Competence,
    LegalBasis,
    Level,
    Limit,
    LookedAfter,
    PlacedBy,
    Relation,
)
from halfdoor.service.people.models import CareStatus, CompetenceAssessment
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, MONTH
from halfdoor.service.portals.demo.stories.rarely import Asked, answered, consent, one, wish

_DAN = Around(name="Dan Price", relation=Relation.RESIDENTIAL_CARER, role=Role.TEAM, needs=Answer.YES)
_PRIYA = Around(
    name="Priya Nair", relation=Relation.SOCIAL_WORKER, level=Level.SHARED, role=Role.TEAM, needs=Answer.YES
)
_HOLDER = {"authority_holder_agrees": "agrees"}
_SERVES = {"best_interests": "for_sharing"}
_SOME = {"marks_cover": "some_items"}


def _placed(circle: Circle, staff: Staff, at: datetime) -> None:
    care = {"looked_after": LookedAfter.ACCOMMODATED, "placed_by": PlacedBy.ENGLISH_AUTHORITY}
    status = CareStatus(young_person=circle.young_person, effective_on=at.date(), **care)
    people.record(status, by=staff.therapist, at=at)


def too_young_to_decide(name: str, staff: Staff, at: datetime) -> None:
    """Cai is ten. Whoever has authority is asked, and what they say is not all."""
    around = (
        _DAN,
        _PRIYA,
        one("Nerys Bowen", Relation.PARENT, Level.FULL),
        one("Huw Bowen", Relation.PARENT),
        one("Ellis, from next door", Relation.FRIEND),
    )
    cai = Invented(name=name, age=10, basis=LegalBasis.PARENT_CONSENT, around=around, is_known=True)
    circle = put_on_record(cai, clinicians=staff.clinicians(), at=at - 8 * MONTH)
    _placed(circle, staff, at - 8 * MONTH)
    by, then = staff.therapist, at - 7 * MONTH
    found = CompetenceAssessment(
        young_person=circle.young_person,
        outcome=Competence.NOT_COMPETENT,
        effective_on=then.date(),
        lapses_on=(at + 200 * DAY).date(),
    )
    people.record(found, evidence="He says what he thinks we want to hear.", by=by, at=then)
    answered(circle, _ABOUT_CAI, by=by, at=then)
    then = at - 3 * MONTH
    wish(circle, WishValue.AGREES, about="Nerys Bowen", category="full_record", by=by, at=then)
    wish(circle, WishValue.AGREES_IN_PART, about="themselves", category="full_record", by=by, at=then)
    later: tuple[Asked, ...] = (
        ("Nerys Bowen", "full_record", "unstated", _SERVES),
        ("themselves", "full_record", "unstated", {}),
    )
    answered(circle, later, by=by, at=then)


_ABOUT_CAI: tuple[Asked, ...] = (
    ("Dan Price", "full_record", "unstated", {}),
    ("Dan Price", "full_record", "unstated", _HOLDER),
    ("Dan Price", "diagnosis", "unstated", _HOLDER),
    ("themselves", "full_record", "unstated", _HOLDER),
    ("Nerys Bowen", "full_record", "access_request", _SERVES),
    ("Nerys Bowen", "full_record", "access_request", _SERVES | {"kept_private": "yes"} | _SOME),
    ("Ellis, from next door", "full_record", "unstated", _HOLDER),
    ("Priya Nair", "existence_of_care", "care_planning", _HOLDER),
    ("Huw Bowen", "existence_of_care", "unstated", _HOLDER),
    ("Priya Nair", "sexual_health", "unstated", {}),
)


def not_awake(name: str, staff: Staff, at: datetime) -> None:
    """Tilly had an accident, and could not be asked for three weeks."""
    agency = one("Jo, from the agency", Relation.RESIDENTIAL_CARER)
    around = (_DAN, _PRIYA, agency, one("Moira Grant", Relation.PARENT, Level.FULL))
    tilly = Invented(name=name, age=15, basis=LegalBasis.PARENT_CONSENT, around=around)
    circle = put_on_record(tilly, clinicians=staff.clinicians(), at=at - 10 * MONTH)
    _placed(circle, staff, at - 10 * MONTH)
    by, then = staff.therapist, at - 5 * MONTH
    wish(circle, WishValue.CANNOT_BE_ASKED, words="She is not awake.", by=by, at=then)
    during: tuple[Asked, ...] = (
        ("Moira Grant", "session_summary", "unstated", _SERVES),
        ("Dan Price", "full_record", "unstated", {}),
        ("Dan Price", "full_record", "unstated", _SERVES),
        ("Jo, from the agency", "existence_of_care", "unstated", _SERVES),
    )
    answered(circle, during, by=by, at=then)
    consent(circle, "Moira Grant", ["session_summary"], GivenBy.CLIENT, by=by, at=then + 10 * DAY)
    signed: tuple[Asked, ...] = (("Moira Grant", "session_summary", "unstated", _SERVES),)
    answered(circle, signed, by=by, at=then + 11 * DAY)


_AROUND_EMRYS = (
    Around(
        name="Glyn Lloyd",
        relation=Relation.PARENT,
        level=Level.LIMITED_BY_ORDER,
        involved=Answer.NO,
        limit=Limit.AS_ORDERED,
    ),
    one("Betsan Lloyd", Relation.PARENT, Level.SHARED),
    one("Old Mr. Lloyd", Relation.PARENT, Level.ENDED),
    one("Aled Pugh", Relation.PARENT, Level.UNKNOWN),
    one("Rhodri Wynne", Relation.STEP_PARENT, Level.FULL),
    one("Dr. Okafor, at the surgery", Relation.OUTSIDE_CLINICIAN, needs=Answer.YES),
    one("The guardian of the court", Relation.GUARDIAN_AD_LITEM),
    one("Ida Shaw", Relation.CLINICAL_TEAM),
    one("Edith Marlow", Relation.INDEPENDENT_PERSON),
)


def everybody_has_a_law(name: str, staff: Staff, at: datetime) -> None:
    """About Emrys there are letters from everybody, and most of them name a law."""
    around = (_DAN, _PRIYA, *_AROUND_EMRYS)
    told = {
        Relation.OUTSIDE_CLINICIAN: ("existence_of_care",),
        Relation.RESIDENTIAL_CARER: ("medication",),
    }
    emrys = Invented(name=name, age=15, basis=LegalBasis.AGENCY_CONSENT, told=told, around=around)
    circle = put_on_record(emrys, clinicians=staff.clinicians(), at=at - 11 * MONTH)
    _placed(circle, staff, at - 11 * MONTH)
    by = staff.therapist
    answered(circle, _LETTERS, by=by, at=at - 10 * MONTH)
    then = at - 4 * MONTH
    wish(circle, WishValue.OBJECTS, about=by.display_name, category="risk", by=by, at=then)
    wish(circle, WishValue.AGREES, about="Rhodri Wynne", category="progress", by=by, at=then)
    for who in ("Ida Shaw", "Edith Marlow"):
        wish(circle, WishValue.AGREES, about=who, category="full_record", by=by, at=then)
    wish(circle, WishValue.AGREES_IN_PART, about="themselves", category="full_record", by=by, at=then)
    given = consent(circle, "Dan Price", ["full_record"], GivenBy.CLIENT, by=by, at=then)
    agreements.withdraw(given, because="He asked for it back.", by=by, at=then + DAY)
    later: tuple[Asked, ...] = (
        (by.display_name, "risk", "unstated", {}),
        ("Rhodri Wynne", "progress", "unstated", {}),
        ("Ida Shaw", "full_record", "unstated", {}),
        ("Edith Marlow", "full_record", "unstated", _HOLDER),
        ("themselves", "full_record", "unstated", {}),
        ("Dan Price", "full_record", "unstated", {}),
    )
    answered(circle, later, by=by, at=then + 2 * DAY)


_LETTERS: tuple[Asked, ...] = (
    ("Priya Nair", "full_record", "unstated", {"order": "court_order_to_share"}),
    ("Priya Nair", "full_record", "unstated", {"order": "statutory_request"}),
    ("Priya Nair", "process_notes", "unstated", {"order": "statutory_request"}),
    ("Priya Nair", "risk", "unstated", {"notifiable_event": "sexual_exploitation"}),
    ("Priya Nair", "whereabouts", "unstated", {"notifiable_event": "other"}),
    ("Priya Nair", "abuse_concern", "unstated", {"abuse": "suspected"}),
    ("a police", "abuse_concern", "unstated", {"abuse": "disclosed", "notifiable_event": "fgm"}),
    ("a police", "full_record", "unstated", {}),
    ("a police", "full_record", "unstated", {"order": "subpoena"}),
    ("a other", "full_record", "unstated", {}),
    ("a inspector", "existence_of_care", "regulation", {}),
    ("a inspector", "full_record", "regulation", {}),
    ("a child_protection", "full_record", "unstated", {"order": "statutory_request"}),
    ("a threatened_person", "education_record", "unstated", {}),
    ("Dan Price", "risk", "unstated", {"risk": "serious_and_imminent"}),
    ("Dan Price", "risk", "unstated", {"risk": "serious"}),
    ("Dan Price", "risk", "unstated", {"emergency": "yes"}),
    ("Dan Price", "education_record", "unstated", {}),
    ("Dan Price", "medication", "unstated", {}),
    ("Dan Price", "full_record", "unstated", {"best_interests": "against_sharing"}),
    ("Dan Price", "full_record", "unstated", {"asking_raises_risk": "yes"}),
    ("Dan Price", "full_record", "unstated", {"kept_private": "yes"}),
    ("Dan Price", "existence_of_care", "unstated", _SOME | {"kept_private": "yes"}),
    ("Betsan Lloyd", "full_record", "legal_process", {}),
    ("Glyn Lloyd", "full_record", "unstated", {}),
    ("Old Mr. Lloyd", "full_record", "unstated", {}),
    ("Aled Pugh", "full_record", "unstated", {}),
    ("Dr. Okafor, at the surgery", "existence_of_care", "treatment", {}),
    ("The guardian of the court", "full_record", "unstated", {}),
    ("themselves", "full_record", "access_request", {}),
    ("themselves", "education_record", "unstated", {}),
    ("themselves", "full_record", "unstated", {"about_third_party": "yes"}),
    ("themselves", "full_record", "unstated", {"harm_finding": "serious_harm"}),
    ("themselves", "full_record", "unstated", _SOME | {"harm_finding": "serious_harm"}),
    ("themselves", "full_record", "unstated", _SOME | {"about_third_party": "yes"}),
    ("themselves", "full_record", "unstated", {"source_promised_confidence": "yes"}),
)
"""What was asked, and what was known of it."""
