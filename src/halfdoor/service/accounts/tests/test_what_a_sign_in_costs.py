"""Signing in waits for the disk twice, and many tries at once get no further than one after the other."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpRequest
from django.test import Client, RequestFactory

from halfdoor.service.accounts import guessing
from halfdoor.service.accounts.models import Attempt, Role
from halfdoor.service.accounts.tests.test_doors import NOON, PASSWORD, account
from halfdoor.service.core import within
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import STAFF
from tests.racing import elsewhere, together

__all__ = ["elsewhere"]


@pytest.fixture
def practice(transactional_db: None) -> Practice:
    return Practice.objects.create(name="Corner House", is_demo=True)


def test_a_sign_in_asks_little_and_waits_for_the_disk_twice(practice: Practice, monkeypatch: pytest.MonkeyPatch):
    account(practice, "ruth", Role.THERAPIST)
    form, asked, commits = {"login": "ruth", "password": PASSWORD, "practice": str(practice.pk)}, [], []
    assert Client().post("/staff/sign-in/", form).status_code == 302
    here = connections["default"]
    commit = here._commit
    monkeypatch.setattr(here, "_commit", lambda: (commits.append(1), commit())[1])

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append((sql.split(maxsplit=1)[0], connection.in_atomic_block))
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        assert Client().post("/staff/sign-in/", form).status_code == 302
    assert len(commits) == 2, "the try, before the password is looked at; and everything that follows"
    changes = [within_one for word, within_one in asked if word in ("INSERT", "UPDATE", "DELETE")]
    assert changes == [True] * 5, "each change in one of the two"
    assert sum(word != "BEGIN" for word, _ in asked) <= 15


@pytest.mark.abuse("A8")
def test_of_many_who_try_at_once_no_more_go_on_than_may(
    practice: Practice, elsewhere: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    elsewhere()
    many, ask = 8, type(guessing._LATELY).ask
    all_are_there = threading.Barrier(many)

    def when_all_are_there(prepared: Any, *how: Any) -> Any:
        all_are_there.wait(30)
        return ask(prepared, *how)

    monkeypatch.setattr(type(guessing._LATELY), "ask", when_all_are_there)

    def knock() -> bool:
        with within.within(practice.pk):
            return guessing.begin(_at_the_door(), practice=practice, username="ruth", at=NOON)

    assert sum(together(*[knock] * many)) <= guessing.OF_ONE_NAME


@pytest.mark.abuse("A8")
def test_a_try_that_was_turned_away_does_not_count_and_one_that_was_right_is_taken_back(practice: Practice):
    tries = [_at_the_door() for _ in range(7)]
    with within.within(practice.pk):
        went = [guessing.begin(one, practice=practice, username="ruth", at=NOON) for one in tries]
        assert went == [True] * 5 + [False] * 2
        assert Attempt.objects.count() == 5
        guessing.take_back(tries[0], at=NOON)
        guessing.take_back(tries[6], at=NOON)
        assert Attempt.objects.count() == 4
        assert guessing.begin(tries[6], practice=practice, username="ruth", at=NOON)


def test_what_is_told_no_more_goes_with_the_next_who_is_right(practice: Practice):
    early, late = _at_the_door(), _at_the_door()
    with within.within(practice.pk):
        guessing.begin(early, practice=practice, username="ruth", at=NOON - guessing.TOLD_FOR)
        guessing.begin(late, practice=practice, username="ruth", at=NOON)
        guessing.take_back(late, at=NOON)
        assert not Attempt.objects.exists()


def _at_the_door() -> HttpRequest:
    request = RequestFactory().post("/staff/sign-in/", REMOTE_ADDR="10.0.0.1")
    request.space = STAFF  # type: ignore[attr-defined]
    return request
