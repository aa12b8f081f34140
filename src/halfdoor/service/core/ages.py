"""
How old the operator's secrets and keys are, and until when each is good by the schedule (docs/assurance/what-holds.md).

Nothing stops to work by itself on a day: a key that ends on a Sunday would shut a record in a crisis. So it is noticed.
A secret does not say when it was made: what is kept, beside the database, is since when this one is in use, by a mark.
A mark of something secret takes the session secret to make, so that nobody who reads it can try passwords.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from halfdoor.service.core import chain, roots
from halfdoor.service.core.models import ChainEntry, Practice, PracticeKey

_YEAR = timedelta(days=366)

GOOD_FOR = {
    "root key": _YEAR,
    "practice key": _YEAR,
    "session secret": 2 * _YEAR,
    "checkpoint key": 5 * _YEAR,
    "database's password": _YEAR,
    "mail server's password": _YEAR,
}
"""The schedule. A test compares it with the page."""

SOON = timedelta(days=30)
"""How long before its end that is said."""

RENEWED = {
    "root key": "halfdoor keys root, then backup FOLDER --keys",
    "practice key": "halfdoor keys practice",
    "session secret": "set another HALFDOOR_SECRET_KEY: docs/how-to/renew-secrets.md",
    "checkpoint key": "docs/how-to/renew-secrets.md; whoever witnesses has to be told",
    "database's password": "set another in the database and in HALFDOOR_DATABASE",
    "mail server's password": "set another there and in HALFDOOR_MAIL",
}


@dataclass(frozen=True, slots=True)
class Age:
    """One secret: since when it is in use, and until when that is good."""

    what: str
    since: datetime
    good_until: datetime


def ages(*, at: datetime) -> list[Age]:
    """Return the oldest secret of each kind, and keep since when those are in use that are seen for the first time."""
    there, noted = list(_there()), _noted()
    seen = {mark: min(noted.get(mark, at), since or at) for _, mark, since in there}
    if seen != noted:
        _file().write_text(json.dumps({mark: since.isoformat() for mark, since in sorted(seen.items())}))
    oldest: dict[str, datetime] = {}
    for what, mark, _ in there:
        oldest[what] = min(seen[mark], oldest.get(what, at))
    return [Age(what, since, since + GOOD_FOR[what]) for what, since in oldest.items()]


def _there() -> Iterator[tuple[str, str, datetime | None]]:
    """Yield the secrets that there are: what each is, a mark by which it is known again, and since when if known."""
    data = Path(settings.HALFDOOR_DATA)
    if roots.is_any():
        version = roots.newest()
        yield "root key", f"root {version}", _made(*(data / "keys").glob(f"root-{version}.*"))
    for practice in Practice.objects.order_by("pk"):
        row = PracticeKey.objects.filter(practice=practice).order_by("-version").first()
        if row is not None:
            yield "practice key", f"practice key {row.pk}", _begun(practice) if row.version == 1 else None
    yield "session secret", _mark("session secret", ""), None
    signing = data / "ledger.key"
    if signing.exists():
        yield "checkpoint key", _mark("checkpoint key", signing.read_bytes().hex()), _made(signing)
    passwords = {
        "database's password": settings.DATABASES["default"].get("PASSWORD", ""),
        "mail server's password": settings.EMAIL_HOST_PASSWORD,
    }
    for what, password in passwords.items():
        if password:
            yield what, _mark(what, str(password)), None


def _begun(practice: Practice) -> datetime | None:
    """Return when a practice wrote its first line, about when its first key was made."""
    first = ChainEntry.objects.filter(practice=practice).order_by("sequence").first()
    return None if first is None else chain.moment_of(first.entry)


def _mark(what: str, secret: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{what}|{secret}".encode(), sha256).hexdigest()[:16]


def _made(*files: Path) -> datetime | None:
    return min((datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in files), default=None)


def _noted() -> dict[str, datetime]:
    said = json.loads(_file().read_text()) if _file().exists() else {}
    return {mark: datetime.fromisoformat(since) for mark, since in said.items()}


def _file() -> Path:
    return Path(settings.HALFDOOR_DATA) / "secrets-since.json"
