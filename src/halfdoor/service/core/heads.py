"""The head of a ledger: how long it is now and one hash over all of it, signed, for somebody else to keep."""

from collections.abc import Iterator
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from halfdoor.service.core import trees
from halfdoor.service.core.checkpoints import Checkpoint, Signer
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.core.starting import secret_file


def signer(practice: UUID) -> Signer:
    """Return who signs for a practice's ledger. The key lies in a file that the pages need not be able to read."""
    secret = secret_file(settings.HALFDOOR_DATA / "ledger.key")
    return Signer(f"halfdoor/{practice}", Ed25519PrivateKey.from_private_bytes(secret))


def signed(practice: UUID, *, since: int = 0) -> tuple[str, str]:
    """
    Return a signed checkpoint, and above it the proof that lines were only added since there were so many.

    :raises ValueError: if there were never so many
    """
    leaves = [bytes.fromhex(leaf) for leaf in _leaves(practice)]
    shown, who = trees.proof(leaves, since), signer(practice)
    return trees.written(since, shown), who.sign(Checkpoint(who.name, len(leaves), trees.root(leaves)))


def _leaves(practice: UUID) -> Iterator[str]:
    lines = ChainEntry.objects.filter(practice=practice).order_by("sequence")
    return lines.values_list("leaf", flat=True).iterator(chunk_size=2_000)
