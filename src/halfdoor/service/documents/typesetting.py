"""From a typst source to a PDF that can be kept, whatever script a name in it is written in."""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

Standard = Literal["a-2a", "a-3a", "1.7"]


def typeset(
    source: Path | dict[str, bytes],
    *,
    said: dict[str, str] | None = None,
    standard: Standard,
    at: datetime | None = None,
) -> bytes:
    """
    Return a source as a tagged PDF of a standard of PDF/A, with the fonts that come with typst.

    A name in a script that no font here has is no reason to give nothing: the fonts of this machine are tried, and then
    a PDF that is tagged and no more.
    """
    ways: tuple[tuple[Standard, bool], ...] = ((standard, True), (standard, False))
    for tried, own_fonts_alone in ways:
        try:
            return _set(source, said, tried, at=at, own_fonts_alone=own_fonts_alone)
        except typst.TypstError:
            continue
    return _set(source, said, "1.7", at=at, own_fonts_alone=False)


def _set(
    source: Path | dict[str, bytes],
    said: dict[str, str] | None,
    standard: Standard,
    *,
    at: datetime | None,
    own_fonts_alone: bool,
) -> bytes:
    given: Any = source  # the types of typst want a path or one file; it takes files by name too
    made = typst.compile(
        given,
        format="pdf",
        sys_inputs=said or {},
        pdf_standards=[standard],
        timestamp=at and at.replace(microsecond=0),  # it takes whole seconds only
        ignore_system_fonts=own_fonts_alone,
    )
    assert isinstance(made, bytes), "a PDF is one file"
    return made
