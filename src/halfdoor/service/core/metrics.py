"""
What `halfdoor doctor` found, as numbers for Prometheus: a file that its node exporter reads beside its own.

Nothing of ours listens for it, so there is nothing to shut. No number is about anybody: states, counts and times of the
service as a whole. Source of the format: the textfile collector of Prometheus' node exporter.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from halfdoor.service.core.health import Found, State, copied_at, point_at
from halfdoor.service.core.models import ChainEntry, Job

_WORSE = {State.WELL: 0, State.CARE: 1, State.BAD: 2}


class NoLibrary(Exception):
    """The library that writes for Prometheus is not installed; the text says how it is."""


def write(path: Path, found: Iterable[Found], *, at: datetime) -> None:
    """
    Write a file (``*.prom``) at once or not at all. A thing that stands in several places counts as its worst.

    :raises NoLibrary: where the extra ``metrics`` was not installed
    :raises OSError: where the file cannot be written
    """
    try:
        from prometheus_client import CollectorRegistry, Gauge, write_to_textfile
    except ImportError:
        raise NoLibrary("Install it beside the service first: pip install 'halfdoor[metrics]'") from None
    registry = CollectorRegistry()

    def say(name: str, what: str, value: float) -> None:
        Gauge(f"halfdoor_{name}", what, registry=registry).set(value)

    state = Gauge("halfdoor_state", "How a thing is: 0 well, 1 to be looked after, 2 bad.", ["what"], registry=registry)
    worst: dict[str, int] = {}
    for one in found:
        worst[one.what] = max(_WORSE[one.state], worst.get(one.what, 0))
    for what, value in worst.items():
        state.labels(what).set(value)
    due = Job.objects.filter(outcome=Job.Outcome.OPEN, due_at__lte=at).order_by("due_at")
    oldest = due.values_list("due_at", flat=True).first()
    copied = copied_at()
    say("jobs_due", "Jobs that are due and not done.", due.count())
    say("jobs_oldest_seconds", "How long the oldest of them has waited.", (at - (oldest or at)).total_seconds())
    say("ledger_lines", "Lines of the ledgers of all practices.", ChainEntry.objects.count())
    if copied:
        say("copied_timestamp_seconds", "When a copy was last made and seen to hold.", copied.timestamp())
    if point := point_at():
        say("point_timestamp_seconds", "Up to when all that was written is in a copy.", point.timestamp())
    say("looked_at_timestamp_seconds", "When all this was looked at.", at.timestamp())
    write_to_textfile(str(path), registry)
