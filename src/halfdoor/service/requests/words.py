"""The words of a request in three voices: for staff, for whoever asks, and for the young person."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """How somebody asked."""

    TELEPHONE = "telephone", _("by telephone")
    LETTER = "letter", _("in a letter or an e-mail")
    IN_PERSON = "in_person", _("in person")
    PORTAL = "portal", _("on their own page here")


class Way(TextChoices):
    """How it is known who calls or writes. Whoever was not checked is nobody we know, whatever name they give."""

    NOT_YET = "not_yet", _("Not yet")
    CALLED_BACK = "called_back", _("Yes: I called back on a number that was on record before today")
    IN_PERSON = "in_person", _("Yes: they are here, and we know each other")
    DOCUMENT = "document", _("Yes: I saw an identity document")
    WROTE_BACK = "wrote_back", _("Yes: I wrote to the address on record, and they confirmed it")
    SOMEBODY_ELSE = "other", _("No: it was somebody else")

    @classmethod
    def sure(cls) -> tuple["Way", ...]:
        """Those that make it certain."""
        return (cls.CALLED_BACK, cls.IN_PERSON, cls.DOCUMENT, cls.WROTE_BACK)


class Paper(TextChoices):
    """What an official brings. The values are the contract's."""

    NONE = "none", _("nothing in writing")
    LETTER = "informal_letter", _("a letter or an e-mail")
    SUBPOENA = "subpoena", _("a subpoena or witness summons, not signed by a judge")
    ORDER = "court_order_to_share", _("an order that a judge signed")
    STATUTE = "statutory_request", _("a written request that names a law")


class Longer(TextChoices):
    """Why an answer takes longer than the law's first limit. Whoever asked reads it, so it says nothing else."""

    MUCH = "much", _("There is a lot to look through.")
    CAREFUL = "careful", _("It needs a careful look by more than one person here.")
    ELSEWHERE = "elsewhere", _("Part of it is kept elsewhere, and we have to ask for it.")


class Subject(StrEnum):
    """What kind of thing is asked about, as far as wording goes. Many categories of the contract read alike."""

    PRACTICAL = "practical"
    GENERAL = "general"
    EXISTENCE = "existence"
    PROGRESS = "progress"
    CONTENT = "content"
    HEALTH = "health"
    SAFETY = "safety"
    WHEREABOUTS = "whereabouts"


_SUBJECTS: Mapping[Subject, str] = {
    Subject.PRACTICAL: "attendance scheduling billing education_record",
    Subject.GENERAL: "general_information staff_guidance",
    Subject.EXISTENCE: "existence_of_care",
    Subject.PROGRESS: "progress themes goals_and_plan session_summary clinical_summary",
    Subject.CONTENT: "session_content progress_note process_notes full_record artwork",
    Subject.HEALTH: "diagnosis medication substance_use sexual_health",
    Subject.SAFETY: "risk abuse_concern",
    Subject.WHEREABOUTS: "whereabouts",
}

SUBJECT_OF: Mapping[str, Subject] = {name: subject for subject, names in _SUBJECTS.items() for name in names.split()}
"""Category of the contract to what it reads like."""


