"""Who is asked to answer which paper, what they said, and what is still waited for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.documents.choices import RULES, Answer, Kind, Manner, Party, party_of
from halfdoor.service.documents.models import Asking, File, Signing, Text, Version
from halfdoor.service.documents.queries.library import in_force, texts_of
from halfdoor.service.documents.showing import Shown, best_language, shown_to
from halfdoor.service.people import facts, knowing
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.facts import age_on, day_in
from halfdoor.service.people.models import Membership, YoungPerson

YOUNGER = 13
"""Below this age the words for younger readers are meant."""

YES = (Answer.AGREED, Answer.ASSENTED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one paper stands with one person: what they were asked, the newest they said, and what is in force."""

    member: Membership
    kind: str
    asking: Asking | None
    newest: Signing | None
    version: Version | None
    has_file: bool = False
    lacks_therapist: bool = False

    @property
    def is_due(self) -> bool:
        """
        Whether an answer is waited for: none since it was asked for, or a yes to an earlier version.

        A no stays a no. Nobody is asked again because the paper changed, only by somebody who asks.
        """
        if self.asking is None or self.version is None:
            return False
        newest = self.newest
        said = (newest.signed_at, newest.version.number, newest.answer) if newest else None
        return waits(self.asking.asked_at, self.version.number, said)

    @property
    def is_outdated(self) -> bool:
        """Whether what they said was about an earlier version."""
        return bool(self.newest and self.version and self.newest.version.number < self.version.number)

    @property
    def title(self) -> str:
        return str(Kind(self.kind).label)


def waits(asked_at: datetime, in_force: int, said: tuple[datetime, int, str] | None) -> bool:
    """Whether an answer to a paper is waited for: ``said`` is when what was answered last, to which version."""
    if said is None or said[0] < asked_at:
        return True
    return said[1] < in_force and said[2] in YES


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of one person in one circle: what waits for them, and what they answered."""

    membership_id: UUID
    name: str
    due: tuple[Standing, ...]
    answered: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper before somebody's eyes: how it stands with them, and its words."""

    standing: Standing
    shown: Shown

    @property
    def young_person(self) -> YoungPerson:
        return self.standing.member.young_person


def standings(members: Sequence[Membership], *, at: datetime) -> list[Standing]:
    """Return how every paper stands that these members of one practice were asked for or answered. Four queries."""
    if not members:
        return []
    practice = members[0].young_person.practice
    versions = in_force(practice, on=day_in(practice, at=at))
    mine = {"practice": practice, "membership__in": [member.pk for member in members]}
    asked = {(one.membership_id, one.kind): one for one in Asking.objects.open().filter(**mine).order_by("asked_at")}
    signed = _signings().filter(**mine).order_by("signed_at", "id")
    newest = {(one.membership_id, one.version.kind): one for one in signed}
    return [
        _standing(member, kind, asked, newest, versions)
        for member in members
        for kind in Kind.values
        if (member.pk, kind) in asked or (member.pk, kind) in newest
    ]


def _signings() -> "QuerySet[Signing]":
    beside = Signing.objects.filter(practice=OuterRef("practice"), beside=OuterRef("pk"))
    files = File.objects.filter(practice=OuterRef("practice"), signing=OuterRef("pk"))
    rows = Signing.objects.own().select_related("version").defer("shown_sealed", "strokes_sealed")
    return rows.annotate(has_beside=Exists(beside), has_file=Exists(files))


def _standing(
    member: Membership,
    kind: str,
    asked: dict[tuple[UUID, str], Asking],
    newest: dict[tuple[UUID, str], Signing],
    versions: dict[str, Version],
) -> Standing:
    said = newest.get((member.pk, kind))
    waits = bool(said and _wants_therapist(said) and not getattr(said, "has_beside", False))
    has_file = bool(said and getattr(said, "has_file", False))
    return Standing(member, kind, asked.get((member.pk, kind)), said, versions.get(kind), has_file, waits)


def _wants_therapist(signing: Signing) -> bool:
    """Whether a therapist signs beside it. What was said aloud was written down by one."""
    signed = signing.answer in YES and signing.manner != Manner.ALOUD
    return signed and RULES[signing.version.kind].with_therapist


def papers_of_family(reader: Account, *, at: datetime) -> list[Papers]:
    """Return a caregiver's papers for each young person whose care they may know of."""
    members = [member for member in knowing.known_to(reader, at=at) if party_of(member.relation) is Party.CAREGIVER]
    found = standings(members, at=at)
    return [_papers(member, found) for member in members]


