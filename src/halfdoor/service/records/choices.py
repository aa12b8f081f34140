"""What can be chosen about keeping a record."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    """What the record is in the rules on keeping records."""

    THERAPY_RECORD = "therapy_record", _("a record of therapy")
    HOME_CASE_RECORD = "home_case_record", _("the case record of a children’s home")
    AUTHORITY_FILE = "authority_file", _("the file of an authority that looks after children")
    ADOPTION_FILE = "adoption_file", _("a file about an adoption")


class KeptBy(models.TextChoices):
    """Who keeps it."""

    HEALTH_SERVICE = "health_service", _("the health service")
    HOME = "home", _("a children’s home")
    AUTHORITY = "authority", _("an authority")
    PRIVATE_PRACTICE = "private_practice", _("a private practice")


class Alleged(models.TextChoices):
    """Whether anybody says that the young person was abused: then some records are kept without an end."""

    UNKNOWN = "unknown", _("not known")
    NO = "no", _("no")
    YES = "yes", _("yes")


class HoldKind(models.TextChoices):
    """What a record is held for."""

    CLAIM = "claim", _("a claim or a complaint")
    INQUIRY = "inquiry", _("an inquiry or an inspection")
    POLICE = "police", _("an investigation by police")
    COURT = "court", _("a case before a court")
    REQUEST = "request", _("somebody asked for the record")
    OTHER = "other", _("something else")


class Outcome(models.TextChoices):
    """What became of something that needed a second person."""

    AGREED = "agreed", _("agreed")
    DROPPED = "dropped", _("left as it is")


class State(models.TextChoices):
    """How it stands with a record, the most pressing first."""

    DUE = "due", _("it may go, after somebody has looked")
    HELD = "held", _("held: it must not go")
    UNKNOWN = "unknown", _("cannot be worked out yet: it stays")
    KEPT = "kept", _("it has to be kept")


MISSING: Mapping[str, Promise] = {
    "born_on": _("the day of birth"),
    "died_on": _("the day of death"),
    "care_ended_on": _("the day on which care ended"),
    "last_entry_on": _("the day of the last entry"),
    "made_on": _("the day on which it was made"),
    "home_closed_on": _("the day on which the home closed"),
    "kept_by": _("who keeps our records"),
    "abuse_alleged": _("whether anybody says that there was abuse"),
    "died": _("whether the young person has died"),
    "ended_at": _("at what age care ended"),
    "setting": _("in what setting care was"),
    "record": _("what kind of record it is"),
}
"""What the rules miss, by their names for it."""

ROOMS: Mapping[str, Promise] = {
    "people": _("What papers say, and how people are reached"),
    "documents": _("Signed papers"),
    "agreements": _("Wishes and consents"),
    "disclosures": _("What each answer rested on"),
    "requests": _("Requests of the family"),
    "safeguarding": _("Incidents"),
    "notes": _("Notes and summaries"),
    "records": _("Reasons for holds"),
}
"""What lies in each room, in words."""
