"""
Keys: a root key (`core.roots`), a key for each practice, a key for each young person.

The root key wraps practice keys, a practice key wraps the keys of its young people, and those seal texts
(`core.sealing`). Whoever has only the database, a dump or a copy has none of the texts. To open a young person's key it
takes their half beside it, which lies in no database (`core.shares`): erasing destroys both, so that copies of the
database made before open nothing of theirs either.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse

from halfdoor.service.core import roots, shares
from halfdoor.service.core.models import AuthorKey, PersonKey, Practice, PracticeKey
from halfdoor.service.core.prepared import Prepared

_NONCE = 12


class KeyErased(Exception):
    """What this key sealed was erased for good."""


class Tampered(Exception):
    """What was sealed was changed since, or moved to another place."""


class WrongRootKey(Exception):
    """The root key file is not the one that belongs to this database."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of AES-256-GCM. What it locks opens only with the same key and the same words it was bound to."""

    id: UUID
    secret: bytes = field(repr=False)

    def lock(self, plain: bytes, *, bound_to: str) -> bytes:
        """Return a fresh nonce followed by the sealed bytes."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self.secret).encrypt(nonce, plain, self._binding(bound_to))

    def unlock(self, box: bytes, *, bound_to: str) -> bytes:
        """
        Return what was locked.

        :raises Tampered: if a single bit differs, of the box, the key or the words it was bound to
        """
        try:
            return AESGCM(self.secret).decrypt(box[:_NONCE], box[_NONCE:], self._binding(bound_to))
        except InvalidTag as error:
            raise Tampered("What was sealed here was changed or moved since. Restore it from a backup.") from error

    def _binding(self, bound_to: str) -> bytes:
        return f"{bound_to}|{self.id}".encode()


# Unwrapped keys, by id, for one request or job: a key erased meanwhile is gone with the next one, in every process.
_ring: ContextVar[dict[UUID, Key] | None] = ContextVar("ring", default=None)


@contextmanager
def ring() -> Iterator[None]:
    """Keep unwrapped keys while the block lasts; a block within another keeps them on the same ring."""
    kept = _ring.get()
    token = _ring.set({} if kept is None else kept)
    try:
        yield
    finally:
        _ring.reset(token)


def newest(person: UUID, *, practice: UUID) -> Key:
    """
    Return the key to seal a young person's texts with, made on first use.

    :raises KeyErased: if the young person was erased
    """
    row = next(iter(_NEWEST.rows(PersonKey, practice, person)), None)
    return _unwrap(row or _make(person, version=1, practice=practice))


def make(people: Iterable[UUID], *, practice: UUID) -> dict[UUID, Key]:
    """Make and return the first keys of young people who have none, in a few statements however many they are."""
    owner = PracticeKey.objects.filter(practice_id=practice).order_by("-version").first()
    owner = owner or _make_practice_key(practice)
    rows, made, slot = [], {}, _last_slot(practice)
    for person in people:
        made[person] = key = Key(uuid4(), secrets.token_bytes(32))
        slot = shares.free_from(practice, slot + 1)
        wrapped = _wrap(key, owner, slot, person=person, practice=practice)
        row = PersonKey(id=key.id, practice_id=practice, person=person, practice_key=owner, slot=slot, wrapped=wrapped)
        rows.append(row)
    PersonKey.objects.bulk_create(rows)
    return made


def by_id(key: UUID, *, person: UUID, practice: UUID) -> Key:
    """
    Return the key that sealed something.

    :raises KeyErased: if it was erased, or never belonged to this young person
    """
    kept = (_ring.get() or {}).get(key)
    if kept is not None:
        return kept
    row = next(iter(_BY_ID.rows(PersonKey, practice, person, key)), None)
    if row is None:
        raise KeyErased("This text was sealed with a key that does not exist here, so nobody can read it.")
    return _unwrap(row)


def fetch(people: Iterable[UUID], *, practice: UUID) -> None:
    """Unwrap the keys of several people onto the ring in one query, for a list of texts of all of them."""
    if _ring.get() is None:
        return
    for row in PersonKey.objects.filter(practice_id=practice, person__in=list(people)).select_related("practice_key"):
        if row.wrapped:
            _unwrap(row)


def renew(person: UUID, *, practice: UUID) -> Key:
    """Seal with a new key from now on; the older ones go on opening what they sealed."""
    last = _keys_of(person, practice=practice).order_by("-version").first()
    return _unwrap(_make(person, version=last.version + 1 if last else 1, practice=practice))


def erase(person: UUID, *, practice: UUID) -> None:
    """Destroy a young person's keys for good. Their rows stay, empty, so that nothing new is sealed for them."""
    _make(person, version=1, practice=practice)
    PersonKey.objects.filter(practice_id=practice, person=person).update(wrapped=b"")
    # Their halves go once it is certain that all else went: nothing brings them back.
    transaction.on_commit(lambda: destroy_halves(practice))
    kept = _ring.get()
    if kept is not None:
        kept.clear()