def papers_of_mine(reader: Account, *, at: datetime) -> Papers:
    """
    Return a young person's own papers.

    :raises Membership.DoesNotExist: if the account is not a young person's
    """
    me = people.own_membership(reader)
    return _papers(me, standings([me], at=at))


def _papers(member: Membership, found: Iterable[Standing]) -> Papers:
    theirs = [one for one in found if one.member == member]
    return Papers(
        membership_id=member.pk,
        name=member.young_person.name,
        due=tuple(one for one in theirs if one.is_due),
        answered=tuple(one for one in theirs if one.newest),
    )


def paper_for_family(reader: Account, asking_id: UUID, *, language: str, at: datetime) -> Reading:
    """
    Return a paper that a caregiver is asked to answer.

    :raises Asking.DoesNotExist: if they are not asked for it, or may not know of the care
    """
    return _reading(knowing.known_to(reader, at=at), asking_id, language=language, at=at)


def paper_for_me(reader: Account, asking_id: UUID, *, language: str, at: datetime) -> Reading:
    """
    Return a paper that a young person is asked to answer.

    :raises Asking.DoesNotExist: if they are not asked for it
    """
    return _reading(
        list(people.memberships_of(reader).filter(relation=Relation.SELF)), asking_id, language=language, at=at
    )


def _reading(members: Sequence[Membership], asking_id: UUID, *, language: str, at: datetime) -> Reading:
    by_id = {member.pk: member for member in members}
    asking = Asking.objects.open().get(pk=asking_id, membership__in=list(by_id))
    member = by_id[asking.membership_id]
    standing = next(one for one in standings([member], at=at) if one.kind == asking.kind)
    return Reading(standing, shown_in_force(member.young_person, asking.kind, language=language, at=at))


def shown_in_force(
    young_person: YoungPerson, kind: str, *, language: str, terms: dict[str, str] | None = None, at: datetime
) -> Shown:
    """
    Return a paper as it reads today for one young person, in a language. For whoever found them.

    :raises Asking.DoesNotExist: if the practice has no such paper in force
    """
    return shown_to(young_person, text_in_force(young_person, kind, language=language, at=at), terms=terms)


def text_in_force(young_person: YoungPerson, kind: str, *, language: str, at: datetime) -> Text:
    """
    Return the text of a paper that is in force today, in a language or the nearest to it.

    :raises Asking.DoesNotExist: if the practice has no such paper in force
    """
    version = in_force(young_person.practice, on=day_in(young_person.practice, at=at)).get(kind)
    if version is None:
        raise Asking.DoesNotExist
    written = texts_of([version], practice=young_person.practice)[version.pk]
    return best_language(written, young_person.practice, wanted=language)


def file_for_family(reader: Account, signing_id: UUID, *, at: datetime) -> File:
    """
    Return the newest file of a paper that a caregiver answered themselves, while they may know of the care.

    :raises File.DoesNotExist: if it is somebody else's, or is not there at all
    """
    members = [member.pk for member in knowing.known_to(reader, at=at)]
    return _newest_file(File.objects.filter(signing__membership__in=members), signing_id)


def file_for_me(reader: Account, signing_id: UUID) -> File:
    """
    Return the newest file of a paper that a young person answered themselves.

    :raises File.DoesNotExist: if it is somebody else's, or is not there at all
    """
    mine = people.memberships_of(reader).filter(relation=Relation.SELF)
    return _newest_file(File.objects.filter(signing__membership__in=mine), signing_id)


def file_for_clinician(reader: Account, signing_id: UUID) -> File:
    """
    Return the newest file of a signed paper to a clinician of the young person's circle.

    :raises File.DoesNotExist: if it is of nobody in whose circle they are a clinician
    """
    return _newest_file(File.objects.filter(young_person__in=people.young_people_of(reader)), signing_id)


def _newest_file(files: "QuerySet[File]", signing_id: UUID) -> File:
    """Return the file of an answer; the one with the therapist's signature beside it, where there is one."""
    file = files.select_related("young_person", "signing").get(signing=signing_id)
    both = File.objects.filter(practice=file.practice_id, signing__beside=signing_id).select_related("young_person")
    return both.first() or file


def signing_for_clinician(reader: Account, signing_id: UUID) -> Signing:
    """
    Return an answer to a clinician of the young person's circle.

    :raises Signing.DoesNotExist: if it is about nobody in whose circle they are a clinician
    """
    rows = Signing.objects.own().filter(young_person__in=people.young_people_of(reader))
    joined = rows.select_related("version", "membership__person", "young_person__person", "young_person__practice")
    return joined.get(pk=signing_id)


