"""What the settings need before Django is there: the database, the log, secrets in files, a refusal to start unsafe."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Secure deletion: what was erased is overwritten in the file, and does not lie on in its free pages.
_SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;"
)

# Connecting and reading what tables there are takes as long as a light page. Each thread of `core.threads` has one.
_KEPT = 10 * 60


# Whom we speak to over a network shows who it is, and nobody listens. Between programs of one machine nobody could.
_NEAR = ("", "localhost", "127.0.0.1", "::1")
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")


class NotSecret(Exception):
    """A key lies where others than the service may read it."""


def told(name: str) -> str:
    """
    Return a setting that is a secret: from the variable, or from the file that ``NAME_FILE`` names, where whatever
    keeps an operator's secrets has put it.

    :raises ImproperlyConfigured: if there is no such file
    """
    file = os.environ.get(f"{name}_FILE", "")
    if name in os.environ or not file:
        return os.environ.get(name, "")
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read ({error.strerror}).") from error


def database(url: str, *, data: Path) -> dict[str, Any]:
    """
    Return Django's description of the database: PostgreSQL at `url`, or SQLite in the data folder.

    :raises ImproperlyConfigured: if the address is not one of PostgreSQL
    """
    if not url:
        return {
            "ENGINE": "halfdoor.service.core.databases.sqlite",
            "NAME": data / "halfdoor.sqlite3",
            "CONN_MAX_AGE": _KEPT,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"HALFDOOR_DATABASE begins with {parts.scheme!r}. Write postgresql://user:password@host:port/name, "
            "or leave it empty for SQLite."
        )
    asked = dict(parse_qsl(parts.query))
    host = asked.get("host", parts.hostname or "")
    return {
        "ENGINE": "halfdoor.service.core.databases.postgresql",
        "CONN_MAX_AGE": _KEPT,
        "CONN_HEALTH_CHECKS": True,  # the database may have been started anew since
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": _encrypted(host, {name: asked[name] for name in TLS if name in asked}),
    }


def _encrypted(host: str, asked: dict[str, str]) -> dict[str, str]:
    """Return how a database is spoken to: one elsewhere shows a certificate of its name, unless told otherwise."""
    if host.startswith("/") or host in _NEAR or "sslmode" in asked:
        return asked
    return {"sslmode": "verify-full", "sslrootcert": "system"} | asked


def mail(url: str, *, data: Path, demo: bool) -> dict[str, Any]:
    """
    Return the settings of outgoing mail by name: a server at `url`, a folder in the demo, else none at all.

    :raises ImproperlyConfigured: if the address is not one of a mail server
    """
    if not url:
        folder = {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": data / "mail"}
        return folder if demo else {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            f"HALFDOOR_MAIL begins with {parts.scheme!r}. Write smtp://user:password@host:587 (encrypted once "
            "connected), smtps://user:password@host:465 (encrypted from the start), or leave it empty to send no mail."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in _NEAR,
        "EMAIL_TIMEOUT": 20,
    }


def secret_file(path: Path) -> bytes:
    """
    Return the 32 secret bytes kept in this file, made on first use and readable by its owner alone.

    :raises NotSecret: if others may read it
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle has no path
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(handle)
        # A link appears whole or not at all, and never replaces a key that another process made meanwhile.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    if path.stat().st_mode & 0o077:
        raise NotSecret(f"Others may read {path}, so it is no secret. If nobody did: chmod 600 {path}")
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
    if settings.HALFDOOR_DEMO:
        return
    if settings.HALFDOOR_STOLEN_PASSWORDS and not Path(settings.HALFDOOR_STOLEN_PASSWORDS).is_file():
        raise ImproperlyConfigured(
            f"HALFDOOR_STOLEN_PASSWORDS names {settings.HALFDOOR_STOLEN_PASSWORDS}, and there is no such file. Put the "
            "list there, or unset it."
        )
    if settings.DEBUG:
        raise ImproperlyConfigured(
            "HALFDOOR_DEBUG shows what is in memory to anyone. Unset it, or set HALFDOOR_DEMO=1."
        )
    try:
        settings.SECRET_KEY  # noqa: B018 - Django complains as soon as an empty one is looked at
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(
            "HALFDOOR_SECRET_KEY is not set. Set it to 50 random characters and keep it secret."
        ) from error
