"""Process notes in escrow: asked for by one officer, agreed to by another, open until a moment. Rows are only added."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field


class WhyEscrow(models.TextChoices):
    """Why process notes have to be opened without their author."""

    DIED = "died", _("The author has died")
    LEFT = "left", _("The author has left and cannot be asked")
    ILL = "ill", _("The author is ill or away and cannot be reached")
    COURT = "court", _("A court orders these notes")
    SAFETY = "safety", _("Somebody is in danger, and the answer may stand there")


class EscrowOutcome(models.TextChoices):
    """What a second officer said, or that it was taken back."""

    AGREED = "agreed", _("agreed")
    DROPPED = "dropped", _("left closed")


class EscrowQuerySet(models.QuerySet["Escrow"]):
    def waiting(self, *, at: datetime) -> Self:
        """Those that nobody has settled, and that have not lapsed."""
        settled = EscrowSettled.objects.filter(practice=OuterRef("practice"), escrow=OuterRef("pk"))
        return self.filter(lapses_at__gt=at).exclude(Exists(settled))

    def open(self, *, at: datetime) -> Self:
        """Those in which the notes can be read at a moment."""
        of_it = {"practice": OuterRef("practice"), "escrow": OuterRef("pk")}
        agreed = EscrowSettled.objects.filter(**of_it, outcome=EscrowOutcome.AGREED, until_at__gt=at)
        return self.filter(Exists(agreed)).exclude(Exists(EscrowClosed.objects.filter(**of_it)))

    def standing(self, *, at: datetime) -> Self:
        """Those that wait or are open."""
        waits, is_open = self.waiting(at=at).values("pk"), self.open(at=at).values("pk")
        return self.filter(Q(pk__in=waits) | Q(pk__in=is_open))


class Escrow(Row):
    """
    An officer asks to open the process notes of one author about one young person. ``because`` is sealed.

    Nothing opens by it. Unless a second officer agrees by ``lapses_at``, it lapses.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=WhyEscrow)
    because_sealed = sealed_field()
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    because = Sealed("because_sealed", person="young_person_id")

    objects = EscrowQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "asked_at"], name="escrows_in_time"),)


class EscrowSettled(Row):
    """A second officer agreed, and whoever asked can read until ``until_at``; or it was left closed."""

    escrow = models.ForeignKey(Escrow, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=EscrowOutcome)
    until_at = models.DateTimeField()
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "escrow"], name="an_escrow_is_settled_once"),)


class EscrowClosed(Row):
    """An officer closed it before its hours were over."""

    escrow = models.ForeignKey(Escrow, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "escrow"], name="an_escrow_is_closed_once"),)


class EscrowReading(Row):
    """Whoever asked read the notes: so many of them."""

    escrow = models.ForeignKey(Escrow, on_delete=models.PROTECT, related_name="+")
    notes = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "escrow", "read_at"], name="readings_in_escrow"),)


class EscrowSeen(Row):
    """The author said that they have read what became of it."""

    escrow = models.ForeignKey(Escrow, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "escrow"], name="an_author_reads_of_it_once"),)
