"""Asking from one's own page. Who asks there is not on the telephone, so nobody but this counts how often."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.models import Membership
from halfdoor.service.requests.actions import Asked, receive
from halfdoor.service.requests.models import FamilyRequest

MOST_OPEN = 5
"""How many questions about one young person somebody may have open. Each of them is read by a person."""


class TooManyOpen(Exception):
    """Somebody asks once more while their earlier questions still wait for an answer."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have %(number)s questions here that wait for an answer. A person reads each of them. As soon as "
                "one is answered you can ask another; if it cannot wait, call us."
            )
            % {"number": MOST_OPEN}
        )


@transaction.atomic
def ask(member: Membership, asked: Asked, *, by: Account, at: datetime) -> FamilyRequest:
    """
    Write down what somebody asks from their own page.

    :raises TooManyOpen: if too many of their questions wait for an answer
    """
    Membership.objects.select_for_update(no_key=True).get(practice=member.practice_id, pk=member.pk)
    mine = FamilyRequest.objects.filter(practice=member.practice_id, asked_by=member)
    if mine.known().waiting().count() >= MOST_OPEN:
        raise TooManyOpen
    return receive(member.young_person, asked, asked_by=member, by=by, at=at)
