"""The ways out of the service: mail, and no other. Nobody can make it fetch something, and no secret is unique."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.house.tree import SOURCE, modules, parsed

FETCHING = frozenset({"urllib.request", "http.client", "requests", "httpx", "aiohttp", "socket", "ftplib", "telnetlib"})
MAILING = frozenset({"django.core.mail", "smtplib"})
SENDS_MAIL = {"halfdoor/service/messages/mailing.py", "halfdoor/service/messages/actions.py"}
"""The one module that writes a mail, and the one that reads what the server answered."""

MAY_BE_UNIQUE = {
    ("accounts.Account", "username"),  # an account is made by the office, which may know of it
    ("people.OutsideReference", "reference"),  # of a file that the office imports
    # Codes, random keys and hashes of our own:
    ("accounts.OpenSession", "key"),
    ("core.Job", "dedupe_key"),
    ("disclosures.LostLine", "leaf"),
    ("disclosures.Obligation", "code"),
    ("disclosures.PackVersion", "sha256"),
    ("documents.Text", "language"),
    ("documents.Version", "kind"),
    ("people.Draft", "form"),
    ("requests.Clock", "code"),
    ("requests.Explanation", "side"),
}
"""Texts that a unique constraint names. Whoever may write one learns that it is taken."""

LISTENING = {"halfdoor/service/core/door.py", "halfdoor/service/portals/management/commands/demo.py"}
"""The door at which pages are asked for, and the demo, which looks whether its own port is free."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)


def importing(source: Path, what: frozenset[str]) -> Iterator[str]:
    for path in modules(source):
        if "tests" not in path.parts and what.intersection(imported(path)):
            yield str(path.relative_to(source.parent))


def unique_texts() -> Iterator[tuple[str, str]]:
    """Yield the columns of words, and not of ids, codes from a list or moments, that a unique constraint names."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and model.__module__.startswith("halfdoor."):
                for name in constraint.fields:
                    field = model._meta.get_field(name)
                    if isinstance(field, models.CharField | models.TextField | models.BinaryField):
                        yield model._meta.label, name


@pytest.mark.abuse("E5")
def test_nothing_in_the_service_fetches_anything():
    assert set(importing(SOURCE, FETCHING)) == LISTENING


@pytest.mark.abuse("A7", "E5")
def test_mail_is_written_in_one_place():
    assert set(importing(SOURCE, MAILING)) == SENDS_MAIL


@pytest.mark.abuse("C8")
def test_no_constraint_tells_that_somebody_else_wrote_the_same():
    assert set(unique_texts()) <= MAY_BE_UNIQUE


def test_a_module_that_fetches_is_caught(tmp_path: Path):
    (tmp_path / "halfdoor").mkdir()
    (tmp_path / "halfdoor" / "sly.py").write_text("def go():\n    from urllib import request\n")
    assert list(importing(tmp_path / "halfdoor", FETCHING)) == ["halfdoor/sly.py"]
