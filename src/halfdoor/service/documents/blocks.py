"""
How a paper is written: plain text that cannot hold anything but words.

An empty line ends a paragraph, ``## `` begins a heading, ``- `` an entry of a list. Two names in braces are filled in
when somebody reads it; everything else is shown as it stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

FILLED = ("practice", "name")
"""What any paper may name in braces: the practice, and the young person's first name."""

TERMS = ("what", "whom", "purpose", "until")
"""What a consent to share names besides."""

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph (``text``) or a list (``items``)."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def blocks(body: str) -> tuple[Block, ...]:
    """Return a text as headings, paragraphs and lists."""
    return tuple(_blocks(body))


def _blocks(body: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if lines and lines[0].startswith("## "):
            yield Block("heading", lines.pop(0).removeprefix("## "))
        items = tuple(line.removeprefix("- ") for line in lines)
        if lines and all(line.startswith("- ") for line in lines):
            yield Block("list", items=items)
        elif lines:
            yield Block("text", " ".join(lines))


def unknown_names(body: str, *, terms: bool) -> tuple[str, ...]:
    """Return what stands in braces and is filled in by nobody."""
    known = {*FILLED, *(TERMS if terms else ())}
    return tuple(name for name in _BRACES.findall(body) if name not in known)


def filled(body: str, values: Mapping[str, str]) -> str:
    """Return a text with the names in braces filled in; what is not among them stays as it stands."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), body)


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a text that stayed (``same``), went (``gone``) or came (``new``)."""

    kind: str
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return how one text became the other, paragraph by paragraph."""
    old, new = before.strip().split("\n"), after.strip().split("\n")
    found: list[Change] = []
    for tag, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Change("same", line) for line in old[first:last] if line.strip()]
            continue
        found += [Change("gone", line) for line in old[first:last] if line.strip()]
        found += [Change("new", line) for line in new[start:end] if line.strip()]
    return tuple(found)
