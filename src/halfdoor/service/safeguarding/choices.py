"""The words in which an incident is recorded. Those of risk and people are the judgement's."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What happened, roughly."""

    WRONG_PERSON = "wrong_person", _("something went to the wrong person")
    TOO_MUCH = "too_much", _("somebody was told more than they may know")
    OVERHEARD = "overheard", _("somebody overheard or saw something")
    LOOKED_UP = "looked_up", _("somebody looked something up without a reason")
    LOST = "lost", _("something was lost or left behind")
    OTHER = "other", _("something else")


class Risk(TextChoices):
    """How likely it is that somebody comes to harm by it."""

    UNLIKELY = "unlikely", _("harm is unlikely")
    LIKELY = "likely", _("harm is likely")
    HIGH = "high", _("harm is likely, and would be grave")
    UNKNOWN = "unknown", _("we do not know yet")


class People(TextChoices):
    """How many people it concerns."""

    FEW = "fewer_than_500", _("fewer than 500 people")
    MANY = "500_or_more", _("500 people or more")
    UNKNOWN = "unknown", _("we do not know yet")


class Done(TextChoices):
    """Something that was done about an incident."""

    CONTAINED = "contained", _("It was stopped or called back, as far as possible")
    TOLD_IN_PERSON = "told_in_person", _("The young person was told, in person")
    TOLD_ON_PAGE = "told_on_page", _("The young person is told on their own page, in these words")
    TOLD_IN_WRITING = "told_in_writing", _("The young person was told in writing")
    NOT_TOLD = "not_told", _("The young person is not told, for this reason")
    TOLD_FAMILY = "told_family", _("The family was told, as far as they may know")
    TOLD_REGULATOR = "told_regulator", _("The regulator was told")
    REGULATOR_NOT_TOLD = "regulator_not_told", _("The regulator is not told, for this reason")
    TOLD_MEDIA = "told_media", _("The media were told, after taking advice")
    LESSON = "lesson", _("What we change, so that it does not happen again")
    CLOSED = "closed", _("Closed")


MEETS: dict[str, frozenset[str]] = {
    "person": frozenset({Done.TOLD_IN_PERSON, Done.TOLD_ON_PAGE, Done.TOLD_IN_WRITING, Done.NOT_TOLD}),
    "regulator": frozenset({Done.TOLD_REGULATOR, Done.REGULATOR_NOT_TOLD}),
    "media": frozenset({Done.TOLD_MEDIA}),
}
"""What meets each notice that is due, by whom it is for."""
