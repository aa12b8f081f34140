"""The papers there are, who answers each of them, and how."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from halfdoor.service.people.choices import Relation

CAREGIVERS = (
    Relation.PARENT,
    Relation.STEP_PARENT,
    Relation.GUARDIAN,
    Relation.FOSTER_CARER,
    Relation.RELATIVE,
)
"""Whom the papers of caregivers are for."""

LANGUAGES = ("en-us", "en-gb", "es", "cy")


class Kind(TextChoices):
    """What a paper is about."""

    PARTNERSHIP = "partnership", _("Working together: partnership policy for caregivers")
    EXPECTATIONS = "expectations", _("What to expect: roles, contact, how often")
    CONFIDENTIALITY_CAREGIVERS = "confidentiality-caregivers", _("Confidentiality and its limits, for caregivers")
    INVOLVEMENT = "involvement", _("Consent to take part, for caregivers")
    CARE = "care", _("Consent to a minor’s care")
    CONFIDENTIALITY_YOUNGER = "confidentiality-younger", _("What stays here, for younger readers")
    CONFIDENTIALITY_OLDER = "confidentiality-older", _("What stays here, for older readers")
    ASSENT = "assent", _("Coming here, and how my family takes part")
    THERAPY_AGREEMENT = "therapy-agreement", _("Therapy agreement of the young person")
    SHARING = "sharing", _("Consent to share")
    RECORDING = "recording", _("Consent to record")
    SECRETS = "secrets", _("Family sessions: what one of us says alone")


class Party(TextChoices):
    """On whose side somebody stands who answers a paper."""

    CAREGIVER = "caregiver", _("caregiver")
    YOUNG_PERSON = "young_person", _("young person")
    THERAPIST = "therapist", _("therapist")


class Answer(TextChoices):
    """What somebody said to a paper. A no is an answer, and so is a child's yes that no law asks for."""

    AGREED = "agreed", _("agreed")
    ASSENTED = "assented", _("gave assent")
    REFUSED = "refused", _("said no")


class Manner(TextChoices):
    """How they said it."""

    DRAWN = "drawn", _("signed by hand on a screen")
    TYPED = "typed", _("signed by typing their name")
    PRESSED = "pressed", _("answered on their own page")
    ALOUD = "aloud", _("said aloud, written down by whoever heard it")
    ON_PAPER = "on_paper", _("signed on paper, which the practice keeps")


NOT_SELF = (Manner.ALOUD, Manner.ON_PAPER)
"""What somebody else writes down for them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who answers a paper; whether a therapist signs beside them; whether a yes is assent, which no law asks for."""

    parties: tuple[Party, ...]
    with_therapist: bool = False
    is_assent: bool = False
    by_itself: bool = True


_FAMILY, _SELF = (Party.CAREGIVER,), (Party.YOUNG_PERSON,)

RULES: Mapping[str, Rule] = {
    Kind.PARTNERSHIP: Rule(_FAMILY, with_therapist=True),
    Kind.EXPECTATIONS: Rule(_FAMILY),
    Kind.CONFIDENTIALITY_CAREGIVERS: Rule(_FAMILY),
    Kind.INVOLVEMENT: Rule(_FAMILY),
    Kind.CARE: Rule(_FAMILY),
    Kind.CONFIDENTIALITY_YOUNGER: Rule(_SELF, is_assent=True),
    Kind.CONFIDENTIALITY_OLDER: Rule(_SELF, is_assent=True),
    Kind.ASSENT: Rule(_SELF, is_assent=True),
    Kind.THERAPY_AGREEMENT: Rule(_SELF, with_therapist=True),
    Kind.SHARING: Rule((*_FAMILY, *_SELF), by_itself=False),
    Kind.RECORDING: Rule((*_FAMILY, *_SELF)),
    Kind.SECRETS: Rule((*_FAMILY, *_SELF)),
}
"""``by_itself``: whether one can be asked for it without more. A consent to share needs to say what and to whom."""


def party_of(relation: str) -> Party | None:
    """Return on whose side somebody of this relation answers papers; nobody's for all others."""
    if relation == Relation.SELF:
        return Party.YOUNG_PERSON
    return Party.CAREGIVER if relation in CAREGIVERS else None
