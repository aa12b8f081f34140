"""The words in which write-ups are recorded."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from halfdoor.service.disclosures.choices import Category


class SessionKind(TextChoices):
    """Who was there."""

    INDIVIDUAL = "individual", _("the young person alone")
    FAMILY = "family", _("the family together")
    CAREGIVERS = "caregivers", _("caregivers without the young person")
    CALL = "call", _("a telephone call or a short talk")


FAMILY_WORK = (SessionKind.FAMILY, SessionKind.CAREGIVERS)
"""Where each member's own disclosures are protected from the others."""


class SecretsRule(TextChoices):
    """What a family agreed, before they met, about what one of them says alone."""

    EACH_DECIDES = "each_decides", _("it stays with whoever said it, until they say it themselves or agree")
    AMONG_US = "among_us", _("it may be brought into the family sessions")


class Why(TextChoices):
    """Why an author tells something that private notes say too."""

    AGREED = "agreed", _("The young person agreed that this is told")
    KNOWN = "known", _("They know it already, from the young person")
    NOTHING_PRIVATE = "nothing_private", _("It says nothing private, or something else")
    SAFETY = "safety", _("Somebody’s safety needs it")


PRIVATE = (Category.SESSION_CONTENT, Category.PROCESS_NOTES)
"""What is written for the clinical team, or for oneself."""

TO_SHARE = (
    Category.SESSION_SUMMARY,
    Category.THEMES,
    Category.PROGRESS,
    Category.GOALS_AND_PLAN,
    Category.STAFF_GUIDANCE,
    Category.ATTENDANCE,
    Category.GENERAL_INFORMATION,
    Category.CLINICAL_SUMMARY,
    Category.DIAGNOSIS,
    Category.MEDICATION,
    Category.RISK,
)
"""What a part of a summary can be. The most frequent stand first."""
