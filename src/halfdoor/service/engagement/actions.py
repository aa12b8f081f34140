"""Offering something to read."""

from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.engagement.library import piece_of
from halfdoor.service.engagement.models import Offer
from halfdoor.service.people.models import Membership


class WouldTell(ValueError):
    """A piece whose subject could tell something about a young person was about to be offered."""


@transaction.atomic
def offer(slug: str, *, to: Membership, by: Account, at: datetime) -> Offer:
    """
    Offer a piece of the library to a member of the circle: it stands on their first page.

    :raises NoSuchPiece: if it is not a piece for somebody with their role
    :raises WouldTell: if its subject could tell something
    """
    assert to.person.account is not None, "who is offered something has a page to read it on"
    if piece_of(to.person.account.role, slug).tells:
        raise WouldTell("This piece is not offered to anybody: that it was offered could tell something.")
    row = Offer.objects.create(practice=to.practice, membership=to, piece=slug, offered_at=at, offered_by=by)
    body = {"kind": "engagement.offered", "membership": str(to.pk), "piece": slug, "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    return row
