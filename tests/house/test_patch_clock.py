"""What is installed is on the bill of materials, and who waited how long for a release that mends something."""

import importlib.util
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest

from tests.house.tree import ROOT

DAYS = {"critical": 3, "high": 7}
LOCK = ROOT / "requirements.lock"
HEAD = "| advisory | of | severity | known since | release | on | days |"


def advisories() -> ModuleType:
    """Return the tool, which is no package."""
    spec = importlib.util.spec_from_file_location("advisories", ROOT / "tools" / "advisories.py")
    assert spec
    assert spec.loader
    tool = sys.modules["advisories"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def late(table: str) -> Iterator[str]:
    """Yield what a table of advisories and releases gets wrong, and which patch was late."""
    for line in table.splitlines()[2:]:
        name, _, severity, known, _, on, days = (cell.strip() for cell in line.strip("|").split("|"))
        took = (date.fromisoformat(on) - date.fromisoformat(known)).days
        if str(took) != days:
            yield f"{name}: {took} days, not {days}"
        if took > DAYS.get(severity, took):
            yield f"{name}: {took} days for a {severity} one"


@pytest.mark.reliability("R20")
def test_the_day_of_an_advisory_and_of_the_release_stand_side_by_side():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert list(late(text[text.index(HEAD) :].partition("\n\n")[0])) == []


@pytest.mark.reliability("R20")
def test_a_late_patch_is_noticed():
    rows = ["| A-1 | Django 5.2.19 | critical | 2026-12-01 | 0.1.1 | 2026-12-04 | 3 |"]
    rows += ["| A-2 | Django 5.2.19 | critical | 2026-12-01 | 0.1.1 | 2026-12-06 | 5 |"]
    rows += ["| A-3 | Django 5.2.19 | high | 2026-12-01 | 0.1.1 | 2026-12-06 | 2 |"]
    said = list(late("\n".join([HEAD, "|---|", *rows])))
    assert said == ["A-2: 5 days for a critical one", "A-3: 5 days, not 2"]


@pytest.mark.abuse("E9")
def test_the_bill_of_materials_has_each_version_that_we_ask_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (project["optional-dependencies"][extra] for extra in ("postgres", "build", "metrics"))
    asked = [*project["dependencies"], *(one for extra in extras for one in extra)]
    named = {name(one[1]): one[2] for one in (re.match(r"([\w.-]+)(?:\[.*\])?==([\w.]+)", line) for line in asked)}
    assert len(named) == len(asked)
    assert named.items() <= locked().items(), "make lock"
    there = {name(part): number for part, number in advisories().parts().items()}
    assert named.items() <= there.items() <= locked().items(), "make advisories"


@pytest.mark.abuse("E9")
def test_nothing_is_installed_whose_hash_nobody_wrote_down():
    parts = re.split(r"\n(?=\S)", LOCK.read_text("utf-8"))
    assert [part.partition(" ")[0] for part in parts if "==" in part and "--hash=sha256:" not in part] == []


def locked() -> dict[str, str]:
    """Return each part of the lock with its version."""
    return {name(part): number for part, number in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK.read_text("utf-8"), re.M)}


def name(part: str) -> str:
    """Return a name as Python's packages compare them."""
    return re.sub(r"[-_.]+", "-", part).lower()


@pytest.mark.abuse("E9")
@pytest.mark.reliability("R20")
def test_silence_about_a_part_is_no_answer(monkeypatch: pytest.MonkeyPatch):
    tool = advisories()
    monkeypatch.setattr(tool, "published", lambda bad: date(2026, 11, 1))
    bad = {"id": "PYSEC-1", "fix_versions": ["5.2.20"], "aliases": [], "description": ""}
    said = [{"name": "Django", "version": "5.2.19", "vulns": [bad]}, {"name": "typst", "skip_reason": "not found"}]
    answer = tool.heard("pypi", json.dumps({"dependencies": said}))
    assert (answer.asked, answer.silent) == (1, ["typst"])
    text = tool.page(answer, {"Django": "5.2.19", "typst": "0.15.2"}, date(2026, 11, 28))
    assert "| Django 5.2.19 | PYSEC-1 | 2026-11-01 | 27 days | 5.2.20 |" in text
    assert "Nobody could be asked about 1 of them" in text
    assert tool.heard("osv", "").asked == 0
