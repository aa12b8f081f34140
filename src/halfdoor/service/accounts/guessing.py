"""
How often somebody may try to sign in.

What counts is who is tried, at which door and from where. So nobody shuts anybody else out from elsewhere, and whoever
tries from under the same roof makes them wait a minute, no longer. All processes count together, in the database.
"""

from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_ip
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from halfdoor.service.accounts.models import Attempt
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import space_of

WITHIN = timedelta(minutes=1)
OF_ONE_NAME = 5
FROM_ONE_ADDRESS = 10


@transaction.atomic
def begin(request: HttpRequest, *, practice: Practice, username: str, at: datetime) -> Attempt | None:
    """
    Count a try before its password is looked at, so that many at once count too; none if there were too many.

    Whoever turns out to be right takes it back by deleting it.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    tries = Attempt.objects.filter(practice=practice)
    tries.filter(tried_at__lte=at - WITHIN).delete()
    ip = get_ip(request)
    whom, address = _digest(space_of(request).name, username.lower(), ip), _digest(ip)
    if tries.filter(whom=whom).count() >= OF_ONE_NAME or tries.filter(address=address).count() >= FROM_ONE_ADDRESS:
        return None
    return Attempt.objects.create(practice=practice, whom=whom, address=address, tried_at=at)


def _digest(*words: str) -> str:
    return salted_hmac("accounts.attempts", "\n".join(words), algorithm="sha256").hexdigest()
