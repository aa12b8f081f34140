"""The words in which the circle of care is recorded. Their values are those of the decision contract."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Relation(TextChoices):
    """What somebody is to the young person. It says nothing about authority."""

    SELF = "self", _("the young person")
    PARENT = "parent", _("parent")
    STEP_PARENT = "step_parent", _("step-parent")
    GUARDIAN = "guardian", _("guardian")
    FOSTER_CARER = "foster_carer", _("foster carer")
    RELATIVE = "relative", _("relative")
    FRIEND = "friend", _("friend")
    RESIDENTIAL_CARER = "residential_carer", _("residential carer")
    HOME_MANAGER = "home_manager", _("manager of the home")
    EDUCATOR = "educator", _("teacher")
    SCHOOL_COUNSELLOR = "school_counsellor", _("school counsellor")
    SOCIAL_WORKER = "social_worker", _("social worker")
    PLACING_AUTHORITY = "placing_authority", _("placing authority")
    THERAPIST = "therapist", _("therapist")
    CLINICAL_TEAM = "clinical_team", _("clinical team")
    CLINICAL_LEAD = "clinical_lead", _("clinical lead")
    OUTSIDE_CLINICIAN = "outside_clinician", _("clinician elsewhere")
    PAYER = "payer", _("payer")
    COURT = "court", _("court")
    POLICE = "police", _("police")
    CHILD_PROTECTION = "child_protection", _("child protection")
    LAWYER = "lawyer", _("lawyer")
    INSPECTOR = "inspector", _("inspector")
    INDEPENDENT_PERSON = "independent_person", _("independent person who visits the home")
    INDEPENDENT_VISITOR = "independent_visitor", _("independent visitor")
    GUARDIAN_AD_LITEM = "guardian_ad_litem", _("guardian ad litem")
    CUSTODY_EVALUATOR = "custody_evaluator", _("custody evaluator")
    THREATENED_PERSON = "threatened_person", _("person who may be in danger")
    OTHER = "other", _("somebody else")
    UNKNOWN = "unknown", _("not known")


class Level(TextChoices):
    """Authority over the young person's health decisions, from papers and not from biology."""

    FULL = "full", _("full")
    SHARED = "shared", _("shared with somebody")
    INFORMATION_ONLY = "information_only", _("may be informed, does not decide")
    LIMITED_BY_ORDER = "limited_by_order", _("limited by a court order")
    NONE = "none", _("none")
    ENDED = "ended", _("ended")
    UNDETERMINABLE = "undeterminable", _("the papers do not settle it")
    UNKNOWN = "unknown", _("not known yet")


class Identity(TextChoices):
    VERIFIED = "verified", _("verified")
    UNVERIFIED = "unverified", _("not verified")


