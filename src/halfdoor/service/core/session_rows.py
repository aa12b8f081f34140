"""Sessions in the database, each found by whoever names its key and by nobody else."""

from typing import Any

from django.contrib.sessions.backends import db

from halfdoor.service.core import within


class SessionStore(db.SessionStore):
    """Django's own, which says with each statement which session is meant: others are out of reach for SQL too."""

    def _get_session_from_db(self) -> Any:
        with within.naming(self.session_key or ""):
            return super()._get_session_from_db()  # type: ignore[misc]

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session of this key."""
        with within.naming(session_key):
            return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:
        """Save it under its key."""
        with within.naming(self.session_key or ""):
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session of a key; by default this one."""
        with within.naming(session_key or self.session_key or ""):
            super().delete(session_key)
