"""Proposals to decide by other house rules, who approved them, from when they hold, and what they would change."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from halfdoor.service.core.models import Practice
from halfdoor.service.core.rows import Row


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> Self:
        """Those that were neither withdrawn nor brought into force."""
        of_this = {"practice": models.OuterRef("practice"), "proposal": models.OuterRef("pk")}
        return self.exclude(models.Exists(ProposalWithdrawal.objects.filter(**of_this))).exclude(
            models.Exists(Activation.objects.filter(**of_this))
        )


class Proposal(Row):
    """
    Somebody would have the practice decide by this version of its house rules. It never changes: another text is
    another proposal, and needs its own approval.

    ``base`` is the hash of the rules it was compared with: those that held, or were about to hold, on that day.
    """

    version = models.ForeignKey("disclosures.PackVersion", on_delete=models.PROTECT, related_name="+")
    base = models.CharField(max_length=64)
    because = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "proposed_at"], name="house_rules_proposed"),)


class Approval(Row):
    """A second person read these exact bytes, and what they change, and says yes."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            UniqueConstraint(fields=["practice", "proposal", "approved_by"], name="a_proposal_is_approved_once_by_one"),
        )


class ProposalWithdrawal(Row):
    """A proposal is off the table."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "proposal"], name="a_proposal_is_withdrawn_once"),)


class ActivationQuerySet(models.QuerySet["Activation"]):
    def of(self, practice: Practice | UUID) -> Self:
        """Those of a practice, the newest first. What came later stands over what came before."""
        return self.filter(practice=practice).order_by("-activated_at", "-id")

    def holding(self, practice: Practice | UUID, *, at: datetime, day: date) -> Self:
        """Those that had been decided by a moment for a day (in the practice's time zone) or an earlier one."""
        return self.of(practice).filter(activated_at__lte=at, holds_from_on__lte=day)


class Activation(Row):
    """From a day on, the practice decides by this version. Its first day is never in the past."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("disclosures.PackVersion", on_delete=models.PROTECT, related_name="+")
    holds_from_on = models.DateField()
    activated_at = models.DateTimeField()
    activated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ActivationQuerySet.as_manager()

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "proposal"], name="a_proposal_is_activated_once"),)
        indexes = (models.Index(fields=["practice", "activated_at"], name="house_rules_in_force"),)


class Notice(Row):
    """Somebody has seen that the rules changed."""

    activation = models.ForeignKey(Activation, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "activation", "seen_by"], name="a_change_is_seen_once"),)


class Impact(Row):
    """
    What a proposal would change, as it was worked out. A working row: it says how far the work has come.

    ``beside`` is the hash of law and ethics beside it; with others the work has to be done again. ``says`` holds what
    every reader may know: how many situations change, and one of each.
    """

    class Outcome(models.TextChoices):
        OPENS = "opens"
        CLOSES = "closes"
        UNCLEAR = "unclear"

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    beside = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    lines = models.PositiveIntegerField(default=0)
    lines_done = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    people_done = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.UNCLEAR)
    says = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["practice", "proposal", "asked_at"], name="impacts_of_a_proposal"),)

    @property
    def is_ready(self) -> bool:
        return self.ended_at is not None


class Finding(Row):
    """One line of the ledger, or one cell of a living sharing map, that would be decided otherwise. Codes and ids."""

    class Kind(models.TextChoices):
        LINE = "line"
        CELL = "cell"

    impact = models.ForeignKey(Impact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    category = models.CharField(max_length=30)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    decided_at = models.DateTimeField()
    opens = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["practice", "impact", "kind", "opens"], name="findings_of_an_impact"),)
