"""Consents to share: what was given by whom, how it stands, what has gone on it, and what somebody is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.agreements.consents import Terms, terms_of
from halfdoor.service.agreements.gone import gone_on
from halfdoor.service.agreements.models import Authorization, Grant, Proposal, ProposalEnd, Withdrawal
from halfdoor.service.agreements.words import PURPOSES, SHAREABLE
from halfdoor.service.core import stamps
from halfdoor.service.core.prepared import Among, Prepared
from halfdoor.service.documents.choices import CAREGIVERS, Kind
from halfdoor.service.documents.queries.answers import shown_in_force
from halfdoor.service.documents.showing import Shown
from halfdoor.service.people import knowing
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.web.paging import Paged, paged


@dataclass(frozen=True, slots=True)
class Named:
    """What a consent names, in words. ``until`` is its last day."""

    what: tuple[str, ...]
    topics: tuple[str, ...]
    purposes: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as it is read: who gave it to whom, what it names, and how it stands."""

    row: Authorization
    giver: str
    recipient: str
    relation: str
    named: Named
    signing_id: UUID | None
    withdrawn_at: datetime | None
    has_ended: bool

    @property
    def runs(self) -> bool:
        return self.withdrawn_at is None and not self.has_ended


@dataclass(frozen=True, slots=True)
class Went:
    """One kind of information that had gone, in words, and when."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """A consent, what had gone on it, and once it was taken back: the stamp of the line that says so."""

    consent: Consent
    went: tuple[Went, ...]
    stamp: str = ""


def named(terms: Terms) -> Named:
    """Return what terms name, in words."""
    return Named(
        what=tuple(_category(one) for one in terms.categories),
        topics=tuple(str(Topic(one).label) for one in terms.topics),
        purposes=tuple(str(PURPOSES.get(one, one)) for one in terms.purposes),
        until=terms.ends_on - timedelta(days=1),
    )


def _category(category: str) -> str:
    return str(SHAREABLE.get(category, category))


def _rows() -> "QuerySet[Authorization]":
    joined = Authorization.objects.select_related(
        "membership__person", "young_person__person", "young_person__practice"
    )
    return joined.order_by("-recorded_at", "-id")


def _consents(rows: Iterable[Authorization], *, at: datetime) -> list[Consent]:
    """Return consents as they are read. Two queries besides."""
    rows = list(rows)
    mine = {"practice__in": {row.practice_id for row in rows}, "authorization__in": [row.pk for row in rows]}
    grants = {one.authorization_id: one for one in Grant.objects.filter(**mine).select_related("giver__person")}
    withdrawn = dict(Withdrawal.objects.filter(**mine).values_list("authorization", "withdrawn_at"))
    return [_consent(row, grants.get(row.pk), withdrawn.get(row.pk), at=at) for row in rows]


def _consent(row: Authorization, grant: Grant | None, withdrawn_at: datetime | None, *, at: datetime) -> Consent:
    return Consent(
        row=row,
        giver=grant.giver.person.name if grant else str(row.get_given_by_display()),
        recipient=row.membership.person.name,
        relation=str(row.membership.get_relation_display()),
        named=named(terms_of(row)),
        signing_id=grant.signing_id if grant else None,
        withdrawn_at=withdrawn_at,
        has_ended=row.ends_on <= day_in(row.young_person.practice, at=at),
    )


def _given_by(members: Sequence[UUID]) -> "QuerySet[Authorization]":
    given = Grant.objects.filter(practice=OuterRef("practice"), authorization=OuterRef("pk"), giver__in=list(members))
    return _rows().filter(Exists(given))


_A_PAGE = 25


def _page_of(rows: "QuerySet[Authorization]", *, page: str, at: datetime) -> Page[Any]:
    return _read(paged(rows, page=page, size=_A_PAGE), at=at)


def _read(shown: Page[Authorization], *, at: datetime) -> Page[Any]:
    return Page(_consents(shown, at=at), shown.number, shown.paginator)


def given_by_me(reader: Account, *, page: str = "1", at: datetime) -> Page[Any]:
    """
    Return a page of the consents a young person gave, newest first.

    :raises Membership.DoesNotExist: if the account is not a young person's
    """
    return _page_of(_given_by([people.own_membership(reader).pk]), page=page, at=at)


def given_by_family(reader: Account, *, page: str = "1", at: datetime) -> Page[Any]:
    """Return a page of the consents a caregiver gave about young people of whose care they may know, newest first."""
    return _page_of(_given_by(_ids(_known(reader, at=at))), page=page, at=at)


def all_about(young_person: YoungPerson, *, page: str = "1", reader: Account, at: datetime) -> Page[Any]:
    """Return a page of every consent about a young person, newest first, to a clinician of their circle."""
    if not people.is_theirs(young_person, reader=reader):
        return _page_of(_rows().none(), page=page, at=at)
    return _read(_ABOUT.page(Authorization, young_person.practice_id, young_person.pk, page=page), at=at)


def _about(practice: UUID, young_person: UUID) -> "QuerySet[Authorization]":
    return _rows().filter(practice=practice, young_person=young_person)


_ABOUT = Paged(_about, UUID, UUID, size=_A_PAGE)


def page_for_me(reader: Account, consent_id: UUID, *, at: datetime) -> ConsentPage:
    """
    Return a consent a young person gave, with what has gone on it.

    :raises Authorization.DoesNotExist: if they did not give it
    """
    mine = people.memberships_of(reader).filter(relation=Relation.SELF).values_list("pk", flat=True)
    return _page(_given_by(list(mine)).get(pk=consent_id), reader=reader, at=at)


def page_for_family(reader: Account, consent_id: UUID, *, at: datetime) -> ConsentPage:
    """
    Return a consent a caregiver gave, with what has gone on it as far as they may know.

    :raises Authorization.DoesNotExist: if they did not give it, or may not know of the care
    """
    return _page(_given_by(_ids(_known(reader, at=at))).get(pk=consent_id), reader=reader, at=at)


def page_for_clinician(reader: Account, consent_id: UUID, *, at: datetime) -> ConsentPage:
    """
    Return a consent to a clinician of the young person's circle.

    :raises Authorization.DoesNotExist: if it is about nobody in whose circle they are a clinician
    """
    found = _rows().get(pk=consent_id, young_person__in=people.young_people_of(reader))
    return _page(found, reader=reader, at=at)


def _page(row: Authorization, *, reader: Account, at: datetime) -> ConsentPage:
    went = tuple(Went(_category(one.category), one.at) for one in gone_on(row, reader=reader, at=at))
    return ConsentPage(_consents([row], at=at)[0], went, stamps.of(row.pk, practice=row.practice_id))


def _known(reader: Account, *, at: datetime) -> list[Membership]:
    return [member for member in knowing.known_to(reader, at=at) if member.relation in CAREGIVERS]


def _ids(members: Iterable[Membership]) -> list[UUID]:
    return [member.pk for member in members]


def _open() -> "QuerySet[Proposal]":
    ended = ProposalEnd.objects.filter(practice=OuterRef("practice"), proposal=OuterRef("pk"))
    joined = Proposal.objects.exclude(Exists(ended)).select_related(
        "recipient__person",
        "recipient__young_person",
        "giver__person",
        "young_person__person",
        "young_person__practice",
    )
    return joined.order_by("proposed_at", "id")


def asked_of_reader(reader: Account, *, at: datetime) -> list[Proposal]:
    """Return what a caregiver or a young person is asked to consent to, in circles of which they may know."""
    own = people.memberships_of(reader).filter(relation=Relation.SELF)
    return list(_open().filter(giver__in=[*_ids(own), *_ids(_known(reader, at=at))]))


def asked_of_family(member: Membership, *, reader: Account, at: datetime) -> list[Proposal]:
    """Return what a caregiver is asked to consent to, whose place in a circle they may know of this is."""
    if member.person.account_id != reader.pk:
        return []
    return list(_ASKED_OF_ONE.rows(Proposal, member.practice_id, member.pk))


_ASKED_OF_ONE = Prepared(lambda practice, giver: _open().filter(practice=practice, giver=giver), UUID, UUID)


def asked_of_me(young_person: YoungPerson, *, reader: Account, at: datetime) -> list[Proposal]:
    """Return what a young person is asked to consent to, to themselves."""
    return list(_ASKED_OF_ME.rows(Proposal, reader.practice_id, reader.pk, young_person.pk))


def _asked_of_me(practice: UUID, reader: UUID, young_person: UUID) -> "QuerySet[Proposal]":
    mine = people.own_places(known_by_ids(practice, reader)).filter(young_person=young_person)
    return _open().filter(practice=practice, giver__in=mine.values("pk"))


_ASKED_OF_ME = Prepared(_asked_of_me, UUID, UUID, UUID)


def asked_about(young_person: YoungPerson, *, reader: Account) -> list[Proposal]:
    """Return who is asked to consent to what and has not answered, to a clinician of the circle."""
    there = people.circle_of(young_person, reader=reader)
    return list(_ASKED_OF.rows(Proposal, young_person.practice_id, some=_ids(there))) if there else []


_ASKED_OF = Among(lambda practice, *givers: _open().filter(practice=practice, giver__in=givers), UUID)


def proposal_for_me(reader: Account, proposal_id: UUID) -> Proposal:
    """
    Return what a young person is asked to consent to.

    :raises Proposal.DoesNotExist: if they are not asked
    """
    mine = people.memberships_of(reader).filter(relation=Relation.SELF)
    return _open().get(pk=proposal_id, giver__in=mine.values("pk"))


def proposal_for_family(reader: Account, proposal_id: UUID, *, at: datetime) -> Proposal:
    """
    Return what a caregiver is asked to consent to.

    :raises Proposal.DoesNotExist: if they are not asked, or may not know of the care
    """
    return _open().get(pk=proposal_id, giver__in=_ids(_known(reader, at=at)))


def recipients_for_me(reader: Account) -> list[Membership]:
    """
    Return whom a young person can let something be told, from their own circle: anybody but their clinicians.

    :raises Membership.DoesNotExist: if the account is not a young person's
    """
    me = people.own_membership(reader).young_person
    left_out = (Relation.SELF, *people.CLINICIANS, *people.SAFEGUARDING)
    return [one for one in people.circle_of(me, reader=reader) if one.relation not in left_out]


def me_and(reader: Account, membership_id: UUID) -> tuple[Membership, Membership]:
    """
    Return a young person's own place, and that of somebody around them whom they let be told something.

    :raises Membership.DoesNotExist: if there is no such person in their circle
    """
    found = next((one for one in recipients_for_me(reader) if one.pk == membership_id), None)
    if found is None:
        raise Membership.DoesNotExist
    return people.own_membership(reader), found


def shown_with(giver: Membership, recipient: Membership, terms: Terms, *, language: str, at: datetime) -> Shown:
    """
    Return the consent to share as it reads with these terms. For whoever found giver and recipient.

    :raises Asking.DoesNotExist: if the practice has no such paper in force
    """
    with override(language):
        words = named(terms)
        subjects = [_("Only about: %(subjects)s") % {"subjects": ", ".join(words.topics)}] if words.topics else []
        filled = {
            "what": "\n".join(f"- {one}" for one in (*words.what, *subjects)),
            "whom": f"{recipient.person.name}, {recipient.get_relation_display()}",
            "purpose": "\n".join(f"- {one}" for one in words.purposes),
            "until": date_format(words.until, pgettext("format of a day", "l, F j, Y")),
        }
    return shown_in_force(giver.young_person, Kind.SHARING, language=language, terms=filled, at=at)
