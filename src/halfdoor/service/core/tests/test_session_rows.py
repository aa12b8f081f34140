"""A session is written once, with all that it says, and never while it says the same."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from halfdoor.service.core.session_rows import SessionStore

pytestmark = pytest.mark.django_db(transaction=True)


def changes_by(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        act()
    return [one["sql"].split(maxsplit=1)[0] for one in asked if "django_session" in one["sql"]]


def said_by(key: str | None) -> dict[str, object]:
    return dict(SessionStore(key).items())


def test_a_fresh_session_is_written_once_and_read_back():
    session = SessionStore()
    session.create()
    session["space"] = "staff"
    assert changes_by(session.save) == ["INSERT"]
    assert changes_by(session.save) == []
    assert said_by(session.session_key) == {"space": "staff"}


def test_what_changed_since_is_written():
    session = SessionStore()
    session["ways"] = ["password"]
    session.save()
    session["ways"].append("app")
    assert changes_by(session.save) == ["UPDATE"]
    assert said_by(session.session_key) == {"ways": ["password", "app"]}


def test_a_new_key_keeps_what_was_said_and_the_old_one_opens_nothing():
    session = SessionStore()
    session["space"] = "staff"
    session.save()
    old = session.session_key
    session.cycle_key()
    session.save()
    assert old != session.session_key
    assert said_by(session.session_key) == {"space": "staff"}
    assert not SessionStore(old).items()


def test_a_key_that_somebody_made_up_becomes_another():
    session = SessionStore("a" * 32)
    session["space"] = "staff"
    session.save()
    assert session.session_key != "a" * 32
    assert not SessionStore("a" * 32).items()


def test_what_was_rolled_back_does_not_count_as_written():
    session = SessionStore()
    session["space"] = "staff"
    session.save()
    with transaction.atomic():
        session["space"] = "me"
        session.save()
        transaction.set_rollback(True)
    assert said_by(session.session_key) == {"space": "staff"}
    session.save()
    assert said_by(session.session_key) == {"space": "me"}


def test_a_session_that_was_ended_elsewhere_is_not_begun_again():
    session = SessionStore()
    session["space"] = "staff"
    session.save()
    Session.objects.all().delete()
    session["space"] = "me"
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()