def destroy_halves(practice: UUID) -> None:
    """Destroy the halves of all who were erased; also of those whom a stop kept from it, or a restore brought back."""
    erased = PersonKey.objects.filter(practice_id=practice, wrapped=b"").exclude(slot=shares.NONE)
    for slot in erased.values_list("slot", flat=True):
        if shares.share(practice, slot) is not None:
            shares.destroy(practice, slot)


def is_erased(person: UUID, *, practice: UUID) -> bool:
    """Whether somebody's keys were destroyed."""
    return PersonKey.objects.filter(practice_id=practice, person=person, wrapped=b"").exists()


@transaction.atomic
def halve(practice: UUID) -> int:
    """Give a half outside the database to each key that has none yet, and return how many there were."""
    rows = list(_keys_of_all(practice).filter(slot=shares.NONE).exclude(wrapped=b""))
    slot = _last_slot(practice)
    for row in rows:
        key = Key(row.pk, _unwrap(row).secret)
        slot = shares.free_from(practice, slot + 1)
        row.wrapped = _wrap(key, row.practice_key, slot, person=row.person, practice=practice)
        row.slot = slot
        row.save(update_fields=["wrapped", "slot"])
    return len(rows)


def of_practice(practice: UUID) -> tuple[PracticeKey, Key]:
    """Return the newest key of a practice, made on first use, with the row that wraps it."""
    owner = PracticeKey.objects.filter(practice_id=practice).order_by("-version").first()
    owner = owner or _make_practice_key(practice)
    return owner, _practice_key(owner)


def derived(practice: UUID, purpose: str) -> bytes:
    """Return 32 secret bytes that follow from a practice's first key, which stays whatever is changed since."""
    of_practice(practice)
    first = PracticeKey.objects.filter(practice_id=practice).earliest("version")
    return hmac.digest(_practice_key(first).secret, f"{purpose}|{practice}".encode(), "sha256")


@transaction.atomic
def rewrap(practice: UUID, *, root: int) -> int:
    """
    Wrap all keys of a practice with a newer root key, and return how many there were. No text is touched.

    :raises WrongRootKey: if the older root key is not the one that belongs to this database
    """
    rows = PracticeKey.objects.select_for_update().filter(practice_id=practice).exclude(root_version=root)
    for row in rows:
        secret = _practice_key(row).secret
        row.wrapped, row.root_version = _root(root).lock(secret, bound_to=f"{practice}|{row.pk}"), root
        row.save(update_fields=["wrapped", "root_version"])
    return len(rows)


@transaction.atomic
def renew_practice(practice: UUID) -> int:
    """
    Wrap the keys of a practice's young people and authors with a new key of the practice; return how many there were.

    The older one stays, for the seal on files that were handed out. No text is touched.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice)
    last, _ = of_practice(practice)
    owner = _make_practice_key(practice, version=last.version + 1)
    rows = _keys_of_all(practice).exclude(wrapped=b"")
    for row in rows:
        key = Key(row.pk, _unwrap(row).secret)
        row.wrapped = _wrap(key, owner, row.slot, person=row.person, practice=practice)
        row.practice_key = owner
        row.save(update_fields=["wrapped", "practice_key"])
    return len(rows) + _rewrap_authors(owner)


def binding_of_author(practice: UUID, author: UUID, key: UUID) -> str:
    """Return the words that the key of an author is bound to."""
    return f"author|{practice}|{author}|{key}"


def kept_of_author(key: UUID) -> Key | None:
    """Return an author's key that is on the ring. For `core.authors`, which asks first who let it be opened."""
    return (_ring.get() or {}).get(key)


def of_author(row: AuthorKey) -> Key:
    """Return an author's key. For `core.authors`, as above."""
    bound_to = binding_of_author(row.practice_id, row.author, row.pk)
    return keep(Key(row.pk, unwrapped(row.practice_key, bytes(row.wrapped), bound_to=bound_to)))


def _rewrap_authors(owner: PracticeKey) -> int:
    rows = AuthorKey.objects.select_for_update().filter(practice_id=owner.practice_id).select_related("practice_key")
    for row in rows:
        secret, bound_to = of_author(row).secret, binding_of_author(row.practice_id, row.author, row.pk)
        row.wrapped, row.practice_key = _practice_key(owner).lock(secret, bound_to=bound_to), owner
        row.save(update_fields=["wrapped", "practice_key"])
    return len(rows)