TOPICS: Mapping[str, Promise] = {
    "progress": pgettext_lazy("topic asked about", "how things are going"),
    "attendance": pgettext_lazy("topic asked about", "whether sessions are attended"),
    "scheduling": pgettext_lazy("topic asked about", "when and how sessions take place"),
    "session_content": pgettext_lazy("topic asked about", "what is said in sessions"),
    "themes": pgettext_lazy("topic asked about", "what the sessions are about, in general"),
    "goals_and_plan": pgettext_lazy("topic asked about", "the goals and the plan"),
    "session_summary": pgettext_lazy("topic asked about", "a summary of sessions"),
    "general_information": pgettext_lazy("topic asked about", "how therapy works here"),
    "risk": pgettext_lazy("topic asked about", "a worry about safety"),
    "abuse_concern": pgettext_lazy("topic asked about", "a worry about harm or neglect"),
    "diagnosis": pgettext_lazy("topic asked about", "a diagnosis"),
    "medication": pgettext_lazy("topic asked about", "medication"),
    "substance_use": pgettext_lazy("topic asked about", "alcohol or drugs"),
    "sexual_health": pgettext_lazy("topic asked about", "sexual health"),
    "clinical_summary": pgettext_lazy("topic asked about", "a clinical report"),
    "progress_note": pgettext_lazy("topic asked about", "session notes"),
    "process_notes": pgettext_lazy("topic asked about", "the therapist’s own notes"),
    "full_record": pgettext_lazy("topic asked about", "the whole record"),
    "artwork": pgettext_lazy("topic asked about", "artwork made in sessions"),
    "billing": pgettext_lazy("topic asked about", "bills and payments"),
    "education_record": pgettext_lazy("topic asked about", "school matters"),
    "whereabouts": pgettext_lazy("topic asked about", "where the young person is, or where sessions take place"),
    "existence_of_care": pgettext_lazy("topic asked about", "whether somebody comes here at all"),
    "staff_guidance": pgettext_lazy("topic asked about", "how to help in everyday life"),
}
"""What is asked about, for staff and for whoever asks. The most frequent stand first."""

ASKABLE_BY_FAMILY = (
    "progress",
    "attendance",
    "scheduling",
    "goals_and_plan",
    "session_summary",
    "session_content",
    "risk",
    "general_information",
    "billing",
    "full_record",
)
"""What a caregiver can pick from on their own page. Everything else they say in words."""

MY_TOPICS: Mapping[str, Promise] = {
    "progress": _("how things are going for you"),
    "attendance": _("whether you come to your sessions"),
    "scheduling": _("when your sessions are"),
    "session_content": _("what you talk about here"),
    "themes": _("what your sessions are about, roughly"),
    "goals_and_plan": _("what you are working on"),
    "session_summary": _("a short summary of your sessions"),
    "general_information": _("how therapy works here"),
    "risk": _("whether you are safe"),
    "abuse_concern": _("whether somebody has hurt you"),
    "diagnosis": _("a diagnosis"),
    "medication": _("medicine you take"),
    "substance_use": _("alcohol or drugs"),
    "sexual_health": _("sexual health"),
    "clinical_summary": _("a report about you"),
    "progress_note": _("the notes of your sessions"),
    "process_notes": _("your therapist’s own notes"),
    "full_record": _("everything that is written down about you"),
    "artwork": _("what you made in your sessions"),
    "billing": _("bills"),
    "education_record": _("school"),
    "whereabouts": _("where you are"),
    "existence_of_care": _("whether you come here at all"),
    "staff_guidance": _("how people around you can help"),
}
"""The same for the young person whom it is about."""

ALTERNATIVES: Mapping[str, Promise] = {
    "general_information": _("We can explain how therapy works and what usually helps at home."),
    "resources": _("We can give you reading and names of people who support parents and carers."),
    "family_session": _("We can meet together, all of us, and talk about what worries you."),
    "young_person_tells": _(
        "You can ask at home, without pressing: “I would like to know how you are. You choose what to tell.”"
    ),
    "tell_together": _("We can find a time to talk about it together, in the room."),
    "court_route": _("If you think a court should decide, a lawyer can tell you how to ask."),
    "written_denial_with_review": _(
        "You can have this answer in writing, and ask that somebody else looks at it again."
    ),
}
"""What can be done instead, said to whoever asks. Codes of the contract."""

USUAL_ALTERNATIVES = ("general_information", "family_session", "young_person_tells")
"""What is offered with a closed answer whatever closed it: other offers for a court order would tell of one."""

OFFICES: Mapping[str, Promise] = {
    "lawyer": _("A lawyer"),
    "police": _("The police"),
    "court": _("A court"),
    "educator": _("A school"),
    "payer": _("An insurer"),
    "outside_clinician": _("Another clinic or doctor"),
}
"""Who asks in an office, by the contract's relation. Whoever has a place in the circle is chosen by name instead."""
