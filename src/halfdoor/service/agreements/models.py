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


class Proposal(Row):
    """
    Somebody is asked to consent that a recipient may be told something. They can make it smaller, or say no.

    ``giver`` is who is asked; the rest is what at most is asked for, as in an authorization.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    categories = models.JSONField(default=list)
    topics = models.JSONField(default=list, blank=True)
    purposes = models.JSONField(default=list)
    ends_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person"], name="proposals_of_a_young_person"),)


class ProposalEnd(Row):
    """What became of it: given, refused, or taken back by whoever proposed it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=choices.Outcome)
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "proposal"], name="a_proposal_ends_once"),)


class Grant(Row):
    """
    Who gave a consent, and on what: the paper they signed, or, on their word, what a clinician wrote down.

    ``instead_of`` is the wider consent that this one took the place of.
    """

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    signing = models.ForeignKey("documents.Signing", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    instead_of = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "authorization"], name="a_consent_has_one_giver"),)


class Explained(Row):
    """
    Somebody went through a paper with the young person or a caregiver, aloud: which words, when, and how it was taken.

    ``words`` are what was asked or said, sealed.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey("documents.Text", on_delete=models.PROTECT, related_name="+")
    explained_on = models.DateField()
    taken = models.CharField(max_length=12, choices=choices.Taken)
    words_sealed = sealed_field()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person"], name="explained_to_a_young_person"),)


class AskedAgain(Row):
    """The young person was asked again what may be told, and it stands as it is; or they said so by themselves."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "asked_at"], name="asked_again_in_time"),)


class Cadence(Row):
    """How often a young person is asked again, in days. The newest holds."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "set_at"], name="cadences_in_time"),)
