"""The words in which items, lines and orders of a list are recorded."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mark(TextChoices):
    """Of something that could close: not on record, on record, or nobody has looked."""

    NO = "no", _("no")
    YES = "yes", _("yes")
    UNKNOWN = "unknown", _("not known")


class MarksCover(TextChoices):
    EVERYTHING = "everything", _("all of it")
    SOME_ITEMS = "some_items", _("parts that can be taken out")
    UNKNOWN = "unknown", _("not known")


class SaidBy(TextChoices):
    """Whose words or finding an item holds."""

    YOUNG_PERSON = "young_person", _("the young person")
    CAREGIVER = "caregiver", _("a caregiver")
    TEAM = "team", _("the care or education team")
    CLINICIAN = "clinician", _("a clinician")
    SOMEBODY_ELSE = "somebody_else", _("somebody else")


class LineKind(TextChoices):
    RELEASE = "release", _("shared")
    VIEW = "view", _("looked at again")
    REFUSAL = "refusal", _("not shared")
    MISMATCH = "mismatch", _("held back: the list and the judgement disagreed")


class Agreed(TextChoices):
    """What a young person and their therapist agreed about telling somebody."""

    NEED_NOT_KNOW = "need_not_know", _("They do not need to know")
    THERAPIST_TELLS = "therapist_tells", _("The therapist tells them")
    TOGETHER = "together", _("We tell them together")
    THEMSELVES = "themselves", _("The young person tells them")
    ASK_AGAIN = "ask_again", _("Ask again before anything is said")


class InWriting(TextChoices):
    YES = "yes", _("in writing")
    NO = "no", _("by word of mouth")


class Copy(TextChoices):
    """For whose eyes an account of what was shared is made."""

    OWN = "own", _("from the young person’s own page")
    FAMILY = "family", _("for somebody of the family")
    STAFF = "staff", _("for the file, with everything")


class Order(TextChoices):
    """How a list is ordered. Both run along one index."""

    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")


class Category(TextChoices):
    """Kinds of information, in the words of the decision contract."""

    EXISTENCE_OF_CARE = "existence_of_care", _("that there is therapy")
    ATTENDANCE = "attendance", _("coming to sessions")
    SCHEDULING = "scheduling", _("when and where sessions are")
    GENERAL_INFORMATION = "general_information", _("how therapy works")
    PROGRESS = "progress", _("how it is going")
    THEMES = "themes", _("themes")
    GOALS_AND_PLAN = "goals_and_plan", _("goals and plan")
    SESSION_SUMMARY = "session_summary", _("summary of a session")
    SESSION_CONTENT = "session_content", _("what is said in sessions")
    CLINICAL_SUMMARY = "clinical_summary", _("clinical summary")
    DIAGNOSIS = "diagnosis", _("diagnosis")
    MEDICATION = "medication", _("medication")
    PROGRESS_NOTE = "progress_note", _("progress note")
    PROCESS_NOTES = "process_notes", _("process notes")
    FULL_RECORD = "full_record", _("the whole record")
    RISK = "risk", _("risk")
    ABUSE_CONCERN = "abuse_concern", _("a concern about abuse or neglect")
    SUBSTANCE_USE = "substance_use", _("alcohol and drugs")
    SEXUAL_HEALTH = "sexual_health", _("sexual health")
    ARTWORK = "artwork", _("artwork")
    BILLING = "billing", _("billing")
    EDUCATION_RECORD = "education_record", _("education record")
    WHEREABOUTS = "whereabouts", _("where the young person is")
    STAFF_GUIDANCE = "staff_guidance", _("how to support the young person day to day")


MAP_CATEGORIES = (
    Category.EXISTENCE_OF_CARE,
    Category.ATTENDANCE,
    Category.GENERAL_INFORMATION,
    Category.PROGRESS,
    Category.THEMES,
    Category.GOALS_AND_PLAN,
    Category.SESSION_SUMMARY,
    Category.SESSION_CONTENT,
    Category.DIAGNOSIS,
    Category.PROCESS_NOTES,
    Category.RISK,
    Category.FULL_RECORD,
)
"""The columns of a sharing map."""


SAFEGUARDING = (Category.RISK, Category.ABUSE_CONCERN)
"""What tells by its kind alone that somebody is worried about harm."""


class Purpose(TextChoices):
    """What something is shared for."""

    SUPPORT = "support", _("to support the young person")
    TREATMENT = "treatment", _("for treatment")
    SAFETY = "safety", _("to keep somebody safe")
    ACCESS_REQUEST = "access_request", _("a request to see the record")
    LEGAL_PROCESS = "legal_process", _("for a lawyer or a legal process")
    PAYMENT = "payment", _("for payment")
    EDUCATION = "education", _("for school")
    CARE_PLANNING = "care_planning", _("to plan the care")
    REGULATION = "regulation", _("for a regulator")
    COURT_PROCEEDINGS = "court_proceedings", _("for court proceedings")
    UNSTATED = "unstated", _("not said")