def _keys_of_all(practice: UUID) -> QuerySet[PersonKey]:
    return PersonKey.objects.select_for_update().filter(practice_id=practice).select_related("practice_key")


def _keys_of(person: UUID, *, practice: UUID) -> QuerySet[PersonKey]:
    return PersonKey.objects.filter(practice_id=practice, person=person).select_related("practice_key")


_NEWEST = Prepared(lambda practice, person: _keys_of(person, practice=practice).order_by("-version")[:1], UUID, UUID)
_BY_ID = Prepared(lambda practice, person, key: _keys_of(person, practice=practice).filter(pk=key), UUID, UUID, UUID)


def _make(person: UUID, *, version: int, practice: UUID) -> PersonKey:
    """Return the key of this version, making it unless somebody else just did."""
    there = _keys_of(person, practice=practice).filter(version=version).first()
    while there is None:
        there = _try_to_make(person, version=version, practice=practice)
    return there


def _try_to_make(person: UUID, *, version: int, practice: UUID) -> PersonKey | None:
    """Return the key; none, where somebody else took its slot meanwhile."""
    owner, _ = of_practice(practice)
    key, slot = Key(uuid4(), secrets.token_bytes(32)), shares.free_from(practice, _last_slot(practice) + 1)
    wrapped = _wrap(key, owner, slot, person=person, practice=practice)
    made = {"id": key.id, "practice_key": owner, "slot": slot, "wrapped": wrapped}
    try:
        row, _ = PersonKey.objects.get_or_create(practice_id=practice, person=person, version=version, defaults=made)
    except IntegrityError:
        return None
    return row


def _last_slot(practice: UUID) -> int:
    last: int | None = PersonKey.objects.filter(practice_id=practice).aggregate(last=Max("slot"))["last"]
    return last or shares.NONE


def _wrap(key: Key, owner: PracticeKey, slot: int, *, person: UUID, practice: UUID) -> bytes:
    """Return a key wrapped by its practice's and by its half: either alone opens nothing."""
    half = shares.share(practice, slot)
    assert half is not None, "a slot that holds nothing is given to nobody"
    return _both(owner, half).lock(key.secret, bound_to=f"{practice}|{person}|{key.id}")


def _both(owner: PracticeKey, half: bytes) -> Key:
    wrapping = _practice_key(owner)
    return Key(wrapping.id, hmac.digest(wrapping.secret, half, "sha256"))


def _make_practice_key(practice: UUID, *, version: int = 1) -> PracticeKey:
    key, root = Key(uuid4(), secrets.token_bytes(32)), roots.newest()
    wrapped = _root(root).lock(key.secret, bound_to=f"{practice}|{key.id}")
    row, _ = PracticeKey.objects.get_or_create(
        practice_id=practice,
        version=version,
        defaults={"id": key.id, "root_version": root, "wrapped": wrapped},
    )
    return row


def _unwrap(row: PersonKey) -> Key:
    wrapping = _practice_key(row.practice_key)
    if not row.wrapped:
        raise KeyErased(_ERASED)
    if row.slot != shares.NONE:
        half = shares.share(row.practice_id, row.slot)
        if half is None:  # destroyed, though a restore brought the row back
            raise KeyErased(_ERASED)
        wrapping = _both(row.practice_key, half)
    secret = wrapping.unlock(bytes(row.wrapped), bound_to=f"{row.practice_id}|{row.person}|{row.pk}")
    return keep(Key(row.pk, secret))


_ERASED = "What was kept about this young person was erased, so it can be neither read nor added to."


def _practice_key(row: PracticeKey) -> Key:
    kept = (_ring.get() or {}).get(row.pk)
    if kept is not None:
        return kept
    try:
        secret = _root(row.root_version).unlock(bytes(row.wrapped), bound_to=f"{row.practice_id}|{row.pk}")
    except Tampered as error:
        raise WrongRootKey(
            "The root key in the folder `keys` of HALFDOOR_DATA does not open this database. "
            "Put back the key file that was in use when this database was written."
        ) from error
    return keep(Key(row.pk, secret))


def _root(version: int) -> Key:
    return Key(UUID(int=version), roots.secret(version))


def unwrapped(owner: PracticeKey, box: bytes, *, bound_to: str) -> bytes:
    """
    Return what a practice's key locked.

    :raises Tampered: if it was changed, or is bound to something else
    """
    return _practice_key(owner).unlock(box, bound_to=bound_to)


def keep(key: Key) -> Key:
    """Keep a key on the ring, where there is one."""
    kept = _ring.get()
    if kept is not None:
        kept[key.id] = key
    return key


class KeysForOneRequest:
    """Middleware: keeps unwrapped keys for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open a ring around the view."""
        with ring():
            return self.get_response(request)
