"""Young people, their circle, and the dated facts about both. A fact is never overwritten: a change is a new row."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.people import choices


class Person(Row):
    """Somebody with a name. Their account, if they sign in, is theirs alone."""

    name = models.CharField(max_length=200)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "account"], name="one_person_an_account"),)


class YoungPerson(Row):
    """A young person in care. Without ``born_on`` their age is unknown, which never opens anything."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    born_on = models.DateField(null=True, blank=True)

    found_for: UUID | None = None  # the account that found them as one of theirs: see `queries.is_theirs`
    found_circle: "list[Membership] | None" = None  # read with them: see `queries.own_record`

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "person"], name="one_young_person_a_person"),)

    @property
    def name(self) -> str:
        return self.person.name or _("erased")


class SharingVersion(Row):
    """
    The row that every release locks and every change of who may know raises, so that one of the two comes first.

    A lock on an old consent does not hold back the insertion of a new court order; a lock on this row does.

    ``newest_at`` is the newest moment at which anything happened under the lock. Whoever read the clock and then waited
    for the lock decides after that moment, not before it.
    """

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    newest_at = models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "young_person"], name="one_version_a_young_person"),)


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def of(self, young_person: YoungPerson) -> Self:
        return self.filter(practice=young_person.practice_id, young_person=young_person)

    def with_endings(self, *, by: datetime) -> Self:
        """Each with ``has_ended``: whether its end had been recorded by a moment."""
        endings = EpisodeEnding.objects.filter(
            practice=models.OuterRef("practice"), episode=models.OuterRef("pk"), recorded_at__lte=by
        )
        return self.annotate(has_ended=models.Exists(endings))


class Episode(Row):
    """
    One episode of care. What it rests on is in ``EpisodeTerms``, and never changes the answer for another episode.
    """

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    setting = models.CharField(max_length=20, choices=choices.Setting)
    started_on = models.DateField()

    has_ended: bool  # set by ``with_endings``

    objects = EpisodeQuerySet.as_manager()


class EpisodeEnding(Row):
    """The end of an episode of care."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "episode"], name="an_episode_ends_once"),)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, young_person: YoungPerson) -> Self:
        return self.filter(practice=young_person.practice_id, young_person=young_person)

    def held_by(self, account: models.Model) -> Self:
        """Memberships of the person who signs in with this account."""
        return self.filter(person__account=account.pk)

    def current(self) -> Self:
        """Those that nobody has ended."""
        ended = MembershipEnding.objects.filter(practice=models.OuterRef("practice"), membership=models.OuterRef("pk"))
        return self.exclude(models.Exists(ended))


class Membership(Row):
    """
    A person's place in a young person's circle of care. The young person has one too, as ``self``.

    Whoever left and comes back has a new place; the old one stays as it was.
    """

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=30, choices=choices.Relation)
    since_on = models.DateField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["practice", "person"], name="memberships_of_a_person"),
            models.Index(fields=["practice", "young_person"], name="memberships_of_a_circle"),
        )


class MembershipEnding(Row):
    """Somebody left the circle. What they were told stays on record; they are told nothing new."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "membership"], name="a_membership_ends_once"),)


class DatedFact(Row):
    """
    Something on record about a young person, an episode or a membership, from a day on.

    ``SUBJECT`` names the field it is about, ``FACTS`` the contract's fact in each value column, ``SCOPE`` the column
    that narrows it; ``evidence`` is how it was shown, ``document`` where the paper is.

    Of two rows about the same thing the one that took effect later holds; on the same day, the one recorded later. What
    was recorded later and closes more holds all the same, from whatever day: bad news comes late.
    """

    SUBJECT: ClassVar[str] = "membership"
    FACTS: ClassVar[Mapping[str, str]]
    SCOPE: ClassVar[str] = ""

    effective_on = models.DateField()
    lapses_on = models.DateField(null=True, blank=True, help_text="the first day on which it no longer holds")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evidence_sealed = sealed_field()
    document_sealed = sealed_field()

    evidence = Sealed("evidence_sealed", person="about_id")
    document = Sealed("document_sealed", person="about_id")

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(lapses_on__isnull=True) | Q(lapses_on__gt=models.F("effective_on")),
                name="%(class)s_lapses_after_it_begins",
            ),
        )

    @property
    def about(self) -> YoungPerson:
        """The young person whom the fact concerns, directly or through a membership or an episode."""
        subject = getattr(self, self.SUBJECT)
        return subject if isinstance(subject, YoungPerson) else subject.young_person

    @property
    def about_id(self) -> UUID:
        """The id of that young person, under whose key the evidence is sealed."""
        return self.about.pk


