"""Sessions in the database, each found by whoever names its key and by nobody else."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from halfdoor.service.core import clock, within
from halfdoor.service.core.prepared import Prepared

_ALIVE = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at), str, datetime)
"""Every page begins with it, so that its SQL is written once."""


class SessionStore(db.SessionStore):
    """Django's own, which says with each statement which session is meant: others are out of reach for SQL too."""

    def _get_session_from_db(self) -> Session | None:
        with within.naming(self.session_key or ""):
            found = next(iter(_ALIVE.rows(Session, self.session_key or "", clock.now())), None)
        if found is None:
            self._session_key = None
        return found

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
