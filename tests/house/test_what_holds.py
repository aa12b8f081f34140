"""What docs/assurance/what-holds.md says of limits, keys, logs and data is what the code does."""

import ast
import re
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import models
from django.forms import FileField, Form
from django.urls import get_resolver

from halfdoor.service.accounts.policy import NEEDS
from halfdoor.service.core.audience import Audience
from halfdoor.service.core.logs import LOGGED
from halfdoor.service.core.spaces import DOORS, STAFF
from halfdoor.service.disclosures.choices import Category
from tests.house.test_plain_code import ours
from tests.house.tree import ROOT, SERVICE, SOURCE, parsed

PAGE = ROOT / "docs" / "assurance" / "what-holds.md"
CRYPTOGRAPHY = re.compile(
    r"^(cryptography|hashlib|hmac|pyrage|secrets|pyhanko|argon2)\b|salted_hmac|django\.core\.signing"
)
BY_HAND = re.compile(r"cursor\.execute|\.raw\(|RawSQL|schema_editor|DEALLOCATE")
EVENT = re.compile(r"\.(?:info|warning|error|exception)\(\s*\"(?P<log>[a-z_]+)\"|worked\(\"(?P<noted>[a-z_]+)\"")


def rows(heading: str, head: str) -> list[list[str]]:
    """Return the rows of a table of the page: the first below a heading whose head begins so."""
    part = PAGE.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    table = part[part.index(f"| {head}") :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def named(cells: Iterable[str]) -> set[str]:
    """Return what stands in backticks in some cells."""
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def said(value: object) -> str:
    """Return a limit as the page writes it."""
    if not isinstance(value, timedelta):
        return f"{value:,}"
    for length, word in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        if value % length == timedelta():
            return f"{value // length} {word}{'' if value == length else 's'}"
    return str(value)


def places(pattern: re.Pattern[str]) -> set[str]:
    """Return the modules in whose text something stands, by their short names."""
    return {short(path) for path in ours(SOURCE) if pattern.search(path.read_text("utf-8"))}


def short(path: object) -> str:
    return str(path).removeprefix(f"{SERVICE}/").removeprefix(f"{SOURCE}/").removesuffix(".py")


def test_every_limit_is_the_one_in_the_code() -> None:
    limits = re.findall(r"\| ([^|]+) \| `([\w/]+)\.([A-Z_]+)` \|", PAGE.read_text("utf-8"))
    assert len(limits) >= 20
    for value, module, name in limits:
        found = getattr(settings, name, None) if module == "settings" else None
        found = found or getattr(import_module(f"halfdoor.service.{module.replace('/', '.')}"), name)
        assert said(found) == value, f"{module}.{name}"


def test_every_role_and_how_long_it_stays() -> None:
    roles = [[role, said(door.idle[role]), said(door.absolute[role])] for door in DOORS for role in door.roles]
    needs = {str(role): str(need) for role, need in NEEDS.items()}
    assert rows("Coming in", "role") == [[*row, needs[row[0]]] for row in roles]
    audiences = [row[0] for row in rows("Who may do and read what", "audience")]
    assert audiences == [str(one) for one in Audience]
    assert f"Staff means these roles: {', '.join(STAFF.roles)}." in PAGE.read_text("utf-8")
    kinds = PAGE.read_text("utf-8").split("The kinds are:")[1].split("\n\n")[1]
    assert re.findall(r"[a-z_]+", kinds) == [str(one) for one in Category]


def test_every_place_that_does_cryptography_is_in_the_inventory() -> None:
    found = set()
    for path in ours(SOURCE):
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Import(names=names):
                    told = [alias.name for alias in names]
                case ast.ImportFrom(module=str(module), names=names):
                    told = [f"{module}.{alias.name}" for alias in names]
                case _:
                    continue
            if any(CRYPTOGRAPHY.search(one) for one in told) and "demo" not in path.parts:
                found.add(short(path))
    listed = named(row[2] for row in rows("Keys and algorithms", "what for"))
    assert listed == found


def test_every_secret_of_an_operator_has_its_place_and_its_day() -> None:
    keys = rows("Keys and algorithms", "key |")
    assert all(len(row) == 5 and all(row) for row in keys)
    secret = re.findall(r"told\(\"(\w+)\"\)", (SERVICE / "settings.py").read_text("utf-8"))
    assert set(secret) == {"HALFDOOR_SECRET_KEY", "HALFDOOR_DATABASE", "HALFDOOR_DATABASE_OWNER", "HALFDOOR_MAIL"}
    files = {"root", "of the copies", "of the database's second wall", "of a young person", "of the ledger"}
    assert files <= {row[0] for row in keys}, "what lies in the folder `keys`"
    makes = places(re.compile(r"secret_file\("))
    wall = "core/databases/postgresql/second_wall"
    assert makes == {"cli/witness", wall, "core/heads", "core/roots", "core/starting"}, "no key is made elsewhere"


def test_every_dangerous_way_of_working_is_where_it_says_alone() -> None:
    programs, by_hand, by_name = (named([row[1]]) for row in rows("What it is built on", "what |"))
    assert programs == places(re.compile(r"^import subprocess", re.M))
    assert by_hand == places(BY_HAND)
    assert by_name == {one for one in places(re.compile(r"import_string|import_module")) if one.startswith("core/")}


def test_every_event_and_field_of_the_log_is_in_its_inventory() -> None:
    events = {
        match["log"] or match["noted"] for path in ours(SERVICE) for match in EVENT.finditer(path.read_text("utf-8"))
    }
    listed = named(row[0] for row in rows("What is logged", "event"))
    assert listed == events | {"answered"}
    fields = re.search(r"is\nin any: (?P<fields>[a-z, ]+)\.", PAGE.read_text("utf-8"))
    assert fields is not None
    assert set(fields["fields"].split(", ")) == LOGGED
    assert list(settings.LOGGING["handlers"]) == ["stderr"], "and it goes nowhere else"


def test_every_form_that_takes_a_file_is_named() -> None:
    assert get_resolver().url_patterns, "what no address leads to, nobody sends"
    taking = {f"{one.__module__.removeprefix('halfdoor.service.').replace('.', '/')}" for one in forms_of(Form)}
    assert taking == named([PAGE.read_text("utf-8").split("Two forms take a file:")[1].split("Both count")[0]])


def forms_of(kind: type[Form]) -> Iterable[type[Form]]:
    for one in kind.__subclasses__():
        yield from forms_of(one)
        fields = getattr(one, "declared_fields", {}).values()
        if one.__module__.startswith("halfdoor.") and any(isinstance(field, FileField) for field in fields):
            yield one


def test_every_column_of_text_has_its_level() -> None:
    listed = PAGE.read_text("utf-8").split("is one of these")[1].split("\n## ")[0]
    told = {
        f"{model}.{column}" for model, columns in re.findall(r"(\w+\.\w+)\s+\(([^)]+)\)", listed)
        for column in re.split(r",\s+", columns)
    }  # fmt: skip
    texts = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.TextField | models.CharField | models.JSONField) and not field.choices
    }
    assert told == {one for one in texts if not one.startswith("planted.")}


def test_every_part_that_is_watched_is_one_of_ours() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    watched = {name.lower() for row in rows("What it is built on", "part") for name in row[0].split(", ")}
    assert len(watched) >= 5
    assert watched <= {re.split(r"[\[=]", one)[0].lower() for one in project["dependencies"]}
