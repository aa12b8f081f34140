"""
Who can sign in: whose accounts somebody keeps, and accounts for people in circles of care.

The office keeps everybody's, a lead those of whoever works here, and clinicians those of families in their own circles.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from unicodedata import normalize
from uuid import UUID

from django.core.paginator import Page
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from halfdoor.service.accounts import inviting, making
from halfdoor.service.accounts.choices import CodeEnd
from halfdoor.service.accounts.models import Account, Invitation, InvitationEnding, Role
from halfdoor.service.accounts.queries import WayIn, known_by_ids, ways_into
from halfdoor.service.core.spaces import STAFF
from halfdoor.service.people import joining, queries
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.people.settings_of_care import FAMILY
from halfdoor.service.web.paging import Paged

TOLD_FOR = timedelta(days=7)
"""How long a therapist reads on *Today* that somebody else gave a young person a new way in."""

_ON_THE_PAGE_FOR = timedelta(days=60)
_FAMILIES = (Role.CAREGIVER, Role.YOUNG_PERSON)
_AT_WORK = (
    Relation.RESIDENTIAL_CARER,
    Relation.HOME_MANAGER,
    Relation.EDUCATOR,
    Relation.SCHOOL_COUNSELLOR,
    Relation.SOCIAL_WORKER,
    Relation.PLACING_AUTHORITY,
)
DOOR_OF: Mapping[str, Role] = {
    Relation.SELF: Role.YOUNG_PERSON,
    **dict.fromkeys(FAMILY, Role.CAREGIVER),
    **dict.fromkeys(_AT_WORK, Role.TEAM),
}
"""As what somebody of a circle signs in. Who is not here has no door: what they may know reaches them on paper."""


def accounts_kept_by(staff: Account) -> QuerySet[Account]:
    """Return the accounts that somebody on the staff keeps, by name."""
    rows = Account.objects.filter(practice=staff.practice_id)
    if staff.role != Role.OFFICE:
        near = Membership.objects.current().filter(
            practice=OuterRef("practice"),
            person__account=OuterRef("pk"),
            young_person__in=queries.young_people_of(staff).values("pk"),
        )
        theirs = Q(role__in=_FAMILIES) & Exists(near)
        rows = rows.filter(theirs | Q(role__in=STAFF.roles) if staff.role == Role.LEAD else theirs)
    return rows.select_related("practice").order_by("display_name", "id")


def account_kept_by(staff: Account, account_id: UUID) -> Account:
    """
    Return one of the accounts that somebody on the staff keeps.

    :raises Account.DoesNotExist: if it is somebody else's to keep, or is not there
    """
    return accounts_kept_by(staff).get(pk=account_id)


def places_of(account: Account, *, reader: Account) -> list[Membership]:
    """Return the places of an account's person in those circles that the reader keeps, and in no others."""
    rows = Membership.objects.filter(practice=reader.practice_id).held_by(account).current()
    rows = rows.filter(young_person__in=queries.kept_by(reader).values("pk")).select_related("young_person__person")
    if reader.role == Role.OFFICE:
        rows = rows.exclude(relation__in=queries.SAFEGUARDING)
    return list(rows.order_by("young_person__person__name", "id"))


def own_place(young_person: YoungPerson, *, reader: Account) -> Membership:
    """
    Return a young person's own place in their circle, to whoever keeps it.

    :raises Membership.DoesNotExist: if the reader does not keep it
    """
    for member in queries.kept_circle(young_person, reader=reader):
        if member.relation == Relation.SELF:
            return member
    raise Membership.DoesNotExist


def may_have_one(member: Membership, *, by: Account) -> bool:
    """Whether somebody may make an account for this member of a circle."""
    role = DOOR_OF.get(member.relation)
    if role is None:
        return False
    try:
        inviting.check(Account(practice=member.practice, role=role), by=by)
    except inviting.MayNot:
        return False
    return True


@transaction.atomic
def make_for(member: Membership, username: str, *, language: str, by: Account, at: datetime) -> Account:
    """
    Make an account for somebody in a circle of care. It is theirs in every circle in which they have a place.

    :raises NameTaken: if somebody at this practice has the sign-in name
    :raises ValueError: if they have an account already
    """
    newcomer = making.Newcomer(username, member.person.name, DOOR_OF[member.relation], language)
    account = making.make_account(newcomer, by=by, at=at)
    joining.give_account(member.person, account, by=by, at=at)
    return account


@transaction.atomic
def make_at_work(newcomer: making.Newcomer, *, by: Account, at: datetime) -> Account:
    """
    Make an account for somebody who works here, and put them down as a person who can be given places in circles.

    :raises NameTaken: if somebody at this practice has the sign-in name
    :raises MayNot: if it is not theirs to make
    """
    account = making.make_account(newcomer, by=by, at=at)
    if newcomer.role != Role.OFFICE:
        joining.person_of(account, by=by)
    return account


def with_new_ways_in(clinician: Account, *, page: str, at: datetime) -> Page[YoungPerson]:
    """
    Return a clinician's young people with who gave them a new way in during the last days, when, and when it was used:
    those first. What the clinician gave themselves they know.
    """
    return _WITH_NEW_WAYS_IN.page(YoungPerson, clinician.practice_id, clinician.pk, at - TOLD_FOR, page=page)


def _with_new_ways_in(practice: UUID, clinician: UUID, since: datetime) -> QuerySet[YoungPerson]:
    reader = known_by_ids(practice, clinician)
    theirs = {"practice": OuterRef("practice"), "account": OuterRef("person__account")}
    given = Invitation.objects.filter(**theirs, again=True, given_at__gt=since).exclude(given_by=reader)
    lately = Invitation.objects.filter(practice=practice, again=True, given_at__gt=since).values("account")
    has_one, newest = Q(person__account__in=lately), given.order_by("-given_at", "-id")  # of most there is none to find
    used = InvitationEnding.objects.filter(
        practice=OuterRef("practice"), invitation__account=OuterRef("person__account"), how=CodeEnd.USED
    )
    used = used.filter(ended_at__gte=OuterRef("way_in_at")).order_by("-ended_at")
    return (
        queries.young_people_of(reader)
        .annotate(
            way_in_at=Case(When(has_one, then=Subquery(newest.values("given_at")[:1]))),
            way_in_by=Case(When(has_one, then=Subquery(newest.values("given_by__display_name")[:1]))),
            way_in_used_at=Case(When(has_one, then=Subquery(used.values("ended_at")[:1]))),
        )
        .order_by(F("way_in_at").desc(nulls_last=True), "person__name", "id")
    )


_WITH_NEW_WAYS_IN = Paged(_with_new_ways_in, UUID, UUID, datetime, size=50)


def my_new_ways_in(young_person: YoungPerson, *, reader: Account, at: datetime) -> list[WayIn]:
    """Return to a young person which new ways into their own account somebody gave lately. Their first is none."""
    ways = ways_into(reader, at=at)
    return [way for way in ways if way.invitation.again and way.invitation.given_at > at - _ON_THE_PAGE_FOR]


def suggested_name(name: str) -> str:
    """Return a sign-in name to begin with: the first name, in letters that every keyboard has."""
    first = normalize("NFKD", name.lower()).split(maxsplit=1)[0]
    return "".join(sign for sign in first if sign.isascii() and sign.isalnum())


def words_of(state: str) -> str:
    """Say how an account stands."""
    return {
        "can": _("can sign in"),
        "has_code": _("has a code and has not used it"),
        "no_way_in": _("has no way in yet"),
        "closed": _("closed"),
    }[state]
