"""Sessions in the database, each found by whoever names its key and by nobody else."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from string import ascii_lowercase, digits
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import get_random_string

from halfdoor.service.core import clock, within
from halfdoor.service.core.prepared import Prepared

_ALIVE = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at), str, datetime)
"""Every page begins with it, so that its SQL is written once."""

_LETTERS = ascii_lowercase + digits


class SessionStore(db.SessionStore):
    """
    Django's own, which says with each statement which session is meant: others are out of reach for SQL too.

    A session is written once, with all that it says, and not again while it says the same: a sign-in waits for one
    commit. A fresh key is drawn at random and looked up nowhere: it is as long as those that nobody guesses.
    """

    _is_fresh = False
    _written: tuple[str | None, dict[str, Any]] | None = None

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

    def create(self) -> None:
        """Take a fresh key, for what the session says so far. Its row is written when the session is saved."""
        self._says()
        self._session_key, self._is_fresh, self.modified = self._get_new_session_key(), True, True

    def _get_new_session_key(self) -> str:
        return get_random_string(32, _LETTERS)

    def save(self, must_create: bool = False) -> None:
        """
        Save it under its key, unless it says what was saved already.

        :raises IntegrityError: if a session of a fresh key is there
        :raises UpdateError: if there is none of a key that is not fresh
        """
        if self.session_key is None:
            self.create()
        must_create = must_create or self._is_fresh
        says = self._says()
        if (self.session_key, says) == self._written:
            return
        with within.naming(self.session_key or ""):
            if must_create:
                self.create_model_instance(says).save(force_insert=True)
            else:
                super().save()
        self._is_fresh = False
        transaction.on_commit(self._note_written(self.session_key, deepcopy(says)))

    def _says(self) -> dict[str, Any]:
        says: dict[str, Any] = self._get_session()  # type: ignore[attr-defined]
        return says

    def _note_written(self, key: str | None, says: dict[str, Any]) -> Callable[[], None]:
        def note() -> None:
            self._written = key, says

        return note

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session of a key; by default this one."""
        with within.naming(session_key or self.session_key or ""):
            super().delete(session_key)
