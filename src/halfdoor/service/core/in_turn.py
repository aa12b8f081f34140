"""Several questions in one message to the database, answered one after the other."""

from typing import Self


class InTurn(str):
    """
    Questions that PostgreSQL gets in one message, and answers in their order.

    Each is answered of what stands when its turn comes, as if it had been sent by itself: after one that waits for a
    lock, the next one sees what whoever held it has written. They share the values, first those of the first.

    :param parts: each question, and how many values it takes
    """

    __slots__ = ("parts",)
    parts: tuple[tuple[str, int], ...]

    def __new__(cls, *parts: tuple[str, int]) -> Self:
        whole = super().__new__(cls, ";\n".join(question for question, _ in parts))
        whole.parts = parts
        return whole
