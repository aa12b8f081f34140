"""Several questions in one message to the database, answered one after the other."""

from typing import Self


class InTurn(str):
    """
    Questions that PostgreSQL gets in one message, and answers in their order.

    Each is answered of what stands when its turn comes, as if it had been sent by itself: after one that waits for a
    lock, the next one sees what whoever held it has written. No two of them name a value alike.

    :param parts: each question, and the names of the values that it takes
    """

    __slots__ = ("parts",)
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    def __new__(cls, *parts: tuple[str, tuple[str, ...]]) -> Self:
        whole = super().__new__(cls, ";\n".join(question for question, _ in parts))
        whole.parts = parts
        return whole
