"""How a service is doing: what `halfdoor doctor` looks at, and what a monitor asks. Nothing here is about anybody."""

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from halfdoor.service.core import ages, chain, fitting, roots, starting
from halfdoor.service.core.databases import roles
from halfdoor.service.core.journal import JournalBroken, is_writable
from halfdoor.service.core.models import ChainEntry, Job, Practice, PracticeKey

_COPY_AGE = timedelta(hours=48)
_POINT_AGE = timedelta(minutes=15)
_FREE = 0.15
_SKEW = timedelta(seconds=60)
_LATE = timedelta(minutes=30)


class State(StrEnum):
    """How one thing is: well, to be looked after, or so that the service should not be used."""

    WELL = "ok"
    CARE = "care"
    BAD = "BAD"


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at, how it is, and what to do about it."""

    what: str
    state: State
    says: str


Look = Callable[[datetime], Iterator[Found]]
_LOOKING: list[Look] = []


def add(look: Look) -> None:
    """Let a room say how something of its own is doing. Called from its ``AppConfig.ready``."""
    _LOOKING.append(look)


def examine(*, at: datetime) -> Iterator[Found]:
    """Look at everything there is to look at. What cannot be looked at is bad."""
    for look in (
        _settings,
        _files,
        _root_key,
        _secrets,
        _database,
        _practices,
        _disks,
        _journal,
        _clock,
        _copy,
        _point,
        _jobs,
        _ledger,
        *_LOOKING,
    ):
        name = look.__name__.strip("_")
        try:
            yield from look(at)
        except (OSError, DatabaseError, ValueError, KeyError) as error:
            yield Found(name, State.BAD, f"cannot be looked at: {type(error).__name__}")


def note_copy(copy: Path, *, at: datetime) -> None:
    """Remember that a copy was made and seen to hold."""
    _noted().write_text(json.dumps({"at": at.isoformat(), "copy": str(copy)}))


def copied_at() -> datetime | None:
    """Return when a copy was last made and seen to hold; none, if none was."""
    return datetime.fromisoformat(json.loads(_noted().read_text())["at"]) if _noted().exists() else None


def note_point(*, at: datetime) -> None:
    """Remember that everything up to this moment is in a copy."""
    _point_noted().write_text(json.dumps({"at": at.isoformat()}))


def point_at() -> datetime | None:
    """Return up to which moment everything is in a copy, where copies are made every few minutes."""
    noted = _point_noted()
    return datetime.fromisoformat(json.loads(noted.read_text())["at"]) if noted.exists() else None


def _noted() -> Path:
    return Path(settings.HALFDOOR_DATA) / "last-copy.json"


def _point_noted() -> Path:
    return Path(settings.HALFDOOR_DATA) / "last-point.json"


def _settings(at: datetime) -> Iterator[Found]:
    try:
        starting.refuse_to_start_unsafe()
    except ImproperlyConfigured as error:
        yield Found("settings", State.BAD, str(error))
        return
    demo = "the demo: anybody signs in as anybody. Never with real people." if settings.HALFDOOR_DEMO else ""
    yield Found("settings", State.CARE if demo else State.WELL, demo or "as they have to be")


def _files(at: datetime) -> Iterator[Found]:
    """Yield the files that others than the service may read."""
    data = Path(settings.HALFDOOR_DATA)
    secret = [*(data / "keys").glob("*"), data / "ledger.key", *data.glob("*.sqlite3")]
    loose = [path for path in secret if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    for path in loose:
        kind = State.BAD if path.suffix != ".sqlite3" else State.CARE
        yield Found("files", kind, f"others may read {path}: chmod 600 {path}")
    if not loose:
        yield Found("files", State.WELL, "nobody but the service reads its keys and its database")


def _root_key(at: datetime) -> Iterator[Found]:
    """Yield where the key comes from that opens all others."""
    in_use = set(PracticeKey.objects.values_list("root_version", flat=True))
    version = max(in_use, default=roots.newest())
    try:
        roots.fetch()
        for one in in_use:
            roots.secret(one)
    except (roots.NoRootKey, starting.NotSecret) as error:
        yield Found("root key", State.BAD, str(error))
        return
    if not roots.is_any():
        yield Found("root key", State.WELL, "none yet; it is made on first use")
    elif not roots.by_command(version):
        left = "HALFDOOR_ROOT_COMMAND is set, and not used yet: halfdoor keys root" if _has_command() else ""
        in_file = f"version {version}, in a file here: whoever reads this disk has it"
        yield Found("root key", State.CARE if left else State.WELL, left or in_file)
    elif files := roots.files():
        says = "older ones still lie here; only copies made with them need them: keep them elsewhere"
        yield Found("root key", State.CARE, f"version {version}, given by a command; {files[0].name}: {says}")
    else:
        yield Found("root key", State.WELL, f"version {version}, given by a command, and in no file here")


def _secrets(at: datetime) -> Iterator[Found]:
    """Yield which secrets ended by the schedule, or soon will. They go on working: a record has to open then too."""
    found = sorted(ages.ages(at=at), key=lambda age: age.good_until)
    for age in found:
        if at >= age.good_until - ages.SOON:
            is_over = at >= age.good_until
            says = (
                f"{age.what}: {'ended' if is_over else 'ends'} on {age.good_until:%Y-%m-%d}: {ages.RENEWED[age.what]}"
            )
            yield Found("secrets", State.BAD if is_over else State.CARE, says)
    if found and at < found[0].good_until - ages.SOON:
        next_one = f"the first to end is the {found[0].what}, on {found[0].good_until:%Y-%m-%d}"
        yield Found("secrets", State.WELL, next_one)


def _has_command() -> bool:
    return bool(settings.HALFDOOR_ROOT_COMMAND)


def _database(at: datetime) -> Iterator[Found]:
    """Yield whether what is said to be saved is saved, and whether the tables are those of this version."""
    try:
        fitting.must_fit()
        yield Found("tables", State.WELL, "as this version needs them")
    except fitting.NotOfThisVersion as error:
        yield Found("tables", State.BAD, str(error))
    asked = {"sqlite": ("PRAGMA synchronous", 2), "postgresql": ("SHOW synchronous_commit", "on")}
    ask, expected = asked[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(ask)
        is_safe = cursor.fetchone()[0] == expected
    says = "what is saved survives a power cut" if is_safe else f"{ask} is not {expected}: saved things can be lost"
    yield Found("database", State.WELL if is_safe else State.BAD, f"{connection.vendor}: {says}")


def _practices(at: datetime) -> Iterator[Found]:
    """Yield whether anything but our own code keeps one practice's rows from another's pages."""
    if connection.vendor == "sqlite":
        if Practice.objects.count() > 1:
            yield Found("practices", State.CARE, "kept apart by the service alone: PostgreSQL does it a second time")
        else:
            yield Found("practices", State.WELL, "one at most, in a file of its own")
        return
    for stands, says in roles.examine():
        yield Found("practices", {True: State.WELL, None: State.CARE, False: State.BAD}[stands], says)


def _disks(at: datetime) -> Iterator[Found]:
    for name, path in (("disk", settings.HALFDOOR_DATA), ("journal's disk", settings.HALFDOOR_JOURNAL)):
        there = next(folder for folder in (Path(path), *Path(path).parents) if folder.exists())
        use = shutil.disk_usage(there)
        free = use.free / use.total
        yield Found(name, State.WELL if free >= _FREE else State.CARE, f"{free:.0%} free")


def _journal(at: datetime) -> Iterator[Found]:
    try:
        is_writable()
    except JournalBroken as error:
        yield Found("journal", State.BAD, str(error))
        return
    data, journal = Path(settings.HALFDOOR_DATA), Path(settings.HALFDOOR_JOURNAL)
    apart = data.stat().st_dev != journal.stat().st_dev
    with_database = "on the same disk as the database: set HALFDOOR_JOURNAL to a folder on another"
    yield Found("journal", State.WELL if apart else State.CARE, "on a disk of its own" if apart else with_database)
    for practice in Practice.objects.filter(doors_shut=True).order_by("name"):
        yield Found("doors", State.CARE, f"{practice.name}: shut until a lead has gone through what a restore forgot")


def _clock(at: datetime) -> Iterator[Found]:
    """Yield whether the clock lies behind what is on record."""
    newest = max((last.moment for last in chain.last_lines()), default=at)
    behind = newest - at
    if behind > _SKEW and not settings.HALFDOOR_DEMO and newest > chain.said_right_up_to():
        yield Found("clock", State.BAD, f"{behind} behind the newest line of the ledger: halfdoor ledger clock")
    else:
        yield Found("clock", State.WELL, "not behind the ledger")


def _copy(at: datetime) -> Iterator[Found]:
    copied = copied_at()
    if copied is None:
        yield Found("copies", State.CARE, "none was made yet: halfdoor backup FOLDER, each night")
        return
    age = at - copied
    hours = int(age / timedelta(hours=1))
    says = f"the newest that was seen to hold is {hours} hours old"
    old = age > _COPY_AGE
    yield Found(
        "copies", State.BAD if old else State.WELL, says + (": halfdoor backup FOLDER, each night" if old else "")
    )


def _point(at: datetime) -> Iterator[Found]:
    """Yield how much would be lost with this machine. What stops sharing is in the journal, and is not."""
    point = point_at()
    if point is None:
        says = "all since the newest copy would be lost with the machine: halfdoor backup FOLDER --every 4"
        yield Found("recovery point", State.CARE, says)
        return
    minutes = int((at - point) / timedelta(minutes=1))
    says = f"what was written in the last {minutes} minutes would be lost with the machine"
    stopped = at - point > _POINT_AGE
    again = ": is `halfdoor backup FOLDER --every 4` running?" if stopped else ""
    yield Found("recovery point", State.BAD if stopped else State.WELL, says + again)


def _jobs(at: datetime) -> Iterator[Found]:
    waiting = Job.objects.filter(outcome=Job.Outcome.OPEN, practice__doors_shut=False, due_at__lte=at - _LATE).count()
    failed = Job.objects.filter(outcome=Job.Outcome.FAILED, ended_at__gte=at - timedelta(days=7)).count()
    if waiting:
        yield Found("jobs", State.BAD, f"{waiting} wait since more than half an hour: is `halfdoor work` running?")
    elif failed:
        yield Found("jobs", State.CARE, f"{failed} were given up in the last week: look at the log for job_failed")
    else:
        yield Found("jobs", State.WELL, "none waits")


def _ledger(at: datetime) -> Iterator[Found]:
    for practice in Practice.objects.order_by("name"):
        found = chain.verify(practice)
        if found.broken_at is None:
            yield Found("ledger", State.WELL, f"{practice.name}: {found.checked} lines hold")
        else:
            yield Found("ledger", State.BAD, f"{practice.name}: breaks at line {found.broken_at}: {found.says}")
    if not ChainEntry.objects.exists():
        yield Found("ledger", State.WELL, "no line yet")
