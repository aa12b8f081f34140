"""The root key from a command: a real one, which prints it, fails, hangs, or prints something else."""

import os
import shlex
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from halfdoor.service.core import health, keys, roots
from halfdoor.service.core.models import Practice, PracticeKey
from tests.people import NOON

FIRST, SECOND = bytes(range(32)), bytes(range(100, 132))

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the command be a line of Python, which has a file ``asked`` to count in; the folder of keys is empty."""
    settings.HALFDOOR_DATA = tmp_path
    settings.HALFDOOR_ROOT_COMMAND = ""
    monkeypatch.setattr(roots, "_given", {})

    def by(line: str) -> None:
        roots._given.clear()
        script = f"import os, sys, time; open({str(tmp_path / 'asked')!r}, 'a').write(sys.argv[1]); {line}"
        settings.HALFDOOR_ROOT_COMMAND = shlex.join([sys.executable, "-c", script, "{version}"])

    return by


def prints(key: bytes) -> str:
    return f"sys.stdout.buffer.write({key!r})"


@pytest.mark.abuse("D5")
def test_a_practice_moves_from_the_file_to_a_command_and_opens_nothing_without_it(
    given: Callable[[str], None], settings: Any, tmp_path: Path
) -> None:
    practice, person = Practice.objects.create(name="Corner House"), uuid4()
    box = keys.newest(person, practice=practice.pk).lock(b"She has come every week.", bound_to="here")
    given(prints(SECOND.hex().encode() + b"\n"))
    (found,) = [one for one in health.examine(at=NOON) if one.what == "root key"]
    assert (found.state, "halfdoor keys root" in found.says) == (health.State.CARE, True)
    call_command("keys", "root", stdout=StringIO())
    assert {row.root_version for row in PracticeKey.objects.all()} == {2}
    (tmp_path / "keys" / "root-1.key").unlink()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not [form for form in (SECOND, SECOND.hex().encode()) if form in kept]
    for _process in range(2):
        roots._given.clear()
        assert keys.newest(person, practice=practice.pk).unlock(box, bound_to="here") == b"She has come every week."
        keys.newest(person, practice=practice.pk)
    assert (tmp_path / "asked").read_text() == "222", "once in each process"
    (found,) = [one for one in health.examine(at=NOON) if one.what == "root key"]
    assert (found.state, "by a command" in found.says) == (health.State.WELL, True)
    given(prints(FIRST))
    with pytest.raises(roots.NoRootKey, match="another key"):
        keys.newest(person, practice=practice.pk)
    settings.HALFDOOR_ROOT_COMMAND = ""
    with pytest.raises(roots.NoRootKey, match="HALFDOOR_ROOT_COMMAND"):
        keys.newest(person, practice=practice.pk)
    assert not list((tmp_path / "keys").glob("root-*.key")), "none is made in place of one that is missing"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("print('sesame-4711'); sys.exit(3)", "ended with 3"),
        ("print('sesame-4711')", "did not print a key"),
        ("print('sesame-4711', flush=True); time.sleep(30)", "did not end within"),
    ],
)
def test_a_command_that_gives_no_key_is_named_and_nothing_it_said_is_shown(
    line: str, says: str, given: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, capfd: Any, caplog: Any
) -> None:
    monkeypatch.setattr(roots, "_WAITS", 0.5)
    given(f"print('sesame-4711', file=sys.stderr); {line}")
    with pytest.raises(roots.NoRootKey, match=says) as caught:
        roots.fetch()
    (found,) = [one for one in health.examine(at=NOON) if one.what == "root key"]
    assert found.state is health.State.BAD
    with pytest.raises(CommandError, match=says):
        call_command("keys", "root", stdout=StringIO())
    out, err = capfd.readouterr()
    assert "sesame" not in "".join([out, err, caplog.text, str(caught.value), found.says])


def test_a_command_is_told_none_of_our_settings_and_the_same_key_is_no_new_one(
    given: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "HALFDOOR_SECRET_KEY", "s" * 50)
    given(f"'HALFDOOR_SECRET_KEY' in os.environ and sys.exit(9); {prints(FIRST)}")
    roots.fetch()
    assert roots.by_command(1)
    with pytest.raises(CommandError, match="gave the key of version 1 again"):
        call_command("keys", "root", stdout=StringIO())
    call_command("keys", "root", in_file=True, stdout=StringIO())
    assert (roots.newest(), roots.by_command(2)) == (2, False)
