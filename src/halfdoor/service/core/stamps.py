"""
Stamps: what somebody keeps of the ledger, on a receipt in their own hands.

A stamp is the hash of one line, signed by the practice. Each line holds the hash of the one before it, so that a stamp
vouches for its line and for every line before. Unlike a checkpoint it says no number: how many lines a ledger has tells
how much happens at a practice, and with whom. The signature is Ed25519 under a key of the practice's own, over the two
lines of `_signed`.
"""

import base64
import binascii
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from halfdoor.service.core import keys
from halfdoor.service.core.checkpoints import NotSigned, Signer, Verifier
from halfdoor.service.core.models import ChainEntry, StampedLine

LENGTH = 128
"""Letters of a stamp: 32 bytes of a hash and 64 of a signature, in base64."""


def keep(about: UUID, entry: ChainEntry) -> None:
    """Remember in which line an act stands, so that whoever it is about gets its stamp whenever they look."""
    StampedLine.objects.create(practice_id=entry.practice_id, about=about, entry=entry)


def of(about: UUID, *, practice: UUID) -> str:
    """Return the stamp of an act; none, where it is from before stamps were kept."""
    kept = StampedLine.objects.filter(practice=practice, about=about).select_related("entry").first()
    return of_line(kept.entry) if kept else ""


def of_line(line: ChainEntry) -> str:
    """Return the stamp of a line."""
    leaf, who = bytes.fromhex(line.leaf), signer(line.practice_id)
    return base64.b64encode(leaf + who.secret.sign(_signed(who.name, leaf))).decode()


def of_newest(practice: UUID) -> str:
    """
    Return the stamp of the newest line; none before the first. Only for what is made once and kept: whoever saw it
    whenever they look could tell whether anything happened at the practice since.
    """
    line = ChainEntry.objects.filter(practice=practice).order_by("-sequence").first()
    return of_line(line) if line else ""


def signer(practice: UUID) -> Signer:
    """Return who signs a practice's stamps. The key follows from its first key, and lies nowhere."""
    secret = keys.derived(practice, "stamps")
    return Signer(f"halfdoor/{practice}/stamps", Ed25519PrivateKey.from_private_bytes(secret))


def read(stamp: str, verifier: Verifier) -> str:
    """
    Return the hash of the line that a stamp vouches for, in hexadecimal. Spaces and new lines in it do not count.

    :raises NotSigned: if it is none, or not this practice's
    """
    try:
        given = base64.b64decode("".join(stamp.split()))
        leaf = given[:32]
        Ed25519PublicKey.from_public_bytes(verifier.key).verify(given[32:], _signed(verifier.name, leaf))
    except (binascii.Error, InvalidSignature, ValueError) as error:
        raise NotSigned("This is no stamp of this ledger: a letter of it is wrong, or it is another's.") from error
    return leaf.hex()


def _signed(name: str, leaf: bytes) -> bytes:
    return f"{name}\n{base64.b64encode(leaf).decode()}\n".encode()
