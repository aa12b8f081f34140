"""
One style sheet in what is served, one file for each component in what is written.

Neither Django nor WhiteNoise puts imports into the sheet that names them, and a telephone that has to fetch thirty
files one after another shows a page late. This finder stands before Django's own and hands out the sheet whole; it is
put together again whenever a part has changed. From there on it is a file like any other: `collectstatic` gives it a
name with the hash of what is in it.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

SHEET = "web/css/app.css"
_IMPORT = re.compile(r'^@import url\("(?P<part>[\w-]+\.css)"\) layer\((?P<layer>\w+)\);$', re.MULTILINE)


class WholeStyleSheets(BaseFinder):
    """Finds the style sheet of every page with its parts put in."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        self._written = AppDirectoriesFinder(app_names)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the whole sheet lies; nothing for any other file."""
        found = [str(self._put_together())] if path == SHEET else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the whole sheet with the storage it lies in."""
        self._put_together()
        yield SHEET, FileSystemStorage(location=_folder())

    def _put_together(self) -> Path:
        written = self._written.find(SHEET)
        if not written:
            raise ImproperlyConfigured(f"{SHEET} is not among the static files of any room.")
        return _kept(whole(Path(str(written))).encode(), at=_folder() / SHEET)


def whole(sheet: Path) -> str:
    """
    Return a style sheet with the sheets beside it that it imports, each in its layer.

    :raises ImproperlyConfigured: if an import is written in another way, or a part imports in its turn
    """

    def part(found: re.Match[str]) -> str:
        text = (sheet.parent / found["part"]).read_text("utf-8")
        return f"@layer {found['layer']} {{\n{text}}}"

    together = _IMPORT.sub(part, sheet.read_text("utf-8"))
    if "@import" in together:
        raise ImproperlyConfigured(
            f'{sheet.name}: import a sheet that lies beside it, on a line of its own: @import url("a.css") layer(b);'
        )
    return together


def _folder() -> Path:
    return Path(settings.HALFDOOR_DATA) / "styles"


def _kept(text: bytes, *, at: Path) -> Path:
    """Write a file unless it says this already, so that its time tells when it changed; whole or not at all."""
    if not (at.exists() and at.read_bytes() == text):
        at.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=at.parent)
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle has no path
            file.write(text)
        Path(draft).chmod(0o644)
        os.replace(draft, at)  # noqa: PTH105
    return at
