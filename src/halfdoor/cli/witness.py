"""
`halfdoor witness`: a second machine that remembers how a ledger stood, so that nobody can rewrite it unseen.

It learns a number of lines and a hash, and nothing about anybody. It needs no database.
"""

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from halfdoor.cli.output import Wrong, write

DISAGREES = 1
"""Exit status where a checkpoint does not follow from the one that was kept."""


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("witness", help="keep checkpoints of a ledger, and see that it only grows")
    parser.set_defaults(run=_witness)
    parser.add_argument("file", metavar="FILE", help="what `halfdoor ledger checkpoint` printed; '-' reads it")
    parser.add_argument("--of", required=True, metavar="KEY", help="what `halfdoor ledger key` printed")
    parser.add_argument("--kept", required=True, metavar="FOLDER", help="where the newest checkpoint is kept")
    parser.add_argument("--name", default="witness", metavar="NAME", help="the name to witness under")


def _witness(chosen: argparse.Namespace) -> int:
    # It needs no Django, but signatures and trees, which no other command here does.
    from halfdoor.service.core import trees
    from halfdoor.service.core.checkpoints import NotSigned, Verifier, read

    given = sys.stdin.read() if chosen.file == "-" else _text(Path(chosen.file))
    try:
        verifier = Verifier.of(chosen.of)
        earlier, shown, note = trees.read(given)
        new = read(note, verifier)
        kept = _kept(chosen.kept, new.origin)
        old = read(_text(kept), verifier) if kept.exists() else None
    except (NotSigned, ValueError) as error:
        raise Wrong(str(error)) from error
    was = old.size if old else 0
    if earlier != was:
        raise Wrong(f"{was} lines were witnessed so far. Ask for: halfdoor ledger checkpoint --since {was}")
    if not trees.grew(was, old.root if old else trees.EMPTY, new.size, new.root, shown):
        write(f"NOT THE SAME LEDGER. The first {was} lines are not what they were, or some are gone. Keep both:")
        write(f"what was witnessed lies in {kept}, what was shown now is\n{note}")
        return DISAGREES
    _keep(kept, note)
    write(f"{new.size} lines, {new.size - was} of them new; those before are as they were.")
    write(_signer(Path(chosen.kept), chosen.name).cosign(new, at=int(datetime.now(UTC).timestamp())).rstrip())
    return 0


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
