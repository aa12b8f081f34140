"""
Sealing texts about a young person.

A sealed text opens only in the row and field it was sealed for: moved elsewhere in the database, it does not open.
"""

from typing import Any
from uuid import UUID

from django.db import models

from halfdoor.service.core import keys
from halfdoor.service.core.rows import Row

# Format 1: this byte, 16 bytes of key id, 12 of nonce, the AES-256-GCM box.
FORMAT = b"\x01"
HEADER = 17


def seal(
    text: str, *, table: str, row: UUID, field: str, person: UUID, practice: UUID, key: keys.Key | None = None
) -> bytes:
    """
    Return the text sealed under the young person's newest key and bound to its place.

    :param key: that key, for whoever has just made it and seals for many people
    :raises KeyErased: if the young person was erased
    """
    key = key or keys.newest(person, practice=practice)
    return FORMAT + key.id.bytes + key.lock(text.encode(), bound_to=_place(table, row, field, person))


def unseal(sealed: bytes, *, table: str, row: UUID, field: str, person: UUID, practice: UUID) -> str:
    """
    Return the text that was sealed for this place.

    :raises KeyErased: if the young person was erased
    :raises Tampered: if the bytes were changed or belong to another place
    """
    header, box = sealed[:HEADER], sealed[HEADER:]
    if header[:1] != FORMAT or len(header) != HEADER:
        raise keys.Tampered("This is not a sealed text in a format we know.")
    key = keys.by_id(UUID(bytes=header[1:]), person=person, practice=practice)
    return key.unlock(box, bound_to=_place(table, row, field, person)).decode()


class Sealed(property):
    """
    A text property of a row, kept sealed in a binary field.

    `text = Sealed("text_sealed", person="young_person_id")`; set the young person and the practice first. An empty text
    stays empty.
    """

    def __init__(self, field: str, *, person: str) -> None:
        def place(row: Row) -> dict[str, Any]:
            return {
                "table": row._meta.db_table,
                "row": row.pk,
                "field": field,
                "person": getattr(row, person),
                "practice": row.practice_id,
            }

        def read(row: Row) -> str:
            sealed = bytes(getattr(row, field))
            return unseal(sealed, **place(row)) if sealed else ""

        def write(row: Row, text: str) -> None:
            setattr(row, field, seal(text, **place(row)) if text else b"")

        super().__init__(read, write)
        self.column = field


def sealed_field() -> "models.BinaryField[bytes | memoryview, bytes]":
    """Return the column a `Sealed` text lies in."""
    return models.BinaryField(default=b"", editable=False)


def _place(table: str, row: UUID, field: str, person: UUID) -> str:
    return f"{table}|{row}|{field}|{person}"
