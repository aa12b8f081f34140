"""
General texts to offer: they say nothing about anybody. Three stand here; a room with a library can bring more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Piece:
    """A general text, by a code that stays."""

    code: str
    title: str | Promise
    text: str | Promise


OURS = (
    Piece(
        "how-it-works",
        _("How therapy works here"),
        _(
            "A young person and a therapist meet at a fixed time. They talk, draw or play, and work on what the young "
            "person chose together with them. It can be slow, and it can look worse before it looks better. Coming "
            "regularly helps most."
        ),
    ),
    Piece(
        "at-home",
        _("What usually helps at home"),
        _(
            "Keep days predictable. Be around without asking. Say what you see, not what you think of it. Do one small "
            "thing together every day that is not about the problem. After a session, wait until you are told."
        ),
    ),
    Piece(
        "when-worried",
        _("When you are worried"),
        _(
            "Ask calmly and directly, also about what frightens you: asking does not put the thought there. Stay near. "
            "Put what could do harm out of reach. If somebody is in danger now, call for help first and us afterwards."
        ),
    ),
)

_libraries: list[Callable[[], Mapping[str, Piece]]] = []


def add_library(read: Callable[[], Mapping[str, Piece]]) -> None:
    """Let a room above bring general texts, by code. Called from its ``AppConfig.ready``."""
    if read not in _libraries:
        _libraries.append(read)


def all_pieces() -> dict[str, Piece]:
    """Return every general text there is, ours first."""
    found = {piece.code: piece for piece in OURS}
    for read in _libraries:
        found |= read()
    return found


def chosen(codes: list[str]) -> tuple[Piece, ...]:
    """Return the texts of these codes, or ours where none was chosen. What has gone from a library is left out."""
    found = all_pieces()
    return tuple(found[code] for code in codes if code in found) or OURS
