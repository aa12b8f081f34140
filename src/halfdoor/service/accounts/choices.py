"""The words in which ways in are given, used and taken away."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Handed(TextChoices):
    """How a code reached whoever it is for. It never goes by mail."""

    IN_HAND = "in_hand", _("into their own hands")
    CLOSED_LETTER = "closed_letter", _("in a closed letter, to them alone")
    SERVER = "server", _("by whoever runs the server")


class Known(TextChoices):
    """How somebody made sure whom they give a way in to."""

    FACE = "face", _("I know them, and saw them")
    PAPER = "paper", _("I saw a paper with their photograph")
    CALLED_BACK = "called_back", _("I called them back on the number on record")
    SERVER = "server", _("by whoever runs the server")


IN_PERSON = (Known.FACE, Known.PAPER)
"""The ways that hold for a young person: whoever has their telephone or their mail is not them."""


class WhyClosed(TextChoices):
    """Why somebody is let in no more."""

    LEFT = "left", _("they no longer work here")
    CARE_ENDED = "care_ended", _("their part in the care has ended")
    UNSAFE = "unsafe", _("somebody else got in, or could")
    MISTAKE = "mistake", _("it was made by mistake")


class WhyOpened(TextChoices):
    """Why somebody is let in again."""

    BACK = "back", _("they are back")
    SAFE = "safe", _("it is safe again")
    MISTAKE = "mistake", _("it was closed by mistake")


class CodeEnd(TextChoices):
    """Why a code opens nothing any more. One that only ran out has no such row."""

    USED = "used", _("used")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a new one")
    CLOSED = "closed", _("the account was closed")