def beside(signing: Signing) -> Signing | None:
    """Return the therapist's signature beside an answer. For whoever found the answer."""
    rows = Signing.objects.filter(practice=signing.practice_id, beside=signing)
    return rows.select_related("membership__person").first()


def to_countersign(clinician: Account) -> list[Signing]:
    """Return the yeses that wait for a therapist's signature beside them, oldest first."""
    return list(_TO_COUNTERSIGN.rows(Signing, clinician.practice_id, clinician.pk))


def _to_countersign(practice: UUID, clinician: UUID) -> QuerySet[Signing]:
    kinds = [kind for kind, rule in RULES.items() if rule.with_therapist]
    mine = people.young_people_of(known_by_ids(practice, clinician))
    own = Signing.objects.own().filter(version__kind__in=kinds, young_person__in=mine)
    later = Signing.objects.own().filter(
        practice=OuterRef("practice"),
        membership=OuterRef("membership"),
        version__kind=OuterRef("version__kind"),
        signed_at__gt=OuterRef("signed_at"),
    )
    signed = Signing.objects.filter(practice=OuterRef("practice"), beside=OuterRef("pk"))
    waiting = own.filter(answer__in=YES).exclude(manner=Manner.ALOUD).exclude(Exists(later)).exclude(Exists(signed))
    joined = waiting.select_related("version", "membership__person", "young_person__person")
    return joined.defer("shown_sealed", "strokes_sealed").order_by("signed_at", "id")


_TO_COUNTERSIGN = Prepared(_to_countersign, UUID, UUID)


@dataclass(frozen=True, slots=True)
class Row:
    """One person’s papers: how each stands, which usual ones nobody has asked for, and what more could be asked."""

    member: Membership
    standings: tuple[Standing, ...]
    missing: tuple[str, ...]
    more: tuple[str, ...]

    @property
    def askable(self) -> tuple[str, ...]:
        return (*self.missing, *self.more)


def overview(young_person: YoungPerson, *, reader: Account, at: datetime) -> list[Row]:
    """Return what is signed by whom, in which version, and what is missing, to a clinician of the circle."""
    circle = facts.load(young_person, at=at)
    members = [one for one in people.circle_of(young_person, reader=reader) if party_of(one.relation)]
    found = standings(members, at=at)
    there = in_force(young_person.practice, on=circle.today)
    rows = []
    for member in members:
        theirs = tuple(one for one in found if one.member == member)
        askable = tuple(kind for kind in _askable(member, circle) if kind in there)
        asked = {one.kind for one in theirs}
        missing = tuple(kind for kind in askable if kind not in asked and _is_usual(member, kind, circle))
        more = tuple(kind for kind in askable if kind not in missing)
        rows.append(Row(member, theirs, missing, more))
    return rows


def said_to(young_person: YoungPerson, kind: Kind, *, reader: Account) -> list[Signing]:
    """Return what each of a circle said last to one paper, to its clinicians; else nothing."""
    if not people.is_clinician_of(young_person, reader=reader):
        return []
    rows = Signing.objects.of(young_person).own().filter(version__kind=kind).select_related("membership__person")
    newest = {
        one.membership_id: one for one in rows.defer("shown_sealed", "strokes_sealed").order_by("signed_at", "id")
    }
    return sorted(newest.values(), key=lambda one: (one.signed_at, one.pk))


def _askable(member: Membership, circle: facts.Circle) -> tuple[str, ...]:
    """Return every paper somebody can be asked for. Only who may decide about care is asked to consent to it."""
    party = party_of(member.relation)
    decides = circle.of_member(member).get("authority") in (Level.FULL, Level.SHARED)
    kinds = (kind for kind, rule in RULES.items() if party in rule.parties and rule.by_itself)
    return tuple(kind for kind in kinds if kind != Kind.CARE or decides)


def _is_usual(member: Membership, kind: str, circle: facts.Circle) -> bool:
    """Whether a paper is usually answered at the start, by somebody of this age."""
    age = age_on(member.young_person.born_on, circle.today)
    other_age = Kind.CONFIDENTIALITY_OLDER if age is not None and age < YOUNGER else Kind.CONFIDENTIALITY_YOUNGER
    return kind not in (Kind.RECORDING, Kind.SECRETS, other_age)
