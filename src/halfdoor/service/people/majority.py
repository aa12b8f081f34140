"""
From which age somebody is an adult in a place: the packs of the place say it, and rooms below the gate ask here.

While nobody can say, nobody is known to be an adult or a minor.
"""

from collections.abc import Callable

_says: list[Callable[[str], int]] = []


def register(of_age: Callable[[str], int]) -> Callable[[], None]:
    """Let the packs say it; return how to take that away again."""
    _says.append(of_age)
    return lambda: _says.remove(of_age)


def age_in(place: str) -> int | None:
    """Return the age from which somebody is an adult in a place; None while nobody can say."""
    return _says[-1](place) if _says else None
