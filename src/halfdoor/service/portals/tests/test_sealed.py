"""What is written about somebody: nowhere in the clear, and of no use to whoever moves it elsewhere."""

import base64
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from itertools import permutations
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.agreements.models import Authorization
from halfdoor.service.core import authors, keys, sealing, wall
from halfdoor.service.core.logs import formatter
from halfdoor.service.core.sealing import Sealed
from halfdoor.service.core.tests.errands import stumble
from halfdoor.service.core.worker import Worker
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people.models import Suspicion
from halfdoor.service.portals.tests.test_hidden_and_absent import told_about
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.words import Channel
from tests.database import as_owner
from tests.doors import signed_in
from tests.people import EARLIER, NOON, Family

CANARIES, FIELDS, MOVES = 100, 18, 500
LONG_ENOUGH = 9

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(family: Family, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Let much happen about Amina, and return every text that was sealed meanwhile, by the field it lies in."""
    found: dict[str, set[str]] = {}
    seal = sealing.seal

    def noting(text: str, **place: Any) -> bytes:
        found.setdefault(f"{place['table']}.{place['field']}", set()).add(text)
        return seal(text, **place)

    monkeypatch.setattr(sealing, "seal", noting)
    with time_machine.travel(NOON, tick=False):
        much_happens(family)
    return found


def much_happens(family: Family) -> None:
    by: Any = {"by": family.ruth, "at": NOON}
    told_about(family.amina, family.tom, by=family.ruth)
    for number in range(CANARIES):
        category = [Category.PROGRESS, Category.SESSION_CONTENT, Category.THEMES, Category.PROCESS_NOTES][number % 4]
        notes.write(f"canary-{number} by the river", episode=family.episode, category=category, **by)
    draft = notes.begin(family.episode, **by)
    notes.keep(draft, {"private": ["I left the canary undone."]}, **by)
    agreements.wish(
        family.amina, value=WishValue.OBJECTS, source=WishSource.TOLD_THERAPIST, words="Not about my canary.", **by
    )
    suspected = Suspicion(membership=family.tom, suspected="yes", effective_on=EARLIER.date())
    people.record(suspected, evidence="She told her canary.", document="Folder canary", **by)
    agreements.withdraw(Authorization.objects.earliest("recorded_at"), because="The canary changed its mind.", **by)
    people.correct_birthday(family.amina, born_on=family.amina.born_on, because="Her passport, with a canary", **by)
    asked = Asked(category="themes", channel=Channel.PORTAL, motive="Is the canary well?")
    requests.receive(family.amina, asked, asked_by=family.sara, by=family.sara.person.account, at=NOON)


def texts(sealed: dict[str, set[str]]) -> set[str]:
    return {text for said in sealed.values() for text in said if len(text) >= LONG_ENOUGH}


def forms(text: str) -> Iterator[bytes]:
    """Yield a text as somebody might find it: plain, escaped, in another coding, in base64 at each offset."""
    plain = text.encode()
    yield from (plain, plain.hex().encode(), text.encode("utf-16-le"), text.encode("unicode_escape"))
    for offset in range(3):
        yield base64.b64encode(b"x" * offset + plain)[4:-4]


def everything_in_the_database() -> bytes:
    """Return every cell of every table, as bytes."""
    found: list[bytes] = []
    with wall.permit(wall.readable, wall.EVERYTHING), as_owner(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row]
    return b"\n".join(found)


@pytest.mark.abuse("D5")
def test_no_text_that_was_sealed_lies_in_any_cell_of_the_database(
    family: Family, sealed: dict[str, set[str]], subtests: pytest.Subtests
) -> None:
    lying_there = everything_in_the_database()
    assert family.practice.name.encode() in lying_there, "what is open is found, so that what is not found is not there"
    assert len(sealed) >= FIELDS, sorted(sealed)
    assert len([text for text in texts(sealed) if "canary" in text]) >= CANARIES
    found = [text for text in texts(sealed) for form in forms(text) if len(form) >= LONG_ENOUGH and form in lying_there]
    assert found == []


@pytest.mark.abuse("D6")
def test_no_sealed_text_opens_in_another_row_or_field_or_of_another_person(
    family: Family, sealed: dict[str, set[str]]
) -> None:
    """Each kind of row takes the place of each other: the bytes move, the row, the field and the person stay."""
    places: list[tuple[Any, Sealed]] = []
    with keys.ring(), wall.permit(wall.readable, wall.EVERYTHING), authors.opened([family.ruth.pk]):
        for model in apps.get_models():
            fields = [one for part in model.__mro__ for one in vars(part).values() if isinstance(one, Sealed)]
            for field in fields:
                kept = model._default_manager.exclude(**{field.column: b""}).order_by("pk")
                places += [(row, field) for row in kept[:2]]
        assert all(field.__get__(row) for row, field in places), "each opens where it was written"
        moves = list(permutations(places, 2))
        for (here, from_field), (row, field) in moves:
            elsewhere = type(row)(**{one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields})
            setattr(elsewhere, field.column, getattr(here, from_field.column))
            with pytest.raises((keys.Tampered, keys.KeyErased)):
                field.__get__(elsewhere)
    assert len({field for _, field in places}) >= FIELDS
    assert len(moves) >= MOVES


@pytest.mark.abuse("D7")
def test_no_log_line_of_a_request_a_failure_or_a_job_says_who_or_what(
    family: Family, sealed: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    try:
        with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
            everything_is_done(family, monkeypatch)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    said = lines.getvalue()
    assert all(word in said for word in ('"status": 404', '"status": 500', "job_failed")), "much was logged"
    names = {"Amina", "Khan", "Tom Reed", "Ruth", "river", "Larkspur", "canary"}
    assert [text for text in texts(sealed) | names if text in said] == []


def everything_is_done(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open pages that are there, that are not, and one that fails; sign in wrongly; let a job fail."""
    ruth, tom = signed_in(family.ruth), signed_in(family.tom.person.account)
    assert ruth.get(f"/staff/young-people/{family.amina.pk}/").status_code == 200
    assert tom.get("/family/").status_code == 200
    assert ruth.get("/staff/Amina Khan/?about=the+river").status_code == 404
    wrong = {"login": "Amina Khan", "password": "by the river", "practice": str(family.practice.pk)}
    Client().post("/staff/sign-in/", wrong)
    stumble.enqueue(practice=str(family.practice.pk), over="Amina")
    Worker().work_once()

    def fails(*_: Any, **__: Any) -> None:
        raise LookupError("Amina Khan said: by the river")

    monkeypatch.setattr("halfdoor.service.disclosures.gate.on_record.of_many", fails)
    tom.raise_request_exception = False
    assert tom.get("/family/?q=Amina Khan").status_code == 500