class Authority(DatedFact):
    """Legal authority of a member of the circle, as the papers say."""

    FACTS = {"authority": "level"}

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=choices.Level)


class IdentityCheck(DatedFact):
    """Somebody made sure who this is, or could not."""

    FACTS = {"identity": "outcome"}

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=choices.Identity)


class CourtLimit(DatedFact):
    """
    A court order that limits what somebody may be told. It closes from the day it is recorded, reviewed or not.

    When it runs out it gives no authority back: somebody looks first, and records what now holds.
    """

    FACTS = {"court_limit": "limit"}

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    limit = models.CharField(max_length=20, choices=choices.Limit)


class CourtLimitReview(Row):
    """A second person read the order and says whether it stands."""

    court_limit = models.ForeignKey(CourtLimit, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=choices.ReviewOutcome)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Suspicion(DatedFact):
    """Somebody may have harmed, neglected or may endanger the young person; or it was looked into, and is not so."""

    FACTS = {"suspected_of_harm": "suspected"}

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    suspected = models.CharField(max_length=8, choices=choices.Answer)


class CareRole(DatedFact):
    """What part somebody has in the care, and whether their work needs what is known."""

    FACTS = {"involved_in_care": "involved_in_care", "needs_it_for_role": "needs_it_for_role"}

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    involved_in_care = models.CharField(max_length=8, choices=choices.Answer, default=choices.Answer.UNKNOWN)
    needs_it_for_role = models.CharField(max_length=8, choices=choices.Answer, default=choices.Answer.UNKNOWN)


class CompetenceAssessment(DatedFact):
    """
    Whether the young person can decide about one kind of information (``category``; empty: any), with its day of lapse.

    A lapsed assessment counts as none.
    """

    SUBJECT = "young_person"
    FACTS = {"competence": "outcome"}
    SCOPE = "category"

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=14, choices=choices.Competence)
    category = models.CharField(max_length=30, blank=True, default="")


class Standing(DatedFact):
    """A standing before the law that age alone does not give."""

    SUBJECT = "young_person"
    FACTS = {"status": "status"}

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=choices.LegalStatus)


class CareStatus(DatedFact):
    """Whether an authority looks after the young person, and who placed them."""

    SUBJECT = "young_person"
    FACTS = {"looked_after": "looked_after", "placed_by": "placed_by"}

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    looked_after = models.CharField(max_length=20, choices=choices.LookedAfter, default=choices.LookedAfter.UNKNOWN)
    placed_by = models.CharField(max_length=20, choices=choices.PlacedBy, default=choices.PlacedBy.UNKNOWN)


class EpisodeTerms(DatedFact):
    """What an episode of care rests on."""

    SUBJECT = "episode"
    FACTS = {
        "legal_basis": "legal_basis",
        "wants_parent_as_representative": "wants_parent_as_representative",
        "substance_use_programme": "substance_use_programme",
        "paid_privately_in_full": "paid_privately_in_full",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=30, choices=choices.LegalBasis, default=choices.LegalBasis.UNKNOWN)
    wants_parent_as_representative = models.CharField(
        max_length=8, choices=choices.Answer, default=choices.Answer.UNKNOWN
    )
    substance_use_programme = models.CharField(max_length=8, choices=choices.Answer, default=choices.Answer.NO)
    paid_privately_in_full = models.CharField(max_length=8, choices=choices.Answer, default=choices.Answer.NO)


DATED_FACTS: tuple[type[DatedFact], ...] = (
    Authority,
    IdentityCheck,
    CourtLimit,
    Suspicion,
    CareRole,
    CompetenceAssessment,
    Standing,
    CareStatus,
    EpisodeTerms,
)
