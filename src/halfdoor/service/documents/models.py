"""Papers in their versions, who is asked to answer them, and what they said. Nothing is overwritten."""

import base64
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.documents import choices
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import YoungPerson


class Version(Row):
    """
    One version of a paper, in force from a day on until the next one is. ``because`` says what is new and why.

    A version is looked at again every so many months; ``Review`` is somebody having done so.
    """

    kind = models.CharField(max_length=30, choices=choices.Kind)
    number = models.PositiveIntegerField()
    effective_on = models.DateField()
    review_months = models.PositiveSmallIntegerField(default=12)
    because = models.CharField(max_length=500)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "kind", "number"], name="a_version_has_one_number"),)


class Text(Row):
    """The words of a version in one language. ``body`` is plain text; `documents.blocks` says how it is read."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "version", "language"], name="one_text_a_language"),)


class Review(Row):
    """Somebody looked at a version again and let it stand."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)


class AskingQuerySet(models.QuerySet["Asking"]):
    def of(self, young_person: YoungPerson) -> Self:
        return self.filter(practice=young_person.practice_id, young_person=young_person)

    def open(self) -> Self:
        """Those that nobody took back."""
        ended = AskingEnd.objects.filter(practice=models.OuterRef("practice"), asking=models.OuterRef("pk"))
        return self.exclude(models.Exists(ended))


class Asking(Row):
    """Somebody is asked to answer a paper, in whatever version is in force when they do."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=choices.Kind)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AskingQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person"], name="askings_of_a_young_person"),)


class AskingEnd(Row):
    """Nobody waits for this answer any more."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "asking"], name="an_asking_ends_once"),)


class SigningQuerySet(models.QuerySet["Signing"]):
    def of(self, young_person: YoungPerson) -> Self:
        return self.filter(practice=young_person.practice_id, young_person=young_person)

    def own(self) -> Self:
        """Answers of whoever was asked, without those of the therapist who signs beside them."""
        return self.filter(beside__isnull=True)


class Signing(Row):
    """
    What somebody said to a paper: to which version, in which language, how, and what exactly they had before them.

    A therapist's signature stands ``beside`` that of whoever was asked. ``words`` are their own, or those of whoever
    wrote down what was said aloud; ``strokes`` are those of a drawn signature.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    beside = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    language = models.CharField(max_length=10)
    answer = models.CharField(max_length=10, choices=choices.Answer)
    manner = models.CharField(max_length=10, choices=choices.Manner)
    relation = models.CharField(max_length=30, choices=Relation)
    time_zone = models.CharField(max_length=64)
    shown_sealed = sealed_field()
    printed_name_sealed = sealed_field()
    strokes_sealed = sealed_field()
    words_sealed = sealed_field()
    signed_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    shown = Sealed("shown_sealed", person="young_person_id")
    printed_name = Sealed("printed_name_sealed", person="young_person_id")
    strokes = Sealed("strokes_sealed", person="young_person_id")
    words = Sealed("words_sealed", person="young_person_id")

    objects = SigningQuerySet.as_manager()

    @property
    def typed_another_name(self) -> bool:
        """Whether what was typed as a name is not how whoever signed is called on record."""
        typed, known = (" ".join(name.split()).casefold() for name in (self.printed_name, self.membership.person.name))
        return bool(typed) and typed != known

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "beside"], name="one_signature_beside"),)
        indexes = (models.Index(fields=["practice", "young_person"], name="signings_of_a_young_person"),)


class File(Row):
    """The sealed file of an answer. One with a therapist's signature holds both, and the first one stays."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content_sealed = sealed_field()
    made_at = models.DateTimeField()

    _content = Sealed("content_sealed", person="young_person_id")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "signing"], name="one_file_a_signature"),)

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return base64.b64decode(self._content)

    @content.setter
    def content(self, content: bytes) -> None:
        self._content = base64.b64encode(content).decode()
