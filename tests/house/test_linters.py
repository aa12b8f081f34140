"""Ruff, mypy and pytest are set up to bite: each is shown an offence and names it."""

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests.house.tree import ROOT

TOOLS = Path(sys.executable).parent
IN_A_ROOM = "src/halfdoor/service/notes/actions.py"
AT_THE_CLOCK = "src/halfdoor/service/core/clock.py"


def lint(text: str, *, name: str) -> str:
    """Return what ruff says of a module with this text and name."""
    command = [TOOLS / "ruff", "check", "--no-cache", "--output-format", "concise", "--stdin-filename", name, "-"]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("from django.utils import timezone\n\nAT = timezone.now()\n", "TID251"),
        ("from datetime import UTC, datetime\n\nAT = datetime.now(UTC)\n", "TID251"),
        ("import datetime\n\nON = datetime.date.today()\n", "TID251"),
        ("import time\n\nAT = time.time()\n", "TID251"),
        ("from django.db.models.functions import Now\n\nAT = Now()\n", "TID251"),
        ("from django.utils.safestring import mark_safe\n\nPAGE = mark_safe('')\n", "TID251"),
        ("from django.apps import apps\n\nNote = apps.get_model('notes', 'Note')\n", "TID251"),
        ("from django.db.models.signals import post_save\n\nprint(post_save)\n", "TID251"),
        ("from .models import Note\n\n__all__ = ['Note']\n", "TID252"),
        ("print('shared')\n", "T201"),
        ("def find(cursor, words):\n    cursor.execute(f\"SELECT id FROM note WHERE said = '{words}'\")\n", "S608"),
        ("def work_out(words):\n    return eval(words)\n", "S307"),
        ("import subprocess\n\n\ndef run(words):\n    subprocess.run(words, shell=True, check=True)\n", "S602"),
        ("# TODO: ask her\n", "FIX002"),
        ("# note = release(item)\n", "ERA001"),
    ],
)
def test_ruff_names_what_is_banned(text, code):
    assert code in lint(text, name=IN_A_ROOM)


def test_only_the_clock_reads_the_clock():
    assert "TID251" not in lint("from django.utils import timezone\n\nAT = timezone.now()\n", name=AT_THE_CLOCK)


def test_mypy_is_strict_and_knows_django(tmp_path):
    module = tmp_path / "planted.py"
    module.write_text(
        "from halfdoor.service.core.models import Practice\n"
        "def untyped(practice): ...\n"
        "def misread(practice: Practice) -> int:\n"
        "    return practice.name\n"
    )
    said = subprocess.run([TOOLS / "mypy", module], cwd=ROOT, capture_output=True, text=True).stdout
    assert "[no-untyped-def]" in said
    assert 'got "str", expected "int"' in said


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("somebody will look at this one day", UserWarning, stacklevel=1)
