"""
`halfdoor witness`: a second machine that remembers how a ledger stood, so that nobody can rewrite it unseen.

It learns a number of lines and a hash, and nothing about anybody. It needs no database. With ``--serve`` it listens, as
C2SP's tlog-witness has it (https://c2sp.org/tlog-witness), so that a server shows it a checkpoint every few minutes.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from halfdoor.cli.output import Wrong, write

DISAGREES = 1
"""Exit status where a checkpoint does not follow from the one that was kept."""

_LARGEST = 64 * 1024
_WAITS = 10.0
"""Bytes of a checkpoint with its proof, and seconds for them to arrive."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a checkpoint that was shown: the status of tlog-witness, the answer, and the same for people."""

    status: HTTPStatus
    answer: str
    says: str


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("witness", help="keep checkpoints of a ledger, and see that it only grows")
    parser.set_defaults(run=_witness)
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="what `halfdoor ledger checkpoint` printed; '-' reads it"
    )
    parser.add_argument(
        "--of", required=True, metavar="KEY", action="append", help="what `halfdoor ledger key` printed; one a practice"
    )
    parser.add_argument("--kept", required=True, metavar="FOLDER", help="where the newest checkpoint is kept")
    parser.add_argument("--name", default="witness", metavar="NAME", help="the name to witness under")
    parser.add_argument("--serve", metavar="HOST:PORT", help="instead of FILE: listen there for POST /add-checkpoint")


def _witness(chosen: argparse.Namespace) -> int:
    if bool(chosen.serve) == bool(chosen.file):
        raise Wrong("Give a FILE to look at, or --serve HOST:PORT to listen for them.")
    if chosen.serve:
        _listen(chosen)
        return 0
    seen = look(sys.stdin.read() if chosen.file == "-" else _text(Path(chosen.file)), chosen)
    if seen.status is HTTPStatus.OK:
        write(f"{seen.says}\n{seen.answer.rstrip()}")
        return 0
    if seen.status is HTTPStatus.UNPROCESSABLE_ENTITY:
        write(seen.says)
        return DISAGREES
    raise Wrong(seen.says)


def look(given: str, chosen: argparse.Namespace) -> Seen:
    """Compare a checkpoint and its proof with the one that was kept, and keep the newer one if it follows from it."""
    # It needs no Django, but signatures and trees, which no other command here does.
    from halfdoor.service.core import trees
    from halfdoor.service.core.checkpoints import NotSigned, Verifier, read

    try:
        earlier, shown, note = trees.read(given)
        verifier = _of(note, [Verifier.of(one) for one in chosen.of])
        if verifier is None:
            return Seen(
                HTTPStatus.NOT_FOUND, "", "This is a checkpoint of a ledger that none of the keys (--of) is for."
            )
        kept = _kept(chosen.kept, verifier.name)
        old = read(_text(kept), verifier) if kept.exists() else None
    except (NotSigned, ValueError) as error:
        return Seen(HTTPStatus.BAD_REQUEST, "", str(error))
    try:
        new = read(note, verifier)
    except NotSigned as error:
        return Seen(HTTPStatus.FORBIDDEN, "", str(error))
    was = old.size if old else 0
    if earlier != was:
        says = f"{was} lines were witnessed so far. Ask for: halfdoor ledger checkpoint --since {was}"
        return Seen(HTTPStatus.CONFLICT, f"{was}\n", says)
    if not trees.grew(was, old.root if old else trees.EMPTY, new.size, new.root, shown):
        other = kept.with_suffix(".disagrees")
        _keep(other, note)
        says = f"NOT THE SAME LEDGER. The first {was} lines are not what they were, or some are gone. Keep both:\n"
        return Seen(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "",
            f"{says}what was witnessed lies in {kept}, what was shown now in {other}:\n{note}",
        )
    _keep(kept, note)
    signed = _signer(Path(chosen.kept), chosen.name).cosign(new, at=int(datetime.now(UTC).timestamp()))
    says = f"{new.size} lines, {new.size - was} of them new; those before are as they were."
    return Seen(HTTPStatus.OK, signed, says)


def serving(chosen: argparse.Namespace) -> HTTPServer:
    """Return a server that looks at what it is shown, one after the other, so that no two are compared at once."""
    host, _, port = chosen.serve.rpartition(":")
    if not port.isdecimal():
        raise Wrong(f"{chosen.serve} is no address to listen at. Write it as 10.0.0.2:8500.")

    class Looking(BaseHTTPRequestHandler):
        server_version, sys_version, timeout = "witness", "", _WAITS

        def do_POST(self) -> None:
            """Look at one checkpoint."""
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint" or not length.isdecimal() or int(length) > _LARGEST:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            try:
                seen = look(self.rfile.read(int(length)).decode(), chosen)
            except UnicodeDecodeError:
                seen = Seen(HTTPStatus.BAD_REQUEST, "", "This is no checkpoint.")
            self.send_response(seen.status)
            size = seen.status is HTTPStatus.CONFLICT
            self.send_header("Content-Type", "text/x.tlog.size" if size else "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(seen.answer.encode())))
            self.end_headers()
            self.wfile.write(seen.answer.encode())
            write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {seen.status.value}  {seen.says}")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing twice."""

    return HTTPServer((host, int(port)), Looking)


def _listen(chosen: argparse.Namespace) -> None:
    try:
        with serving(chosen) as server:
            server.serve_forever()
    except KeyboardInterrupt:
        write("Stopped.")
    except OSError as error:
        raise Wrong(f"{chosen.serve} cannot be listened at: {error.strerror}.") from error


def _of(note: str, verifiers: Sequence[Any]) -> Any:
    """Return whose checkpoint a note says that it is, among those one keeps."""
    return next((one for one in verifiers if note.startswith(f"{one.name}\n")), None)


def _signer(folder: Path, name: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from halfdoor.service.core.checkpoints import Signer
    from halfdoor.service.core.starting import secret_file

    return Signer(name, Ed25519PrivateKey.from_private_bytes(secret_file(folder / "witness.key")))


def _kept(folder: str, origin: str) -> Path:
    return Path(folder) / f"{sha256(origin.encode()).hexdigest()[:20]}.note"


def _keep(path: Path, note: str) -> None:
    """Put a note in the place of the older one: whole, and on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{path} cannot be read: {error}.") from error
