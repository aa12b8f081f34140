"""
Addresses of pages, as `reverse` writes them.

Django looks for each address anew, which takes as long as all else that a line of a list is made of. What stands around
the keys of an address is the same for as long as the service runs, and is looked for once.
"""

from functools import lru_cache
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse


def of(page: str, *keys: UUID | TextChoices) -> str:
    """
    Return the address of a page by its name and the keys or codes in it, in their order.

    :raises NoReverseMatch: if there is no page of that name with so many keys
    """
    first, *rest = _around(page, len(keys))
    return first + "".join(f"{key!s}{part}" for key, part in zip(keys, rest, strict=True))


@lru_cache(maxsize=1024)
def _around(page: str, keys: int) -> tuple[str, ...]:
    """Return what stands before, between and behind the keys of an address."""
    whole, parts = reverse(page, args=[_standing_in(number) for number in range(keys)]), []
    for number in range(keys):
        part, whole = whole.split(str(_standing_in(number)))
        parts.append(part)
    return (*parts, whole)


def _standing_in(number: int) -> UUID:
    return UUID(int=(0x5EED << 64) + number)
