"""Items, the ledger's lines beside the chain, what has to happen around them, and the packs they rest on."""

from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core.guarding import GuardedQuerySet, GuardedRow
from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.disclosures import choices
from halfdoor.service.disclosures.codes.rows import CodesSettled as CodesSettled
from halfdoor.service.disclosures.codes.rows import CodesWish as CodesWish
from halfdoor.service.disclosures.escrow.rows import Escrow as Escrow
from halfdoor.service.disclosures.escrow.rows import EscrowClosed as EscrowClosed
from halfdoor.service.disclosures.escrow.rows import EscrowReading as EscrowReading
from halfdoor.service.disclosures.escrow.rows import EscrowSeen as EscrowSeen
from halfdoor.service.disclosures.escrow.rows import EscrowSettled as EscrowSettled
from halfdoor.service.disclosures.gaps.rows import LostLine as LostLine
from halfdoor.service.disclosures.gaps.rows import LostLineReview as LostLineReview
from halfdoor.service.disclosures.house.rows import Activation as Activation
from halfdoor.service.disclosures.house.rows import Proposal as Proposal
from halfdoor.service.disclosures.legal.rows import Advice as Advice
from halfdoor.service.disclosures.legal.rows import Consultation as Consultation
from halfdoor.service.people.models import YoungPerson


class ItemQuerySet(GuardedQuerySet):
    """Items, lazily: only the gate can evaluate them."""

    def about(self, young_person: YoungPerson) -> Self:
        return self.filter(practice=young_person.practice_id, young_person=young_person)

    def of_kind(self, *kinds: str) -> Self:
        """Those whose payload lies in the room registered under one of these words."""
        return self.filter(kind__in=kinds)


Items = models.Manager.from_queryset(ItemQuerySet)


class Item(GuardedRow):
    """
    Whatever can be shared, in one row; its payload lies sealed in the room registered under ``kind``.

    The gate's lists touch only these columns. A change of content or marks raises ``version``: who was given an earlier
    version was not given this one.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("people.Episode", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=30)
    topic = models.CharField(max_length=20, blank=True, default="", choices=Topic)
    kept_private = models.CharField(max_length=8, choices=choices.Mark, default=choices.Mark.NO)
    given_in_confidence = models.CharField(max_length=8, choices=choices.Mark, default=choices.Mark.NO)
    about_third_party = models.CharField(max_length=8, choices=choices.Mark, default=choices.Mark.NO)
    source_promised_confidence = models.CharField(max_length=8, choices=choices.Mark, default=choices.Mark.NO)
    marks_cover = models.CharField(max_length=12, choices=choices.MarksCover, default=choices.MarksCover.EVERYTHING)
    said_by = models.CharField(max_length=20, choices=choices.SaidBy)
    source_may_be_known = models.CharField(
        max_length=8,
        choices=choices.Mark,
        default=choices.Mark.UNKNOWN,
        help_text="whether the young person may know who said it; anything but yes means no",
    )
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    was_delivered: bool  # set by the gate's lists: this version has reached the one who looks

    objects: ClassVar["Items[Item]"] = Items()

    class Meta(GuardedRow.Meta):
        indexes = (
            # Every column the gate's list asks about, in the order in which the list is read.
            models.Index(
                fields=[
                    "practice",
                    "young_person",
                    "written_at",
                    "id",
                    "kind",
                    "category",
                    "topic",
                    "episode",
                    "kept_private",
                    "given_in_confidence",
                    "about_third_party",
                    "source_promised_confidence",
                    "marks_cover",
                ],
                name="items_in_the_gates_order",
            ),
            models.Index(
                fields=["practice", "young_person", "category", "written_at", "id"], name="items_of_a_category"
            ),
        )


class PackVersion(Row):
    """A version of a pack, byte for byte: lines that rest on it are decided again with exactly these words."""

    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(help_text="content of its files by name")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "sha256"], name="a_pack_version_is_kept_once"),)


class Line(Row):
    """
    What stands beside one entry of the practice's chain: codes and ids to find it by, and the situation, sealed.

    ``situations`` lie under the young person's key with the salts of their commitments in the chain. Once that key is
    destroyed the line stays, and says that it can no longer be decided again. ``disposition`` is the least open of a
    page's.
    """

    entry = models.ForeignKey("core.ChainEntry", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices.LineKind)
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    relation = models.CharField(max_length=30)
    category = models.CharField(max_length=30)
    disposition = models.CharField(max_length=20)
    situations_sealed = sealed_field()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    situations = Sealed("situations_sealed", person="young_person_id")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "entry"], name="one_line_an_entry"),)
        indexes = (
            # In the order in which they are read, with what leaves most of them out of an account.
            models.Index(fields=["practice", "young_person", "at", "id", "kind", "relation"], name="lines_in_order"),
        )


class Look(Row):
    """Somebody on the staff opened a page about a young person. ``page`` is the name of its address."""

    entry = models.ForeignKey("core.ChainEntry", on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "entry"], name="one_look_an_entry"),)
        indexes = (
            models.Index(fields=["practice", "young_person", "at"], name="looks_at_a_young_person"),
            models.Index(fields=["practice", "young_person", "by", "at"], name="looks_of_somebody"),
        )


class OrdinaryRefusal(Row):
    """
    A refusal that would have been one without any suspicion, limit of a court or danger: the young person reads it.

    Any other refusal would tell on their page, which others may see too, that there is something.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "line"], name="a_refusal_is_ordinary_once"),)


