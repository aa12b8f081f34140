"""How the command answers: a line at a time, and in plain words where something that was put in is wrong."""

import json
import sys


class Wrong(Exception):
    """Something that was put in on the command line is wrong; the text says what."""


def as_json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(", ", ": "))


def write(text: str) -> None:
    """Write a line and let it go at once: somebody may be waiting for it at the other end of a pipe."""
    sys.stdout.buffer.write(text.encode(errors="backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
