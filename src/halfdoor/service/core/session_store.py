"""Sessions in the database, as Django keeps them, asked for with SQL that is written once."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from halfdoor.service.core import clock
from halfdoor.service.core.prepared import Prepared

_ALIVE = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at), str, datetime)


class SessionStore(db.SessionStore):
    """Every page begins with its session."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_ALIVE.rows(Session, self.session_key, clock.now())), None) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
