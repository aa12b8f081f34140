"""
A tree of hashes over lines, by RFC 6962: one hash stands for all of them, and a short proof shows that lines were only
added since an earlier one. Nothing here knows what the lines are about.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of no leaves at all."""


def leaf(line: bytes) -> str:
    """Return the hash of one line, in hexadecimal."""
    return sha256(b"\x00" + line).hexdigest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees, side by side."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the one hash that stands for all leaves in their order."""
    whole: list[tuple[int, bytes]] = []  # roots of subtrees that are complete, each with its size, the largest first
    for leaf in leaves:
        size, top = 1, leaf
        while whole and whole[-1][0] == size:
            top = node(whole.pop()[1], top)
            size *= 2
        whole.append((size, top))
    if not whole:
        return EMPTY
    top = whole.pop()[1]
    while whole:
        top = node(whole.pop()[1], top)
    return top


def proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """
    Return the hashes that show that the first ``earlier`` leaves are still the first ones.

    :raises ValueError: if there were never so many
    """
    if not 0 <= earlier <= len(leaves):
        raise ValueError(f"There are {len(leaves)} lines, and so there never were {earlier}.")
    return _proof(leaves, earlier, complete=True) if 0 < earlier < len(leaves) else []


def _proof(leaves: Sequence[bytes], earlier: int, *, complete: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if complete else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if earlier <= half:
        return [*_proof(leaves[:half], earlier, complete=complete), root(leaves[half:])]
    return [*_proof(leaves[half:], earlier - half, complete=False), root(leaves[:half])]


def grew(earlier: int, old: bytes, size: int, new: bytes, shown: Sequence[bytes]) -> bool:
    """Whether a proof shows that a tree of some size and root only grew out of an earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 < earlier < size:
        return not shown and earlier <= size and (earlier == 0 or old == new)
    hashes = list(shown) if earlier & (earlier - 1) else [old, *shown]
    if not hashes:
        return False
    before, now = earlier - 1, size - 1
    while before & 1:
        before, now = before >> 1, now >> 1
    was = is_now = hashes[0]
    for other in hashes[1:]:
        if now == 0:
            return False
        if before & 1 or before == now:
            was, is_now = node(other, was), node(other, is_now)
            while before and not before & 1:
                before, now = before >> 1, now >> 1
        else:
            is_now = node(is_now, other)
        before, now = before >> 1, now >> 1
    return now == 0 and (was, is_now) == (old, new)


def written(earlier: int, shown: Sequence[bytes]) -> str:
    """Return a proof as C2SP writes it above a checkpoint (tlog-witness)."""
    return "".join([f"old {earlier}\n", *(f"{b64encode(one).decode()}\n" for one in shown), "\n"])


def read(text: str) -> tuple[int, list[bytes], str]:
    """
    Return the length of the earlier ledger, the proof, and the note below.

    :raises ValueError: if it is written in another way
    """
    above, _, note = text.partition("\n\n")
    first, *shown = above.split("\n")
    word, _, earlier = first.partition(" ")
    if word != "old" or not earlier.isdecimal():
        raise ValueError("The first line has to be `old` and a number. Give what `halfdoor ledger checkpoint` printed.")
    return int(earlier), [b64decode(one, validate=True) for one in shown if one], note
