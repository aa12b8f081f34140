"""Reading who wants a word, and whether one may go now."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from halfdoor.service.accounts.models import Account
from halfdoor.service.core.models import Practice
from halfdoor.service.messages.models import Notice, NoticeChoice, NoticeRefused
from halfdoor.service.people import reaching
from halfdoor.service.web import news


def wants_one(reader: Account) -> bool:
    """Return whether whoever reads wants a word when there is something new."""
    mine = NoticeChoice.objects.filter(practice=reader.practice_id, account=reader)
    return bool(mine.order_by("-chosen_at", "-id").values_list("wanted", flat=True).first())


def has_an_address(reader: Account) -> bool:
    """Return whether a word can reach whoever reads at an address that is theirs alone."""
    return bool(reaching.mailbox_of(reader))


def who_want_one(practice: Practice) -> QuerySet[Account]:
    """Return the accounts of a practice that want a word. For the round that sends them."""
    newest = NoticeChoice.objects.filter(practice=OuterRef("practice"), account=OuterRef("pk"))
    wanted = Subquery(newest.order_by("-chosen_at", "-id").values("wanted")[:1])
    rows = Account.objects.filter(practice=practice, is_active=True).annotate(wanted=wanted)
    return rows.filter(wanted=True).select_related("practice").order_by("id")


def address_for(account: Account, *, at: datetime) -> str:
    """
    Return where a word goes now; nothing where none does: they were not here since the last one, nothing waits that
    they may know, or there is no address that is theirs alone.
    """
    refused = Exists(NoticeRefused.objects.filter(practice=OuterRef("practice"), notice=OuterRef("pk")))
    sent = Notice.objects.filter(practice=account.practice_id, account=account).exclude(refused)
    last = sent.order_by("-sent_at").values_list("sent_at", flat=True).first()
    if last and (account.last_login is None or account.last_login < last):
        return ""
    return reaching.mailbox_of(account) if news.wait_for(account, at=at) else ""
