"""Whether something is new on the first page of a caregiver, a team or a young person, since they were last here."""

from datetime import UTC, datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.queries import releases_about
from halfdoor.service.documents.queries import waiting
from halfdoor.service.documents.queries.waiting import Waiting
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import Membership
from halfdoor.service.requests.queries import families, young_people

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def waits_for(account: Account, *, at: datetime) -> bool:
    """Return whether something is new for somebody that they may know now; staff look at *Today* by themselves."""
    match account.role:
        case Role.YOUNG_PERSON:
            return _waits_for_young_person(account, at=at)
        case Role.CAREGIVER:
            return any(_waits_for_member(member, account, at=at) for member in gate.known_to(account, at=at))
        case _:
            return False


def _waits_for_young_person(account: Account, *, at: datetime) -> bool:
    try:
        me = people.own_membership(account).young_person
    except Membership.DoesNotExist:
        return False
    since = account.last_login or _NEVER
    told = releases_about(me, reader=account, at=at).filter(at__gt=since).exists()
    papers = _asked_since(waiting.waiting_for_me(me, reader=account, at=at), since)
    return told or papers or young_people.asked_since(account, since=since)


def _waits_for_member(member: Membership, account: Account, *, at: datetime) -> bool:
    since = account.last_login or _NEVER
    papers = _asked_since(waiting.waiting_for_family(member, reader=account, at=at), since)
    return papers or families.answered_since(member, since=since) or gate.has_something_new(member, at=at)


def _asked_since(papers: tuple[Waiting, ...], since: datetime) -> bool:
    return any(one.asked_at > since for one in papers)
