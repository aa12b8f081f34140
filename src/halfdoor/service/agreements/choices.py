"""The words in which agreements are recorded. Where the decision contract has a word, this is it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WishValue(TextChoices):
    """What the young person says about sharing something, from most open to least open."""

    AGREES_IN_WRITING = "agrees_in_writing", _("agrees, in writing")
    AGREES = "agrees", _("agrees")
    AGREES_IN_PART = "agrees_in_part", _("agrees to a part of it")
    DOES_NOT_OBJECT = "does_not_object", _("was told and does not object")
    NOT_ASKED = "not_asked", _("has not been asked")
    CANNOT_BE_ASKED = "cannot_be_asked", _("cannot be asked")
    PREFERS_TOGETHER = "prefers_together", _("would rather tell it together")
    PREFERS_TO_TELL = "prefers_to_tell", _("would rather tell it themselves")
    OBJECTS = "objects", _("does not want it shared")

    @property
    def closedness(self) -> int:
        """0 for the most open wish."""
        return list(WishValue).index(self)


class WishSource(TextChoices):
    """How we know the wish."""

    OWN_PAGE = "own_page", _("said on their own page")
    TOLD_THERAPIST = "told_therapist", _("told the therapist")


class Topic(TextChoices):
    """What something is about, so that a young person can keep one topic private and not the rest."""

    NONE = "", _("nothing in particular")
    FAMILY = "family", _("family")
    SCHOOL = "school", _("school")
    FRIENDS = "friends", _("friends")
    RELATIONSHIPS = "relationships", _("love and relationships")
    BODY = "body", _("body and health")
    IDENTITY = "identity", _("who I am")
    SELF_HARM = "self_harm", _("hurting myself")
    SUBSTANCES = "substances", _("alcohol and drugs")
    ONLINE = "online", _("life online")
    PAST = "past", _("things that happened")


class GivenBy(TextChoices):
    """In whose right a consent to share was given."""

    CLIENT = "client", _("the young person")
    PARENT = "parent", _("a parent")
    GUARDIAN = "guardian", _("a guardian")
    AUTHORITY = "authority", _("an authority")
    COURT = "court", _("a court")


class Told(TextChoices):
    YES = "yes", _("told")
    NO = "no", _("not told")


class Outcome(TextChoices):
    """What became of a consent that somebody was asked for."""

    GIVEN = "given", _("given")
    REFUSED = "refused", _("said no")
    TAKEN_BACK = "taken_back", _("no longer asked for")


class Taken(TextChoices):
    """How an explanation was taken."""

    UNDERSTOOD = "understood", _("understood, and could ask")
    QUESTIONS = "questions", _("has questions; we go through it again")
    NOT_NOW = "not_now", _("did not want to hear it now")


OFTENEST_DAYS = 7
"""Nobody is asked again sooner than this, whatever was chosen."""
