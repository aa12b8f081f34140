"""
Wishes, consents to share, and what was told at the start. States are rows with who and when; nothing is overwritten.
"""

from uuid import UUID

from django.conf import settings
from django.db import models

from halfdoor.service.agreements import choices
from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field


class Wish(Row):
    """
    What the young person says about sharing one kind of information.

    Without ``membership`` it is about everybody; an empty ``category`` or ``topic`` means any. ``words`` are their own,
    sealed.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    category = models.CharField(max_length=30, blank=True, default="")
    topic = models.CharField(max_length=20, blank=True, default="", choices=choices.Topic)
    value = models.CharField(max_length=20, choices=choices.WishValue)
    words_sealed = sealed_field()
    said_at = models.DateTimeField()
    source = models.CharField(max_length=20, choices=choices.WishSource)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "said_at"], name="wishes_of_a_young_person"),)


class Authorization(Row):
    """
    A signed consent to share: these kinds of information, to this recipient, for these purposes, from one day until
    another.

    ``categories`` and ``purposes`` are lists of the contract's words. ``topics`` narrows it; empty, it covers every
    topic. It holds up to, and not on, ``ends_on``.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    categories = models.JSONField(default=list)
    topics = models.JSONField(default=list, blank=True)
    purposes = models.JSONField(default=list)
    given_by = models.CharField(max_length=12, choices=choices.GivenBy)
    starts_on = models.DateField()
    ends_on = models.DateField()
    evidence_sealed = sealed_field()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    evidence = Sealed("evidence_sealed", person="young_person_id")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="a_consent_ends_after_it_starts"
            ),
        )
        indexes = (models.Index(fields=["practice", "young_person"], name="consents_of_a_young_person"),)


class Withdrawal(Row):
    """A consent to share was taken back. What was shared before stays on record."""

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    because_sealed = sealed_field()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    because = Sealed("because_sealed", person="whose")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["practice", "authorization"], name="a_consent_is_withdrawn_once"),
        )

    @property
    def whose(self) -> UUID:
        """The id of the young person under whose key the reason is sealed."""
        return self.authorization.young_person_id


class ToldAtStart(Row):
    """
    At the start, or in the therapy agreement, the young person was told that this kind of thing goes to this kind of
    person; or it is on record that they were not. ``relations`` and ``categories`` are lists of the contract's words.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    relations = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    told = models.CharField(max_length=3, choices=choices.Told)
    told_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person"], name="told_to_a_young_person"),)
