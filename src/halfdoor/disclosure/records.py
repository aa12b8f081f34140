"""
Records: made once and never changed, with their fields as annotations, as in a dataclass.

``dataclasses`` itself takes longer to import than all the rest of the judgement together.
"""

from collections.abc import Mapping

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, TypeVar, dataclass_transform

    Some = TypeVar("Some", bound="Record")
else:

    def dataclass_transform(**_):
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Record:
    """
    A record. Fields may be given by place or by name; those with a default may be left out.

    Records are equal where their fields are; those of a class with ``eq=False`` only if they are the same one.
    """

    _fields: "tuple[str, ...]" = ()
    _defaults: "Mapping[str, object]" = {}

    def __init_subclass__(cls, *, eq: bool = True) -> None:
        cls._fields = tuple(cls.__annotations__)
        cls._defaults = {name: vars(cls)[name] for name in cls._fields if name in vars(cls)}
        if not eq:
            cls.__eq__, cls.__hash__ = object.__eq__, object.__hash__  # type: ignore[method-assign]

    def __init__(self, *values: object, **named: object) -> None:
        given = self.__dict__
        given.update(self._defaults)
        given.update(zip(self._fields, values, strict=False))
        given.update(named)
        if len(given) != len(self._fields) or len(values) > len(self._fields):
            raise TypeError(
                f"{type(self).__name__} has the fields {', '.join(self._fields)}; given were {', '.join(given)}"
            )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} never changes: {name} cannot be taken away")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__[name] for name in self._fields))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={self.__dict__[name]!r}' for name in self._fields)})"


def replace(record: "Some", **changes: "Any") -> "Some":
    """Return the same record with other values for some of its fields."""
    # What a record has worked out about itself is not one of its fields, and need not hold of the other.
    return type(record)(**{**{name: record.__dict__[name] for name in record._fields}, **changes})
