"""Notes, version by version, behind the wall; write-ups that hold them together; drafts; what a family agreed."""

import json
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import authors
from halfdoor.service.core.guarding import GuardedRow
from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.notes import choices
from halfdoor.service.people.models import YoungPerson

KIND = "note"
PROCESS_KIND = "process_note"
KINDS = (KIND, PROCESS_KIND)
"""Under which words items of this room stand."""


class Note(GuardedRow):
    """
    One version of a note: the words of an item, for good. A correction is the next version.

    ``body``, the name of whoever said it (``source``) and the reason for a correction (``because``) lie sealed under
    the young person's key, for this row alone. ``entered`` holds what stood in the item's columns at this version.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    body_sealed = sealed_field()
    source_sealed = sealed_field()
    because_sealed = sealed_field()
    entered = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    body = Sealed("body_sealed", person="young_person_id")
    source = Sealed("source_sealed", person="young_person_id")
    because = Sealed("because_sealed", person="young_person_id")

    class Meta(GuardedRow.Meta):
        constraints = (UniqueConstraint(fields=["practice", "item", "version"], name="one_note_a_version"),)


class ProcessNote(GuardedRow):
    """
    One version of a process note, for good: apart from other notes, and behind a wall of its own.

    ``body`` and the reason for a correction (``because``) take the key of their author beside the young person's.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    body_sealed = sealed_field()
    because_sealed = sealed_field()
    entered = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    body = Sealed("body_sealed", person="young_person_id", author="written_by_id")
    because = Sealed("because_sealed", person="young_person_id", author="written_by_id")

    class Meta(GuardedRow.Meta):
        constraints = (UniqueConstraint(fields=["practice", "item", "version"], name="one_process_note_a_version"),)


class WriteUp(Row):
    """What was written after one session, as one. It says nothing of what is in it; its notes go through the gate."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("people.Episode", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices.SessionKind)
    met_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class WriteUpPart(Row):
    """One note of a write-up."""

    write_up = models.ForeignKey(WriteUp, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "item"], name="a_note_is_in_one_write_up"),)


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, author: models.Model) -> Self:
        return self.filter(author=author.pk)


class Draft(Row):
    """
    What somebody has typed and not finished, field by field, for its author alone, under their key too. With
    ``corrects`` it is to become the next version (``from_version`` was looked at) of a finished note. It goes when it
    is finished or thrown away.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("people.Episode", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    from_version = models.PositiveIntegerField(default=0)
    category = models.CharField(max_length=30, blank=True, default="", help_text="of what it corrects")
    typed_sealed = sealed_field()
    began_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    typed = Sealed("typed_sealed", person="young_person_id", author="author_id")

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "author", "kept_at"], name="drafts_of_an_author"),)

    def typed_by(self, reader: Account) -> dict[str, list[str]]:
        """Return what its author typed so far, by field; nothing to anybody else."""
        if reader.pk != self.author_id:
            return {}
        with authors.opened([reader.pk]):
            typed: dict[str, list[str]] = json.loads(self.typed or "{}")
        return typed


class Allowance(Row):
    """A sentence repeats what a private note says, and its author let it stand; with the reason they gave."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    source = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    likeness = models.CharField(max_length=12)
    why = models.CharField(max_length=20, choices=choices.Why)
    sentence_sealed = sealed_field()
    words_sealed = sealed_field()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    sentence = Sealed("sentence_sealed", person="young_person_id")
    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "item"], name="allowances_of_an_item"),)


class SecretsAgreementQuerySet(models.QuerySet["SecretsAgreement"]):
    def about(self, young_person: YoungPerson) -> Self:
        return self.filter(practice=young_person.practice_id, young_person=young_person)


class SecretsAgreement(Row):
    """
    What a family signed about secrets before their sessions. The newest that was signed by the day of a session holds.

    ``signed_by`` are the memberships of those who signed.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=14, choices=choices.SecretsRule)
    signed_on = models.DateField()
    signed_by = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SecretsAgreementQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "signed_on"], name="secrets_of_a_family"),)
