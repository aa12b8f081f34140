"""Choosing whether one wants a word, and sending those that are wanted."""

from datetime import datetime, time, timedelta
from smtplib import SMTPException
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django_tasks.base import Task

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, jobs, keys
from halfdoor.service.core.models import Practice
from halfdoor.service.messages import mailing, queries, tasks
from halfdoor.service.messages.models import Notice, NoticeChoice, NoticeRefused

SENT_AT = time(18)
"""When in the practice's day words are sent: all at once, so that when one comes says nothing about what came when."""


@transaction.atomic
def choose(*, wanted: bool, by: Account, at: datetime) -> NoticeChoice:
    """Say whether one wants a word by e-mail when there is something new."""
    choice = NoticeChoice.objects.create(practice=by.practice, account=by, wanted=wanted, chosen_at=at)
    body = {"kind": "messages.notices_chosen", "wanted": wanted, "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    plan_next_round(by.practice, at=at)
    return choice


def plan_next_round(practice: Practice, *, at: datetime) -> None:
    """See that the next round is planned, once, for the coming evening."""
    _plan(tasks.evening_round, "notices", practice, at=at)


def plan_next_checkpoint(practice: Practice, *, at: datetime) -> None:
    """See that the ledger's next checkpoint is planned, once, for the coming evening."""
    _plan(tasks.checkpoint_of_the_day, "checkpoint", practice, at=at)


def _plan(task: Task[..., Any], name: str, practice: Practice, *, at: datetime) -> None:
    """Plan a task once for the coming evening. The round of this evening is still open while it plans the next one."""
    zone = ZoneInfo(practice.time_zone)
    evening = datetime.combine(at.astimezone(zone).date(), SENT_AT, zone)
    due_at = evening if evening > at else evening + timedelta(days=1)
    key = f"{name} {due_at.astimezone(zone):%Y-%m-%d}"
    jobs.enqueue(task, practice=practice.pk, dedupe_key=key, due_at=due_at, at=at)


def send_round(practice: Practice, *, at: datetime) -> int:
    """
    Send a word to everybody in a practice who wants one, for whom something waits, and who has been here since the last
    one. Return how many went.
    """
    return sum(_send(account, at=at) for account in queries.who_want_one(practice))


def _send(account: Account, *, at: datetime) -> bool:
    with keys.ring():
        address = queries.address_for(account, at=at)
    if not address:
        return False
    notice = Notice.objects.create(practice=account.practice, account=account, sent_at=at)
    try:
        mailing.word(to=address, language=account.language or account.practice.language).send()
    except (SMTPException, OSError, ValueError) as error:
        # A ValueError is an address that no mail can be written to. It keeps nobody else's word back.
        NoticeRefused.objects.create(
            practice=account.practice, notice=notice, error=type(error).__name__, refused_at=at
        )
        return False
    return True