class Noticed(Row):
    """A young person said that they have seen what was shared up to a moment."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    upto_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "upto_at"], name="notices_of_a_young_person"),)


class Talk(Row):
    """
    A therapist and a young person talked about who needs to know. ``words`` are the young person's, sealed.

    What they agreed about each person is a row of its own, and a wish besides, by which the gate decides.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_field()
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "held_at"], name="talks_with_a_young_person"),)


class TalkedAbout(Row):
    """What was agreed in a talk about one person: whether they need to know, and how they hear it."""

    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    agreed = models.CharField(max_length=20, choices=choices.Agreed)
    categories = models.JSONField(default=list, help_text="the kinds of information it is about")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "talk", "membership"], name="a_person_once_a_talk"),)


class Hold(Row):
    """
    Police or an agency said that an account of this line would hinder their work: it is left out until a day.

    ``said`` is what they stated, sealed. A statement by word of mouth holds for thirty days at most.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    in_writing = models.CharField(max_length=3, choices=choices.InWriting)
    until_on = models.DateField()
    said_sealed = sealed_field()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    said = Sealed("said_sealed", person="whose")

    class Meta:
        indexes = (models.Index(fields=["practice", "line"], name="holds_of_a_line"),)

    @property
    def whose(self) -> UUID:
        """The id of the young person under whose key the statement is sealed."""
        return self.line.young_person_id


class Accounting(Row):
    """
    An account of what was shared was given: for which days, in which copy, and to whom (no member: to the staff).

    That it was asked for is itself on the chain.
    """

    entry = models.ForeignKey("core.ChainEntry", on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    copy = models.CharField(max_length=10, choices=choices.Copy)
    since_on = models.DateField()
    until_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "entry"], name="one_accounting_an_entry"),)
        indexes = (models.Index(fields=["practice", "young_person", "at"], name="accountings_about_somebody"),)


class ChainCheck(Row):
    """The whole chain of the practice was read: up to which line, and what was wrong (empty: nothing)."""

    lines = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    says = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "at"], name="checks_of_the_chain"),)


class Delivery(Row):
    """One version of one item reached one person for the first time."""

    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            UniqueConstraint(fields=["practice", "membership", "item", "version"], name="a_version_is_delivered_once"),
        )


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> Self:
        """Those that nobody has fulfilled."""
        done = Fulfilment.objects.filter(practice=models.OuterRef("practice"), obligation=models.OuterRef("pk"))
        return self.exclude(models.Exists(done))


class Obligation(Row):
    """Something that has to happen around a line of the ledger, by its code in the judgement's closed list."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    who = models.CharField(max_length=24)
    when = models.CharField(max_length=6)
    due_at = models.DateTimeField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "line", "code"], name="an_obligation_once_a_line"),)
        indexes = (
            models.Index(fields=["practice", "young_person", "due_at"], name="obligations_that_fall_due"),
            models.Index(fields=["practice", "young_person", "code", "line"], name="obligations_by_code"),
        )


class Fulfilment(Row):
    """Somebody did what had to happen."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "obligation"], name="an_obligation_is_fulfilled_once"),)
