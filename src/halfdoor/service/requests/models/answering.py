"""How a request is answered: by two people where that is wanted, otherwise than the rules, and what follows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.requests.models.asking import Answer, OfRequest


class Side(models.TextChoices):
    """Whose page something stands on, or who said it."""

    FAMILY = "family", _("whoever asked")
    YOUNG_PERSON = "young_person", _("the young person")
    CLINICIAN = "clinician", _("a clinician")


class Offer(OfRequest):
    """
    Something that can be done instead, by its code in the contract. ``pieces`` are codes of general texts.

    ``check_on`` is the day on which a clinician sees what became of it. ``shows_to_young_person`` is whether it stands
    on the young person's page: a meeting does, what they chose to do themselves needs no proposal.
    """

    code = models.CharField(max_length=30)
    pieces = models.JSONField(default=list, blank=True)
    check_on = models.DateField()
    shows_to_young_person = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["practice", "request", "at"], name="offers_of_a_request"),
            models.Index(fields=["practice", "young_person", "at"], name="offers_about_somebody"),
        )


class OfferReply(Row):
    """What somebody says to an offer, each for their own side; the newest of a side holds."""

    class Word(models.TextChoices):
        YES = "yes", _("Yes, gladly")
        NOT_NOW = "not_now", _("Not now")
        NO = "no", _("No, thank you")
        HAPPENED = "happened", _("It has happened")
        FELL_THROUGH = "fell_through", _("It came to nothing")

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=14, choices=Side)
    word = models.CharField(max_length=14, choices=Word)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "offer", "at"], name="replies_to_an_offer"),)


class Afterwards(OfRequest):
    """
    How it was, asked afterwards. ``consequences`` is whether it had consequences at home (sealed): only the young
    person is asked that, and only their clinicians read it.
    """

    class How(models.TextChoices):
        GOOD = "good", _("It helped")
        FAIR = "fair", _("It was all right")
        HARD = "hard", _("It was hard")

    class Consequences(models.TextChoices):
        NOT_SAID = "not_said", _("I’d rather not say")
        NO = "no", _("No")
        YES = "yes", _("Yes, or a bit")

    side = models.CharField(max_length=14, choices=Side)
    how = models.CharField(max_length=8, choices=How)
    words_sealed = sealed_field()
    consequences_sealed = sealed_field()

    words = Sealed("words_sealed", person="young_person_id")
    consequences = Sealed("consequences_sealed", person="young_person_id")


class ExceptionUsed(OfRequest):
    """An answer that opened by duty, by an order or for safety: both sides are owed an explanation."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("disclosures.Line", on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=12)


class Explanation(OfRequest):
    """
    Why an exception was used, told to one side, or kept from it because telling would add danger.

    ``words`` (sealed) are what the young person reads, or the reason why nothing is told. The family reads set words.
    """

    used = models.ForeignKey(ExceptionUsed, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=14, choices=Side)
    is_told = models.BooleanField()
    words_sealed = sealed_field()

    words = Sealed("words_sealed", person="young_person_id")

    class Meta(OfRequest.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "used", "side"], name="a_side_is_told_once"),)


class Departure(OfRequest):
    """
    A clinician answers more closed than the rules would, with reasons (sealed). ``decided`` and ``instead`` are
    dispositions, ``rule`` is the rule that was departed from.
    """

    decided = models.CharField(max_length=14)
    instead = models.CharField(max_length=14)
    rule = models.CharField(max_length=80)
    reasons_sealed = sealed_field()

    reasons = Sealed("reasons_sealed", person="young_person_id")

    class Meta:
        indexes = (
            models.Index(fields=["practice", "request", "at"], name="departures_of_a_request"),
            models.Index(fields=["practice", "at"], name="departures_in_time"),
        )


class DepartureReview(Row):
    """What the clinical lead says of a departure (sealed)."""

    class Outcome(models.TextChoices):
        SOUND = "sound", _("I would have done the same")
        TALK = "talk", _("I would like to talk it over")
        RULE = "rule", _("The rule does not fit: it should be looked at")

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    words_sealed = sealed_field()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "departure"], name="a_departure_is_reviewed_once"),)


class ReadingRule(Row):
    """
    For which answers a practice wants a second reader: those that share something, and those about some categories.
    The newest holds.
    """

    opening = models.BooleanField()
    categories = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "at"], name="reading_rules_in_time"),)


class Proposal(OfRequest):
    """An answer that waits for a second reader: what is to be done, and what would be told (sealed JSON)."""

    act = models.CharField(max_length=8)
    told_sealed = sealed_field()

    told = Sealed("told_sealed", person="young_person_id")


class SecondReading(OfRequest):
    """A second person read an answer before it went, and agrees, or says what is not yet right (sealed)."""

    class Outcome(models.TextChoices):
        AGREES = "agrees", _("It can go")
        NOT_YET = "not_yet", _("Not yet")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    note_sealed = sealed_field()

    note = Sealed("note_sealed", person="young_person_id")

    class Meta(OfRequest.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "proposal"], name="an_answer_is_read_once"),)
