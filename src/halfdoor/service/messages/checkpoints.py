"""The day's checkpoint of the ledger, by mail to whoever keeps it: then nobody here makes the ledger anew unseen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from halfdoor.service.core import heads
from halfdoor.service.core.health import Found, State
from halfdoor.service.core.models import Practice
from halfdoor.service.messages import actions, mailing
from halfdoor.service.messages.models import CheckpointSent

_LATE = timedelta(hours=48)


def plan_all(*, at: datetime) -> None:
    """See that each practice's next checkpoint is planned, if anybody keeps them."""
    if settings.HALFDOOR_LEDGER_MAIL:
        for practice in Practice.objects.filter(is_demo=False):
            actions.plan_next_checkpoint(practice, at=at)


def send(practice: Practice, *, at: datetime) -> None:
    """
    Send a practice's checkpoint to everybody who keeps it. One that does not go is tried again, and may come twice:
    that harms nobody.

    :raises OSError: if the mail server cannot be reached, or does not take it
    """
    _proof, note = heads.signed(practice.pk)
    for to in settings.HALFDOOR_LEDGER_MAIL:
        mailing.checkpoint(note, to=to, language=practice.language).send()
    CheckpointSent.objects.create(practice=practice, note=note, sent_at=at)


def doctor(at: datetime) -> Iterator[Found]:
    """Yield whether anybody outside could tell that the ledger was made anew."""
    if not settings.HALFDOOR_LEDGER_MAIL:
        says = "nobody is sent the day's checkpoint: set HALFDOOR_LEDGER_MAIL to somebody who keeps it elsewhere"
        yield Found("checkpoints", State.CARE, says)
        return
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        yield Found("checkpoints", State.BAD, "they are to be sent, but there is no mail server: set HALFDOOR_MAIL")
        return
    for practice in Practice.objects.filter(is_demo=False).order_by("name"):
        last = CheckpointSent.objects.filter(practice=practice).order_by("-sent_at").first()
        if last is None:
            yield Found("checkpoints", State.CARE, f"{practice.name}: none went yet; one goes each evening")
        else:
            hours = int((at - last.sent_at) / timedelta(hours=1))
            state = State.BAD if at - last.sent_at > _LATE else State.WELL
            yield Found("checkpoints", state, f"{practice.name}: the newest went {hours} hours ago")
