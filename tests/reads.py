"""How many queries a page takes: what it reads, apart from what it writes down about being read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

MOST_READ = 20
"""How many queries any page may take to be read."""

_WRITES = re.compile(
    r'^(INSERT|UPDATE)|^SELECT "core_practice"|FROM "(core_chainentry|people_sharingversion)"'
    r'|"core_personkey".* ORDER BY .*DESC|FROM "disclosures_packversion" WHERE .*"sha256" IN'
)
_ASIDE = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK)|\bEXISTS\(.*?LIMIT 1\)")


@contextmanager
def counted() -> Iterator[dict[str, list[str]]]:
    """Note what is sent to the database: what reads, and what writes a line or locks what it follows."""
    sent: dict[str, list[str]] = {"read": [], "written": []}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent["written" if _WRITES.search(_ASIDE.sub("", sql)) else "read"].append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


@dataclass(frozen=True)
class Cost:
    """What one page takes."""

    address: str
    read: int
    written: int


def opened(client: Client, address: str) -> tuple[Cost, Any]:
    with counted() as sent:
        page = client.get(address)
    return Cost(address, len(sent["read"]), len(sent["written"])), page
