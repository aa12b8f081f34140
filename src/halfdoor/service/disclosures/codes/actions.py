"""Naming the professional codes that count for a practice, and taking them out. Each step is a line on its chain."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.disclosure.loading import bodies as shipped_bodies
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.codes.rows import CodesSettled, CodesWish
from halfdoor.service.disclosures.house.actions import APPROVERS, NotNow, NotTheirs
from halfdoor.service.people.actions import sharing_changes_for_all


@transaction.atomic
def wish(bodies: Collection[str], *, because: str, by: Account, at: datetime) -> CodesWish:
    """
    Have exactly these codes count. Where none of those that count is left out, they count from this moment on.

    :raises NotNow: if it changes nothing, or another wish waits for somebody
    """
    at = sharing_changes_for_all(by.practice, at=at)
    practice = _alone(by, Role.LEAD)
    wanted, base = sorted(set(bodies)), sorted(packs.bodies_of(practice))
    unknown = set(wanted) - shipped_bodies().keys()
    if unknown:
        raise NotNow(_("There is no code of %s here.") % ", ".join(sorted(unknown)))
    if wanted == base:
        raise NotNow(_("These are the codes that count already."))
    narrows = set(base) <= set(wanted)
    if not narrows and CodesWish.objects.filter(practice=practice).waiting().exists():
        raise NotNow(_("There is a wish already that waits for a second person. Settle that first."))
    asked = CodesWish.objects.create(
        practice=practice, bodies=wanted, base=base, because=because, asked_at=at, asked_by=by
    )
    chain.append(practice, _body("wished", asked, by), at=at)
    if narrows:
        _settle(asked, CodesSettled.Outcome.COUNTS, by=by, at=at)
    return asked


@transaction.atomic
def agree(asked: CodesWish, *, by: Account, at: datetime) -> CodesSettled:
    """
    Say yes, as a second person, to codes being taken out. From this moment on they no longer count.

    :raises NotNow: for whoever asked, and where it is settled or other codes count since
    """
    at = sharing_changes_for_all(by.practice, at=at)
    practice = _alone(by, *APPROVERS)
    _must_wait(asked, practice)
    if asked.asked_by_id == by.pk:
        raise NotNow(_("You asked for this. A second person has to agree: ask a colleague."))
    if asked.base != sorted(packs.bodies_of(practice)):
        raise NotNow(_("Other codes count since this was asked. Drop it, and ask again."))
    return _settle(asked, CodesSettled.Outcome.COUNTS, by=by, at=at)


@transaction.atomic
def drop(asked: CodesWish, *, by: Account, at: datetime) -> CodesSettled:
    """
    Let everything stay as it is.

    :raises NotNow: if it is settled already
    """
    practice = _alone(by, *APPROVERS)
    _must_wait(asked, practice)
    return _settle(asked, CodesSettled.Outcome.DROPPED, by=by, at=at)


def _settle(asked: CodesWish, outcome: CodesSettled.Outcome, *, by: Account, at: datetime) -> CodesSettled:
    last = CodesSettled.objects.counting(asked.practice).first()
    if last and at <= last.settled_at:
        at = last.settled_at + timedelta(microseconds=1)
    settled = CodesSettled.objects.create(
        practice=asked.practice, wish=asked, outcome=outcome, settled_at=at, settled_by=by
    )
    chain.append(asked.practice, _body(str(outcome), asked, by), at=at)
    return settled


def _alone(by: Account, *roles: Role) -> Practice:
    """Hold the practice's row until the transaction ends: one change of its codes at a time, by whoever may."""
    if by.role not in roles:
        raise NotTheirs(f"{by.role} cannot do this; allowed: {', '.join(sorted(roles))}")
    return Practice.objects.select_for_update(no_key=True).get(pk=by.practice_id)


def _must_wait(asked: CodesWish, practice: Practice) -> None:
    if not CodesWish.objects.filter(practice=practice, pk=asked.pk).waiting().exists():
        raise NotNow(_("This is settled already."))


def _body(kind: str, asked: CodesWish, by: Account) -> dict[str, object]:
    return {
        "kind": f"disclosures.codes_{kind}",
        "wish": str(asked.pk),
        "bodies": list(asked.bodies),
        "by": str(by.pk),
    }
