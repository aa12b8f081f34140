"""A request and what was said, as dated rows. What people said is sealed; nothing is overwritten."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.guarding import GuardedRow
from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.disclosures.choices import Purpose
from halfdoor.service.requests.words import Channel, Way

KIND = "answer"
"""The kind of item whose payload is an answer."""


class FamilyRequestQuerySet(models.QuerySet["FamilyRequest"]):
    def waiting(self) -> Self:
        """Those that nobody has answered yet."""
        return self.exclude(Exists(Answer.objects.filter(practice=OuterRef("practice"), request=OuterRef("pk"))))

    def answered(self) -> Self:
        """Those that somebody has answered."""
        return self.filter(Exists(Answer.objects.filter(practice=OuterRef("practice"), request=OuterRef("pk"))))

    def known(self) -> Self:
        """Those of which it is clear who asked: from their own page, or whoever called or wrote was checked."""
        return self.filter(_is_known())

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-id")


def _is_known(request: str = "") -> Q:
    """Whether it is clear who asked: of requests, or (``request__``) of what belongs to one."""
    checks = CallCheck.objects.filter(practice=OuterRef("practice"), request=OuterRef(f"{request}pk"))
    was_them = Exists(checks.filter(way__in=Way.sure())) & ~Exists(checks.filter(way=Way.SOMEBODY_ELSE))
    return Q(**{f"{request}channel": Channel.PORTAL}) | was_them


class FamilyRequest(Row):
    """
    Somebody asked about one young person.

    ``asked_by`` is a member of the circle of care; empty for somebody who is not in it, whom ``caller`` describes
    (sealed). ``category`` is the contract's. ``motive`` is why they ask, in their words (sealed).
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    caller_sealed = sealed_field()
    channel = models.CharField(max_length=12, choices=Channel)
    category = models.CharField(max_length=30)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.UNSTATED)
    motive_sealed = sealed_field()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    caller = Sealed("caller_sealed", person="young_person_id")
    motive = Sealed("motive_sealed", person="young_person_id")

    objects = FamilyRequestQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["practice", "young_person", "received_at"], name="requests_about_somebody"),
            models.Index(fields=["practice", "asked_by", "received_at"], name="requests_of_somebody"),
        )


class Unanswered(Row):
    """
    A request that nobody has answered yet. It goes with the first answer.

    It says nothing that requests and answers do not say; but which of all that there ever were wait is asked all day
    long. `halfdoor doctor` compares them.
    """

    request = models.ForeignKey(FamilyRequest, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "request"], name="a_request_waits_once"),)


