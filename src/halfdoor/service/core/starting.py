"""What the settings need before Django is there: the database, the log, the demo's secret, and a refusal to start unsafe."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SQLITE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"


def database(url: str, *, data: Path) -> dict[str, Any]:
    """
    Return Django's description of the database: PostgreSQL at `url`, or SQLite in the data folder.

    :raises ImproperlyConfigured: if the address is not one of PostgreSQL
    """
    if not url:
        return {
            "ENGINE": "halfdoor.service.core.databases.sqlite",
            "NAME": data / "halfdoor.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"HALFDOOR_DATABASE begins with {parts.scheme!r}. Write postgresql://user:password@host:port/name, or leave "
            "it empty for SQLite."
        )
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", parts.hostname or "")
    return {
        "ENGINE": "halfdoor.service.core.databases.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
    }


def secret_file(path: Path, *, size: int = 32) -> bytes:
    """Return the secret kept in this file, made on first use and readable by its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with open(handle, "wb") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def demo_secret(data: Path) -> str:
    """Return the demo's own signing secret, so that a demo needs no settings at all."""
    return secret_file(data / "keys" / "demo-secret").hex()


def logging(*, quiet: bool) -> dict[str, Any]:
    """
    Return the log's settings: one JSON line an event on standard error.

    Only the fields of `LOGGED` get through. A field that may carry what somebody said has no name there.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"fields": {"()": "halfdoor.service.core.logs.formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "fields"}},
        "root": {"handlers": ["stderr"], "level": "WARNING" if quiet else "INFO"},
    }


def refuse_to_start_unsafe() -> None:
    """
    Stop before anything is served with settings that only the demo may have.

    :raises ImproperlyConfigured: saying which variable to set
    """
    from django.conf import settings

    if settings.HALFDOOR_DEMO:
        return
    if settings.DEBUG:
        raise ImproperlyConfigured("HALFDOOR_DEBUG shows what is in memory to anyone. Unset it, or set HALFDOOR_DEMO=1.")
    if not settings.SECRET_KEY:
        raise ImproperlyConfigured("HALFDOOR_SECRET_KEY is not set. Set it to 50 random characters and keep it secret.")
