"""Each import contract is shown to bite: in a small house one import too many is planted, and the contract breaks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, staircase

ROOMS = staircase()
OTHERS = (
    "cli", "packs", "disclosure.planes", "disclosure.loading", "service.settings", "service.urls",
    "service.notes.views.caregiver", "service.notes.models",
)  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Every storey and every room, empty, in which all contracts hold."""
    for module in (*OTHERS, *(f"service.{room}.models" for room in ROOMS)):
        _plant(tmp_path, module, "")
    return tmp_path


def _plant(house: Path, module: str, line: str) -> None:
    path = house.joinpath("halfdoor", *module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(house).parents[:-1]:
        (house / folder / "__init__.py").touch()
    path.write_text(line, "utf-8")


def _broken_contracts(house: Path) -> list[str]:
    """Return the first words of the contracts that are broken, as the import linter prints them."""
    answer = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--config",
            ROOT / "pyproject.toml",
            "--no-cache",
            "--no-logo",
        ],
        cwd=house,
        env=os.environ | {"PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    lines = answer.stdout.splitlines()
    assert any(line.startswith("Contracts: ") for line in lines), answer.stdout + answer.stderr
    return [line.partition(":")[0] for line in lines if line.endswith(" BROKEN")]


def test_an_empty_house_breaks_no_contract(house):
    assert _broken_contracts(house) == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("disclosure.planes", "import halfdoor.packs", "The storeys"),
        ("packs.reading", "import halfdoor.service.core.models", "The storeys"),
        ("gossip", "", "The storeys"),
        ("service.people.models", "import halfdoor.service.notes.models", "The staircase"),
        ("service.core.models", "def late():\n    import halfdoor.service.web.models", "The staircase"),
        ("service.gossip.models", "", "The staircase"),
        ("disclosure.planes", "import django.db", "The judgement is pure"),
        ("disclosure.planes", "import time", "The judgement is pure"),
        ("disclosure.loading", "import sqlite3", "The judgement is pure"),
        ("disclosure.planes", "import pathlib", "Files are read in one module of the judgement"),
        ("service.notes.models", "import halfdoor.disclosure.planes", "Only the gate's room asks the judgement"),
        ("service.connectors.models", "import halfdoor.service.portals.models", "Nothing imports a front door"),
        ("service.notes.views.caregiver", "import halfdoor.service.notes.models", "What families see"),
        ("service.notes.views.young_person", "import halfdoor.service.people.models", "What families see"),
        ("service.notes.views.team", "from halfdoor.service.core import models", "What families see"),
        ("service.billing.models", "import halfdoor.service.notes.models", "What is noted"),
    ],
)
def test_one_import_too_many_breaks_the_contract(house, module, line, contract):
    _plant(house, module, line)
    assert any(broken.startswith(contract) for broken in _broken_contracts(house))


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("disclosure.loading", "import pathlib"),
        ("service.disclosures.gate", "import halfdoor.disclosure.planes"),
        ("service.notes.actions", "import halfdoor.service.disclosures.models"),
        ("service.urls", "import halfdoor.service.portals.models"),
        ("cli", "import halfdoor.disclosure.planes"),
    ],
)
def test_what_may_be_leant_on_is_left_alone(house, module, line):
    _plant(house, module, line)
    assert _broken_contracts(house) == []
