"""What the log says about signing in: which account by its id, at which door and how; never a name or address."""

from django.http import HttpRequest

from halfdoor.service.accounts.models import Account
from halfdoor.service.core.logs import log
from halfdoor.service.core.spaces import space_of

_LOG = log(__name__)


def worked(event: str, request: HttpRequest, account: Account, *, how: str) -> None:
    """Note something that somebody did about their own sign-in."""
    _LOG.info(event, practice=str(account.practice_id), account=str(account.pk), door=space_of(request).name, how=how)


def refused(request: HttpRequest, *, how: str) -> None:
    """Note a try that was turned away. Whose it would have been is not said: a wrong name can be a password."""
    _LOG.warning("sign_in_refused", door=space_of(request).name, how=how)
