"""A session that has ended is kept no longer than an hour, whoever began it and in whatever practice."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client

from halfdoor.service.accounts import sessions
from halfdoor.service.accounts.models import Account, OpenSession, Role
from halfdoor.service.accounts.tests.test_doors import NOON, PASSWORD, account
from halfdoor.service.core import within, worker
from halfdoor.service.core.models import Practice
from halfdoor.service.core.session_rows import SessionStore

pytestmark = pytest.mark.django_db(transaction=True)

KEPT_FOR = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def sign_in(who: Account, *, at: datetime) -> Client:
    client = Client()
    typed = {"practice": str(who.practice_id), "login": who.username, "password": PASSWORD}
    with time_machine.travel(at, tick=False):
        assert client.post("/staff/sign-in/", typed).status_code == 302
    return client


def somebody(practice: str) -> Account:
    return account(Practice.objects.create(name=practice, is_demo=True), "ruth", Role.THERAPIST)


def rows() -> tuple[int, int]:
    with within.everywhere():
        return Session.objects.count(), OpenSession.objects.count()


def looks(one: worker.Worker, *, at: datetime) -> None:
    with time_machine.travel(at, tick=False), within.nowhere():
        one._look()


def test_those_that_ended_go_and_those_that_go_on_stay():
    first, second = somebody("Corner House"), somebody("Mill Lane")
    for who in (first, second):
        sign_in(who, at=NOON)
    goes_on = sign_in(second, at=NOON + timedelta(hours=1))
    with within.nowhere(), time_machine.travel(NOON, tick=False):
        nobodys = SessionStore()
        nobodys["language"] = "cy"
        nobodys.save()
    assert rows() == (4, 3)
    one = worker.Worker()
    looks(one, at=NOON + KEPT_FOR - timedelta(seconds=1))
    assert rows() == (4, 3)
    looks(one, at=NOON + KEPT_FOR)
    assert rows() == (4, 3), "each hour, not each second"
    looks(one, at=NOON + KEPT_FOR + timedelta(minutes=59, seconds=59))
    assert rows() == (1, 1)
    with within.everywhere():
        assert OpenSession.objects.get().account_id == second.pk
        assert Session.objects.get().session_key == goes_on.cookies["session-staff"].value


def test_whoever_signs_out_is_forgotten_with_the_next_hour_and_a_new_worker_begins_with_it():
    client = sign_in(somebody("Corner House"), at=NOON)
    with time_machine.travel(NOON, tick=False):
        client.post("/staff/sign-out/")
    assert rows() == (0, 1)
    looks(worker.Worker(), at=NOON)
    assert rows() == (0, 0)


def test_what_cannot_be_let_go_keeps_no_job_waiting(monkeypatch: pytest.MonkeyPatch):
    one, worked = worker.Worker(), []

    def fails(*, at: datetime) -> None:
        raise DatabaseError("gone away")

    monkeypatch.setattr(worker, "_TIDYING", [fails, sessions.forget_ended])
    monkeypatch.setattr(one, "work_once", lambda: worked.append(1) or 1)
    looks(one, at=NOON)
    looks(one, at=NOON + timedelta(seconds=1))
    assert worked == [1]
