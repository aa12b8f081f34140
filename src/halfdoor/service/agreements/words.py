"""What a consent to share can name, in words; and the four wishes about a subject, as a young person says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.agreements.choices import WishValue

SHAREABLE: Mapping[str, Promise] = {
    "attendance": _("coming to sessions"),
    "scheduling": _("when and where sessions are"),
    "progress": _("how it is going"),
    "themes": _("themes"),
    "goals_and_plan": _("goals and plan"),
    "session_summary": _("summary of a session"),
    "session_content": _("what is said in sessions"),
    "staff_guidance": _("how to support the young person day to day"),
    "diagnosis": _("diagnosis"),
    "medication": _("medication"),
    "clinical_summary": _("clinical summary"),
    "full_record": _("the whole record"),
}
"""Kinds of information, in the words of the decision contract. A therapist's own notes are never among them."""

PURPOSES: Mapping[str, Promise] = {
    "support": _("to support the young person"),
    "treatment": _("for treatment"),
    "education": _("for school"),
    "care_planning": _("to plan the care"),
    "payment": _("for payment"),
    "legal_process": _("for a lawyer or a legal process"),
}

WAYS: Mapping[str, Promise] = {
    WishValue.OBJECTS: _("Keep it private"),
    WishValue.PREFERS_TO_TELL: _("I tell it myself"),
    WishValue.PREFERS_TOGETHER: _("We tell it together"),
    WishValue.AGREES: _("You can tell it"),
}
"""What a young person can say about a subject and a person, from most closed to most open."""
