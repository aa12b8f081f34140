"""`halfdoor verify`: is a sealed file as it was sealed? Offline, with nothing but the file."""

import argparse
from pathlib import Path
from typing import Any

from halfdoor.cli.output import Wrong, write

BROKEN = 1
"""Exit status for a file that is not as it was sealed."""


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help="look at a sealed file: is it as it was sealed, and by whose seal?")
    parser.set_defaults(run=_verify)
    parser.add_argument("file", metavar="FILE", help="the file, a PDF")
    parser.add_argument(
        "--certificate", metavar="FILE", default="", help="the practice's certificate: then the seal has to be theirs"
    )
    parser.add_argument("--words", action="store_true", help="print the exact words that were shown, too")


def _verify(chosen: argparse.Namespace) -> int:
    # It needs a PDF reader, which no other command does.
    from halfdoor.service.documents.verifying import verify

    content = _read(chosen.file)
    certificate = _read(chosen.certificate) if chosen.certificate else b""
    verdict = verify(content, certificate=certificate)
    for says, holds in verdict.checked:
        write(f"{'yes' if holds else 'NO '}  {says}")
    if not verdict.holds:
        write(f"NOT AS IT WAS SEALED. {verdict.wrong}")
        return BROKEN
    write(f"As it was sealed by {verdict.sealed_by} at {verdict.sealed_at} (by the clock of whoever sealed it).")
    write(f"It is about: {verdict.says}")
    write(f"Certificate: {verdict.fingerprint}")
    if not certificate:
        write("Anybody can make a certificate in any name. Compare its fingerprint with the practice's own, once.")
    if chosen.words:
        write(verdict.words)
    return 0


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Wrong(
            f"{name} cannot be read ({error.strerror}). Give the file's name as it lies on this machine."
        ) from error
