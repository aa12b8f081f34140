"""A secret that is older than the schedule is noticed, and goes on working."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from halfdoor.service.core import ages, clock, heads, health, keys, roots
from halfdoor.service.core.models import Practice
from tests.house.tree import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """A practice with all its keys, in a folder of its own."""
    monkeypatch.setattr(roots, "_given", {})
    settings.HALFDOOR_DATA, settings.HALFDOOR_ROOT_COMMAND = tmp_path, ""
    settings.EMAIL_HOST_PASSWORD = "a password of the mail server"
    one = Practice.objects.create(name="Corner House")
    keys.newest(uuid4(), practice=one.pk)
    heads.signer(one.pk)
    return one


def secrets(state: str, *, after: timedelta) -> set[str]:
    """Which secrets the doctor finds in this state after a time; the database's aside, which may have none here."""
    found = health.examine(at=clock.now() + after)
    says = {one.says.partition(":")[0] for one in found if (one.what, one.state) == ("secrets", state)}
    return says - {"database's password"}


@pytest.mark.usefixtures("practice")
def test_the_doctor_says_which_secret_has_ended_by_the_schedule_and_which_will_soon() -> None:
    (well,) = secrets("ok", after=timedelta(0))
    assert well.startswith("the first to end is the")
    yearly = {"root key", "practice key", "mail server's password"}
    assert (secrets("care", after=timedelta(days=340)), secrets("BAD", after=timedelta(days=340))) == (yearly, set())
    assert secrets("BAD", after=timedelta(days=367)) == yearly
    assert secrets("BAD", after=timedelta(days=3660)) == ages.GOOD_FOR.keys() - {"database's password"}


def test_a_renewed_secret_is_young_again(practice: Practice, settings: Any, tmp_path: Path) -> None:
    made = clock.now()
    assert {age.since.date() for age in ages.ages(at=made)} == {made.date()}
    later = made + timedelta(days=400)
    keys.renew_practice(practice.pk)
    settings.EMAIL_HOST_PASSWORD = "another password of the mail server"
    since = {age.what: age.since for age in ages.ages(at=later)}
    assert since["practice key"] == since["mail server's password"] == later
    assert since["root key"] < later
    assert {age.what: age.since for age in ages.ages(at=later + timedelta(days=1))} == since
    assert "another" not in (tmp_path / "secrets-since.json").read_text()


def test_the_schedule_stands_in_the_documents() -> None:
    page = (ROOT / "docs" / "how-to" / "renew-secrets.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (?:the )?([^|]+?) \| (\d+) days \|", page, re.M))
    assert {what: str(term.days) for what, term in ages.GOOD_FOR.items()} == rows
