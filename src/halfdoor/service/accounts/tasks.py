"""What is done for ways in beside pages: spare codes of an earlier version, kept as hashes."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django_tasks import task

from halfdoor.service.accounts import spare_codes
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import jobs, keys
from halfdoor.service.core.logs import log

logger = log(__name__)


def plan(*, at: datetime) -> None:
    """Ask for it where codes of an earlier version lie. Before the first page, which waits for a look and no more."""
    for practice in _with_older().order_by("practice").values_list("practice", flat=True).distinct():
        jobs.enqueue(keep_codes_hashed, practice=practice, dedupe_key="spare codes", at=at)


@task()
def keep_codes_hashed(practice: str) -> None:
    """Keep them as hashes, account by account. Codes that do not open let nobody in, and stay as they lie."""
    for account in _with_older().filter(practice=UUID(practice)).select_related("practice"):
        try:
            with keys.ring():
                spare_codes.keep_hashed(account)
        except keys.Tampered:
            logger.error("spare codes could not be opened, so they were not kept as hashes", account=str(account.pk))


def _with_older() -> QuerySet[Account]:
    rows = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
    return Account.objects.filter(pk__in=rows.exclude(data__has_key=spare_codes.KEPT).values("user"))
