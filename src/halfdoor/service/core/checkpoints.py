"""
Checkpoints: how long a ledger was and what stood in it, in one signed line that says nothing about anybody.

The form is C2SP's (tlog-checkpoint, signed-note, tlog-cosignature: https://c2sp.org), so that other people's tools read
it. Whoever keeps one can tell later whether a line was changed, left out, put elsewhere or cut off since.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SIGNS, _COSIGNS = 1, 4
_DASH = "\N{EM DASH} "


class NotSigned(Exception):
    """A note that is not one, or that is not signed by who should have."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a ledger: whose (``origin``), how many lines, and the root of the tree over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_text(self.root)}\n"

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Return the checkpoint that a note says.

        :raises NotSigned: if it says none
        """
        origin, size, root, *_ = [*text.split("\n"), "", "", ""]
        if not origin or not size.isdecimal() or str(int(size)) != size:
            raise NotSigned("This is no checkpoint: it needs a name, a number of lines and a hash, a line each.")
        return cls(origin, int(size), _bytes(root))


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who signs, and how one can tell: a name and a public key. Written as ``name+hash+key``."""

    name: str
    key: bytes
    kind: int = _SIGNS

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_text(bytes([self.kind]) + self.key)}"

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Read a verifier.

        :raises NotSigned: if it is none, or a letter of it is wrong
        """
        name, _, rest = text.strip().partition("+")
        key = _bytes(rest.partition("+")[2])
        found = cls(name, key[1:], key[0] if key else 0)
        if str(found) != text.strip() or found.kind not in (_SIGNS, _COSIGNS):
            raise NotSigned("This is no key to check signatures with. Copy the whole line, as `ledger key` prints it.")
        return found


@dataclass(frozen=True, slots=True)
class Signer:
    """A name with the secret key that signs for it."""

    name: str
    secret: Ed25519PrivateKey

    def verifier(self, kind: int = _SIGNS) -> Verifier:
        """Return what others need to tell this signature from others."""
        return Verifier(self.name, self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), kind)

    def sign(self, checkpoint: Checkpoint) -> str:
        """Return a note: the checkpoint with this signature below."""
        said = str(checkpoint)
        return f"{said}\n{_line(self.verifier(), self.secret.sign(said.encode()))}"

    def cosign(self, checkpoint: Checkpoint, *, at: int) -> str:
        """Return the line of a witness who saw this checkpoint and none that disagrees; ``at`` in Unix seconds."""
        signature = self.secret.sign(_witnessed(str(checkpoint), at))
        return _line(self.verifier(_COSIGNS), at.to_bytes(8, "big") + signature)


def read(note: str, verifier: Verifier) -> Checkpoint:
    """
    Return what a note says, if this verifier finds its signature below.

    :raises NotSigned: if it does not
    """
    said, _, below = note.partition("\n\n")
    said += "\n"
    for line in below.splitlines():
        mark, _, rest = line.removeprefix(_DASH).rpartition(" ")
        signature = _bytes(rest)
        if line.startswith(_DASH) and mark == verifier.name and signature[:4] == verifier.id:
            _check(verifier, said, signature[4:])
            return Checkpoint.of(said)
    raise NotSigned(f"{verifier.name} did not sign this.")


def _check(verifier: Verifier, said: str, signature: bytes) -> None:
    signed = said.encode()
    if verifier.kind == _COSIGNS:
        signed, signature = _witnessed(said, int.from_bytes(signature[:8], "big")), signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(verifier.key).verify(signature, signed)
    except (InvalidSignature, ValueError) as error:
        raise NotSigned(f"The signature of {verifier.name} does not fit what is written above it.") from error


def _witnessed(said: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{said}".encode()


def _line(verifier: Verifier, signature: bytes) -> str:
    return f"{_DASH}{verifier.name} {_text(verifier.id + signature)}\n"


def _text(some: bytes) -> str:
    return base64.b64encode(some).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NotSigned("A hash or signature is cut off or has other letters than it should.") from error
