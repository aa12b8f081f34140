"""Who keeps records here, what is known for keeping each, and what holds one. Rows are added, never changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, UniqueConstraint

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, Outcome, RecordKind

_YOUNG_PERSON = "people.YoungPerson"


class Keeper(Row):
    """A lead said what the practice's records are to the rules on keeping, and who keeps them. The newest holds."""

    record = models.CharField(max_length=20, choices=RecordKind)
    kept_by = models.CharField(max_length=20, choices=KeptBy)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "said_at"], name="keepers_in_time"),)


class Known(Row):
    """What is known of a young person that says how long their record is kept; no ``died_on``: no death is known."""

    young_person = models.ForeignKey(_YOUNG_PERSON, on_delete=models.PROTECT, related_name="+")
    abuse_alleged = models.CharField(max_length=8, choices=Alleged)
    died_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "recorded_at"], name="known_for_keeping"),)


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def standing(self) -> Self:
        """Those that no two people have lifted."""
        lifted = LiftingSettled.objects.filter(
            practice=OuterRef("practice"), lifting__hold=OuterRef("pk"), outcome=Outcome.AGREED
        )
        return self.exclude(Exists(lifted))


class LegalHold(Row):
    """Nothing of this record may go, whatever the rules say, until two people lift it. ``because`` is sealed."""

    young_person = models.ForeignKey(_YOUNG_PERSON, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=HoldKind)
    because_sealed = sealed_field()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    because = Sealed("because_sealed", person="young_person_id")

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "placed_at"], name="holds_on_a_record"),)


class LiftingQuerySet(models.QuerySet["Lifting"]):
    def waiting(self) -> Self:
        """Those that nobody has settled."""
        settled = LiftingSettled.objects.filter(practice=OuterRef("practice"), lifting=OuterRef("pk"))
        return self.exclude(Exists(settled))


class Lifting(Row):
    """Somebody would lift a hold. It stands until a second person agrees."""

    hold = models.ForeignKey(LegalHold, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey(_YOUNG_PERSON, on_delete=models.PROTECT, related_name="+")
    because_sealed = sealed_field()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    because = Sealed("because_sealed", person="young_person_id")

    objects = LiftingQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "hold"], name="liftings_of_a_hold"),)


class LiftingSettled(Row):
    """A second person agreed that a hold is lifted, or it was left as it is."""

    lifting = models.ForeignKey(Lifting, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "lifting"], name="a_lifting_is_settled_once"),)


class ErasureProposalQuerySet(models.QuerySet["ErasureProposal"]):
    def waiting(self) -> Self:
        """Those that nobody has settled."""
        settled = ErasureSettled.objects.filter(practice=OuterRef("practice"), proposal=OuterRef("pk"))
        return self.exclude(Exists(settled))


class ErasureProposal(Row):
    """A lead would erase a record. ``until_on`` is until when the rules wanted it kept, as it was worked out then."""

    young_person = models.ForeignKey(_YOUNG_PERSON, on_delete=models.PROTECT, related_name="+")
    until_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ErasureProposalQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person"], name="erasures_of_a_record"),)


class ErasureSettled(Row):
    """A second person agreed and the record was erased: so many sealed texts; or it was left as it is."""

    proposal = models.ForeignKey(ErasureProposal, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    texts = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "proposal"], name="an_erasure_is_settled_once"),)
        indexes = (models.Index(fields=["practice", "outcome", "settled_at"], name="erasures_in_time"),)


class CopyAskedQuerySet(models.QuerySet["CopyAsked"]):
    def waiting(self) -> Self:
        """Those that nobody has settled."""
        settled = CopySettled.objects.filter(practice=OuterRef("practice"), asked=OuterRef("pk"))
        return self.exclude(Exists(settled))


class CopyAsked(Row):
    """Somebody of the circle asked at their own door for a copy of what they may have of the record."""

    young_person = models.ForeignKey(_YOUNG_PERSON, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CopyAskedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "membership", "asked_at"], name="copies_asked_for"),)


class CopySettled(Row):
    """A clinician made sure who asked, and the copy can be fetched until a moment; or they talk with them first."""

    asked = models.ForeignKey(CopyAsked, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    until_at = models.DateTimeField()
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "asked"], name="a_copy_is_settled_once"),)
