"""
Sealing texts about a young person.

A sealed text opens only in the row and field it was sealed for: moved elsewhere in the database, it does not open.
What its author wrote for themselves takes a key of theirs beside the young person's (`core.authors`).
"""

from typing import Any
from uuid import UUID

from django.db import models

from halfdoor.service.core import authors, keys
from halfdoor.service.core.rows import Row

# Format 1: this byte, 16 bytes of key id, 12 of nonce, the AES-256-GCM box.
FORMAT = b"\x01"
HEADER = 17

# Format 2: this byte, 16 bytes of the young person's key id, 16 of the author's, 12 of nonce, the AES-256-GCM box.
FORMAT_OF_AN_AUTHOR = b"\x02"
_HEADER_OF_AN_AUTHOR = 33


def seal(
    text: str,
    *,
    table: str,
    row: UUID,
    field: str,
    person: UUID,
    practice: UUID,
    author: UUID | None = None,
    key: keys.Key | None = None,
) -> bytes:
    """
    Return the text sealed under the young person's newest key and bound to its place.

    :param author: whose key it takes beside it
    :param key: that key, for whoever has just made it and seals for many people
    :raises KeyErased: if the young person was erased
    """
    key = key or keys.newest(person, practice=practice)
    if author is not None:
        own, both = authors.to_seal(author, key, practice=practice)
        box = both.lock(text.encode(), bound_to=f"{_place(table, row, field, person)}|{author}|{own}")
        return FORMAT_OF_AN_AUTHOR + key.id.bytes + own.bytes + box
    return FORMAT + key.id.bytes + key.lock(text.encode(), bound_to=_place(table, row, field, person))


def unseal(
    sealed: bytes, *, table: str, row: UUID, field: str, person: UUID, practice: UUID, author: UUID | None = None
) -> str:
    """
    Return the text that was sealed for this place.

    :raises KeyErased: if the young person was erased
    :raises Tampered: if the bytes were changed or belong to another place
    :raises NotTheAuthor: if it takes an author's key, and nobody let it be opened
    """
    if author is not None:
        return _unseal_of(author, sealed, place=_place(table, row, field, person), person=person, practice=practice)
    header, box = sealed[:HEADER], sealed[HEADER:]
    if header[:1] != FORMAT or len(header) != HEADER:
        raise keys.Tampered("This is not a sealed text in a format we know.")
    key = keys.by_id(UUID(bytes=header[1:]), person=person, practice=practice)
    return key.unlock(box, bound_to=_place(table, row, field, person)).decode()


def _unseal_of(author: UUID, sealed: bytes, *, place: str, person: UUID, practice: UUID) -> str:
    header, box = sealed[:_HEADER_OF_AN_AUTHOR], sealed[_HEADER_OF_AN_AUTHOR:]
    if header[:1] != FORMAT_OF_AN_AUTHOR or len(header) != _HEADER_OF_AN_AUTHOR:
        raise keys.Tampered("This is not a text that was sealed under the key of its author.")
    own, of_person = UUID(bytes=header[HEADER:]), UUID(bytes=header[1:HEADER])
    key = keys.by_id(of_person, person=person, practice=practice)
    both = authors.to_open(own, key, author=author, practice=practice)
    return both.unlock(box, bound_to=f"{place}|{author}|{own}").decode()


class Sealed(property):
    """
    A text property of a row, kept sealed in a binary field.

    `text = Sealed("text_sealed", person="young_person_id")`; set the young person and the practice first. An empty text
    stays empty. With ``author`` it takes the key of that account too.
    """

    def __init__(self, field: str, *, person: str, author: str = "") -> None:
        def place(row: Row) -> dict[str, Any]:
            return {
                "table": row._meta.db_table,
                "row": row.pk,
                "field": field,
                "person": getattr(row, person),
                "practice": row.practice_id,
                **({"author": getattr(row, author)} if author else {}),
            }

        def read(row: Row) -> str:
            sealed = bytes(getattr(row, field))
            return unseal(sealed, **place(row)) if sealed else ""

        def write(row: Row, text: str) -> None:
            setattr(row, field, seal(text, **place(row)) if text else b"")

        super().__init__(read, write)
        self.column, self.author, self._place = field, author, place

    def put(self, row: Row, text: str, *, key: keys.Key) -> None:
        """Set a text, sealed with the young person's newest key, which whoever seals many has at hand."""
        setattr(row, self.column, seal(text, key=key, **self._place(row)) if text else b"")


def sealed_field() -> "models.BinaryField[bytes | memoryview, bytes]":
    """Return the column a `Sealed` text lies in."""
    return models.BinaryField(default=b"", editable=False)


def _place(table: str, row: UUID, field: str, person: UUID) -> str:
    return f"{table}|{row}|{field}|{person}"