class Answer(TextChoices):
    """Of a fact that can be so, not so, or not looked at."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known")


class Limit(TextChoices):
    """What a court order takes away from somebody."""

    NOT_TO_SHARE = "not_to_share", _("may be told nothing")
    AS_ORDERED = "as_ordered", _("may be told only what the order allows")


class ReviewOutcome(TextChoices):
    STANDS = "stands", _("the order stands")
    LIFTED = "lifted", _("the order does not bind, or was lifted")


class Competence(TextChoices):
    """Whether the young person can decide this for themselves: mature minor, Gillick, capacity from 16."""

    COMPETENT = "competent", _("can decide this")
    NOT_COMPETENT = "not_competent", _("cannot decide this yet")
    NOT_ASSESSED = "not_assessed", _("not assessed")


class LegalStatus(TextChoices):
    """A standing before the law that age alone does not give."""

    BY_AGE = "by_age", _("as their age says")
    EMANCIPATED = "emancipated_minor", _("emancipated")
    DECEASED = "deceased", _("has died")


class LookedAfter(TextChoices):
    NOT_LOOKED_AFTER = "not_looked_after", _("not looked after")
    ACCOMMODATED = "accommodated", _("accommodated by agreement")
    CARE_ORDER = "care_order", _("under a care order")
    PLACEMENT_ORDER = "placement_order", _("under a placement order")
    PROTECTION_ORDER = "protection_order", _("under an emergency protection order")
    REMAND = "remand", _("on remand")
    UNKNOWN = "unknown", _("not known")


class PlacedBy(TextChoices):
    NOT_PLACED = "not_placed", _("lives at home")
    ENGLISH_AUTHORITY = "english_authority", _("an English authority")
    WELSH_AUTHORITY = "welsh_authority", _("a Welsh authority")
    OTHER = "other", _("somebody else")
    UNKNOWN = "unknown", _("not known")


class Setting(TextChoices):
    OUTPATIENT = "outpatient", _("outpatient practice")
    RESIDENTIAL = "residential", _("residential care")
    SCHOOL = "school", _("school")
    HOSPITAL = "hospital", _("hospital")
    UNKNOWN = "unknown", _("not known")


class LegalBasis(TextChoices):
    """On what footing an episode of care was agreed to; rights follow from it."""

    PARENT_CONSENT = "parent_consent", _("a parent agreed")
    OWN_CONSENT = "own_consent", _("the young person agreed themselves")
    OTHER_LAWFUL_CONSENT = "other_lawful_consent", _("somebody else could agree, and did")
    COURT_ORDER = "court_order", _("a court ordered it")
    CONFIDENTIALITY_AGREED = "confidentiality_agreed", _("a parent agreed that it is confidential")
    AGENCY_CONSENT = "agency_consent", _("an authority agreed")
    EMERGENCY = "emergency", _("an emergency")
    ADULT_CONSENT = "adult_consent", _("agreed as an adult")
    UNKNOWN = "unknown", _("not known")


class EventKind(TextChoices):
    """Something with a day that changes what the papers say of several people at once."""

    SEPARATION = "separation", _("separation of the parents")
    CUSTODY_CHANGE = "custody_change", _("change of custody")
    NEW_CASEWORKER = "new_caseworker", _("new caseworker")
    AUTHORITY_SHARES = "authority_shares", _("a local authority shares responsibility")
    ADOPTION = "adoption", _("adoption")
    SPECIAL_GUARDIAN = "special_guardian", _("a special guardian is appointed")


class Part(TextChoices):
    """Whether a caregiver takes part in therapy."""

    NO_LONGER = "no_longer", _("no longer takes part")
    AGAIN = "again", _("takes part again")


class YoungPersonsView(TextChoices):
    """What the young person says about it."""

    WANTS_IT = "wants_it", _("wants it so")
    DOES_NOT_MIND = "does_not_mind", _("does not mind")
    WISHES_OTHERWISE = "wishes_otherwise", _("wishes it were otherwise")
    DID_NOT_SAY = "did_not_say", _("was asked, and did not say")
    COULD_NOT_BE_ASKED = "could_not_be_asked", _("could not be asked yet")


class WhyCovered(TextChoices):
    AWAY = "away", _("away")
    LEAVES = "leaves", _("leaves the practice")


class WhyEmergency(TextChoices):
    """Why a clinician opens the record of somebody else's young person."""

    DANGER = "danger", _("Somebody is in danger now")
    CRISIS_CALL = "crisis_call", _("The young person or their family calls in a crisis")
    NOBODY_THERE = "nobody_there", _("Nobody of the circle can be reached, and it cannot wait")


class EmergencyOutcome(TextChoices):
    """What a second person found who looked at an emergency access."""

    NEEDED = "needed", _("It was needed")
    TALKED = "talked", _("It was not needed; we have talked about it")
    INCIDENT = "incident", _("It should not have been; it is reported as an incident")


class ContactKind(TextChoices):
    EMAIL = "email", _("e-mail")
    TELEPHONE = "telephone", _("telephone")
    POST = "post", _("postal address")


class SharedContactOutcome(TextChoices):
    ALLOWED = "allowed", _("may be used: it is safe for them")
    REFUSED = "refused", _("is not used")
