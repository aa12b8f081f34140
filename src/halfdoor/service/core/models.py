"""The practice, and the rows that keep its keys, its chain and its jobs."""

import uuid

from django.db import models

from halfdoor.service.core.rows import Row


class Practice(models.Model):
    """
    A practice: the tenant every other row belongs to.

    `place`, `setting`, `provider` and `practitioner` are values of the engine's facts of the same name.

    `doors_shut` stands here because it is read with whoever signs in: while it does, families, young people and teams
    see nothing, and no consent counts. Why, and what has to be gone through, say the lost lines (`disclosures.gaps`).
    `records_wait` stands here for the same reason: something about a record waits for a second person (`records`), so
    that *Today* asks for it only then.
    `escrow_stands` likewise: process notes were asked for in escrow, and it is not over or its author has not read it.
    `journal_read_to` is how far the second journal had been compared with the chain, in bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=20)
    setting = models.CharField(max_length=40)
    provider = models.CharField(max_length=40)
    practitioner = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=10, default="en-us")
    is_demo = models.BooleanField(default=False)
    doors_shut = models.BooleanField(default=False)
    records_wait = models.BooleanField(default=False)
    escrow_stands = models.BooleanField(default=False)
    journal_read_to = models.PositiveBigIntegerField(default=0)


class PracticeKey(Row):
    """
    A practice's own key, wrapped by the root key of that version. It wraps the keys of its young people and authors.

    A new version is used for everything wrapped from then on; older ones still open what they wrapped.
    """

    version = models.PositiveIntegerField(default=1)
    root_version = models.PositiveIntegerField(default=1)
    wrapped = models.BinaryField()

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "version"], name="practice_key_version"),)


class PersonKey(Row):
    """
    The key of one young person's texts, wrapped by a key of their practice.

    ``slot`` says where its half lies that is in no database (`core.shares`; 0: it has none yet). An erased key stays as
    an empty row: what it sealed can never be read again, and nothing new is sealed for them.
    """

    person = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    practice_key = models.ForeignKey(PracticeKey, on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveIntegerField(default=0)
    wrapped = models.BinaryField()

    class Meta(Row.Meta):
        constraints = (
            models.UniqueConstraint(fields=["practice", "person", "version"], name="person_key_version"),
            models.UniqueConstraint(
                fields=["practice", "slot"], condition=models.Q(slot__gt=0), name="a_half_belongs_to_one_key"
            ),
        )


class AuthorKey(Row):
    """
    The key of what one account writes for itself, wrapped by a key of its practice; see `core.authors`.

    It opens only together with a young person's, and stays when the account is closed.
    """

    author = models.UUIDField()
    practice_key = models.ForeignKey(PracticeKey, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "author"], name="one_key_an_author"),)


class ChainEntry(Row):
    """
    One line of a practice's chain; `core.chain` writes and checks it.

    `entry` is the canonical JSON that was hashed, kept letter for letter; `leaf` is that hash in hexadecimal.
    """

    sequence = models.PositiveBigIntegerField()
    entry = models.TextField()
    leaf = models.CharField(max_length=64)

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "sequence"], name="chain_sequence"),)


class StampedLine(Row):
    """In which line of the chain an act stands (``about`` is the id of its row): `core.stamps` makes a stamp of it."""

    about = models.UUIDField()
    entry = models.ForeignKey(ChainEntry, on_delete=models.PROTECT, related_name="+")

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "about"], name="one_stamped_line_an_act"),)


class Job(Row):
    """
    Something to be done after the transaction that asked for it; `core.jobs` explains the life of one.

    `due_at` is when it may be taken; while somebody works on it, it is the end of their lease. Arguments are ids and
    codes, never what a person wrote.
    """

    class Outcome(models.TextChoices):
        """How a job ended."""

        OPEN = "open"
        DONE = "done"
        FAILED = "failed"

    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=200, blank=True)
    enqueued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    error = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["practice", "dedupe_key"],
                condition=models.Q(outcome="open") & ~models.Q(dedupe_key=""),
                name="job_open_once",
            ),
        )
        indexes = (models.Index(fields=["practice", "due_at"], condition=models.Q(outcome="open"), name="job_due"),)


class UsedForm(Row):
    """A form that was accepted, by the id it was handed out with; see `core.once`."""

    form = models.UUIDField()
    used_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "form"], name="form_used_once"),)


class SealingKey(Row):
    """
    The key with which a practice seals files, wrapped by a key of the practice, with its certificate (DER).

    The certificate is no secret: whoever has it can tell the practice's seal from somebody else's.
    """

    version = models.PositiveIntegerField(default=1)
    certificate = models.BinaryField()
    practice_key = models.ForeignKey(PracticeKey, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "version"], name="sealing_key_version"),)


class Emptying(Row):
    """
    While a row of a practice stands here, sealed columns of its append-only rows may be emptied, and nothing else.

    It is written and taken away in one transaction by `core.erasing`, and by nobody else; triggers look for it.
    """
