"""Pages that many open all day long write the SQL of few of their questions anew, whoever opens them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.requests.words import Channel, Way
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind
from tests.doors import signed_in
from tests.people import NOON, Family
from tests.reads import counted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def written_anew(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note each question whose SQL Django writes from now on; one inside another counts with it."""
    found: list[Any] = []
    plain = SQLCompiler.as_sql

    def as_sql(self: SQLCompiler, *how: Any, **more: Any) -> Any:
        if not self.query.subquery:
            found.append(self.query.model)
        return plain(self, *how, **more)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    return found


def on_record(family: Family) -> None:
    """Put two of everything on record that these pages list."""
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="Again.", sure=Way.CALLED_BACK)
    lost = Noticed(Kind.OVERHEARD, "The door was open.", happened_on=NOON.date(), known_at=NOON)
    for _ in range(2):
        requests.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
        safeguarding.report(family.amina, lost, by=family.ruth, at=NOON)
        told = {"value": WishValue.OBJECTS, "source": WishSource.TOLD_THERAPIST, "about": family.tom}
        agreements.wish(family.amina, **told, by=family.ruth, at=NOON)
        notes.write("She came.", episode=family.episode, category=Category.ATTENDANCE, by=family.ruth, at=NOON)
        notes.begin(family.episode, by=family.ruth, at=NOON)


def a_request(family: Family) -> str:
    return reverse("requests:request", args=[FamilyRequest.objects.filter(asked_by=family.tom).first().pk])


PAGES: dict[str, tuple[Callable[[Family], str], int, int]] = {
    "a request": (a_request, 1, 13),
    "a record": (lambda family: reverse("records:record", args=[family.amina.pk]), 0, 12),
    "incidents": (lambda family: reverse("safeguarding:incidents"), 0, 3),
    "the ledger": (lambda family: reverse("disclosures:ledger", args=[family.amina.pk]), 0, 6),
    "notes": (lambda family: reverse("notes:list", args=[family.amina.pk]), 1, 10),
    "agreements": (lambda family: reverse("agreements:agreements", args=[family.amina.pk]), 2, 11),
    "the rules": (lambda family: reverse("rules:rules"), 0, 7),
}
"""Pages of a clinician: their address, how many questions they may write anew, and how many they may ask in all."""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_writes_few_questions_anew(page: str, family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    on_record(family)
    (whose, anew, read), ruth = PAGES[page], signed_in(family.ruth)
    address = whose(family)
    assert ruth.get(address).status_code == 200
    found = written_anew(monkeypatch)
    with counted() as sent:
        assert ruth.get(address).status_code == 200
    assert len(found) <= anew, found
    assert len(sent["read"]) <= read, sent["read"]
