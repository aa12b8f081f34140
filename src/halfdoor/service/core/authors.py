"""
Keys of authors: what somebody wrote for themselves opens only with a key of theirs beside the young person's.

A key belongs to one account of one practice, is wrapped by the practice's key and stays when the account is closed. It
opens nothing by itself, and no code that merely reads a row has it: whoever may open what an author wrote says so with
`opened`, and a test lists who does (tests/house/test_the_gate.py).
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from halfdoor.service.core import keys
from halfdoor.service.core.keys import Key
from halfdoor.service.core.models import AuthorKey
from halfdoor.service.core.prepared import Prepared

_opened: ContextVar[frozenset[UUID]] = ContextVar("authors_opened", default=frozenset())


class NotTheAuthor(Exception):
    """What an author wrote for themselves was about to be opened by something that nobody let open it."""


@contextmanager
def opened(authors: Iterable[UUID]) -> Iterator[None]:
    """Let what these authors wrote for themselves be opened while the block lasts, in this thread or task."""
    token = _opened.set(_opened.get() | frozenset(authors))
    try:
        yield
    finally:
        _opened.reset(token)


def to_seal(author: UUID, person: Key, *, practice: UUID) -> tuple[UUID, Key]:
    """Return the id of an author's key, made on first use, and the key that follows from it and a young person's."""
    row = next(iter(_KEY.rows(AuthorKey, practice, author)), None) or _make(author, practice=practice)
    return row.pk, _of_both(keys.of_author(row), person)


def to_open(author_key: UUID, person: Key, *, author: UUID, practice: UUID) -> Key:
    """
    Return the key that follows from an author's and a young person's.

    :raises NotTheAuthor: unless somebody let it be opened
    :raises Tampered: if that key is another author's, or is not there
    """
    if author not in _opened.get():
        raise NotTheAuthor("What an author wrote for themselves opens for them, or in escrow (ADR 0025).")
    own = keys.kept_of_author(author_key)
    if own is None:
        row = next(iter(_KEY.rows(AuthorKey, practice, author)), None)
        if row is None or row.pk != author_key:
            raise keys.Tampered("This was sealed with the key of another author. Restore it from a backup.")
        own = keys.of_author(row)
    return _of_both(own, person)


_KEY = Prepared(
    lambda practice, author: AuthorKey.objects.filter(practice=practice, author=author).select_related("practice_key"),
    UUID,
    UUID,
)


def _make(author: UUID, *, practice: UUID) -> AuthorKey:
    key, (owner, wrapping) = uuid4(), keys.of_practice(practice)
    wrapped = wrapping.lock(secrets.token_bytes(32), bound_to=keys.binding_of_author(practice, author, key))
    made = {"id": key, "practice_key": owner, "wrapped": wrapped}
    row, _ = AuthorKey.objects.get_or_create(practice_id=practice, author=author, defaults=made)
    return row


def _of_both(own: Key, person: Key) -> Key:
    """Return a key that nobody has who has only one of the two. It goes by the young person's: erased with that one."""
    info = f"halfdoor author and person|{own.id}|{person.id}".encode()
    both = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(person.secret + own.secret)
    return Key(person.id, both)