class OfRequest(Row):
    """Something that was done about a request, by somebody, at a moment. Never overwritten."""

    request = models.ForeignKey(FamilyRequest, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        indexes = (models.Index(fields=["practice", "request", "at"], name="%(class)s_of_request"),)


class CallCheck(OfRequest):
    """How it became clear who was on the telephone or wrote the letter, or that it was somebody else. Newest holds."""

    way = models.CharField(max_length=12, choices=Way)
    note_sealed = sealed_field()

    note = Sealed("note_sealed", person="young_person_id")


class Step(Row):
    """
    One dated step of a request. ``disposition`` is the gate's answer where the step is a decision; ``due_on`` is the
    day by which we said that we come back, where the step is such a promise; ``note`` is what was said (sealed).
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        IDENTIFIED = "identified", _("Who it is")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        EXPLORED = "explored", _("What is behind it")
        BOUNDARIES = "boundaries", _("Boundaries explained")
        NEEDS = "needs", _("Turned to what is needed")
        EACH_OTHER = "each_other", _("Encouraged to talk with each other")
        FACTS_RECORDED = "facts_recorded", _("Facts recorded")
        CONSENT_CHECKED = "consent_checked", _("Wishes and consents looked at")
        WEIGHED = "weighed", _("Weighed")
        EXTENDED = "extended", _("More time, and why")
        DECIDED = "decided", _("Decided")
        ASKED = "asked", _("The young person was asked")
        TALKED = "talked", _("Talked with the young person")
        REPLIED = "replied", _("The young person replied")
        PROPOSED = "proposed", _("Given to a second reader")
        READ = "read", _("Read by a second person")
        DEPARTED = "departed", _("Decided otherwise")
        ANSWERED = "answered", _("Answered")
        LOOKED_AGAIN = "looked_again", _("Looked at again")
        OFFERED = "offered", _("Offered instead")
        WHY_TOLD = "why_told", _("Explained why")
        REVIEW_ASKED = "review_asked", _("Asked that somebody else looks")
        AFTERWARDS = "afterwards", _("Said how it was")
        FOLLOWED_UP = "followed_up", _("Asked how it was")

    request = models.ForeignKey(FamilyRequest, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    disposition = models.CharField(max_length=14, blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    note_sealed = sealed_field()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    note = Sealed("note_sealed", person="young_person_id")

    class Meta:
        indexes = (
            models.Index(fields=["practice", "request", "taken_at"], name="steps_of_a_request"),
            models.Index(fields=["practice", "kind", "request", "taken_at"], name="steps_of_a_kind"),
        )

    def order(self) -> tuple[datetime, int]:
        """Where the step stands in the story; of steps taken together, as the kinds stand above."""
        return self.taken_at, list(self.Kind).index(self.Kind(self.kind))


class StatedFactQuerySet(models.QuerySet["StatedFact"]):
    def known(self) -> Self:
        """Those of requests of which it is clear who asked."""
        return self.filter(_is_known("request__"))


class StatedFact(Row):
    """A circumstance of one request, by its name in the contract, as somebody stated it; the newest holds."""

    request = models.ForeignKey(FamilyRequest, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = StatedFactQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "request", "stated_at"], name="facts_of_a_request"),)


class QuestionQuerySet(models.QuerySet["Question"]):
    def unanswered(self) -> Self:
        return self.exclude(Exists(Reply.objects.filter(practice=OuterRef("practice"), question=OuterRef("pk"))))


class Question(Row):
    """A request put to the young person's own page. ``words`` are the therapist's to them (sealed)."""

    request = models.ForeignKey(FamilyRequest, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_field()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "request"], name="one_question_a_request"),)
        indexes = (models.Index(fields=["practice", "young_person", "asked_at"], name="questions_to_somebody"),)


class Reply(Row):
    """
    What the young person would like; the newest holds.

    ``part`` is which part may be told (sealed). ``may_say_so`` is true only if they want it said that the no is
    theirs. ``pressed`` is whether somebody is pushing them (sealed): for their clinicians, and for nobody else.
    """

    class Choice(models.TextChoices):
        YOU_TELL = "you_tell", _("You can tell them.")
        THIS_PART = "this_part", _("You can tell them this part.")
        I_TELL = "i_tell", _("I’ll tell them myself.")
        TOGETHER = "together", _("Let’s tell them together.")
        NOT_NOW = "not_now", _("Not now.")
        NO = "no", _("No.")

    class Pressed(models.TextChoices):
        NOT_SAID = "not_said", _("I’d rather not say")
        NO = "no", _("No")
        YES = "yes", _("Yes, or a bit")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    part_sealed = sealed_field()
    may_say_so = models.BooleanField(default=False)
    pressed_sealed = sealed_field()
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    part = Sealed("part_sealed", person="young_person_id")
    pressed = Sealed("pressed_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "question", "replied_at"], name="replies_to_a_question"),)


class Answer(Row):
    """
    What whoever asked was told. It carries no text about the young person: that is an item of its own (``item``),
    where something was shared.

    ``alternatives`` is a list of the contract's codes. ``names_the_no`` is whether it could say that the no is the
    young person's when it was given; whether it still may is their last word.
    """

    class Outcome(models.TextChoices):
        SHARED = "shared", _("something was shared")
        CLOSED = "closed", _("it stays closed for now")
        NEITHER = "neither", _("neither yes nor no")

    request = models.ForeignKey(FamilyRequest, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    alternatives = models.JSONField(default=list, blank=True)
    names_the_no = models.BooleanField(default=False)
    look_again_on = models.DateField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["practice", "request", "answered_at"], name="answers_to_a_request"),
            models.Index(fields=["practice", "look_again_on", "request", "answered_at"], name="answers_by_day"),
        )


class AnswerText(GuardedRow):
    """The words of an answer that shares something: the payload of its item, sealed, read through the gate alone."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+")
    text_sealed = sealed_field()

    text = Sealed("text_sealed", person="young_person_id")

    class Meta(GuardedRow.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "item"], name="one_text_an_answer"),)
