#!/usr/bin/env python3
"""
Check a ledger against checkpoints that somebody kept, without trusting Halfdoor: this file imports none of it.

    verify_ledger.py LINES KEY CHECKPOINT [CHECKPOINT ...]

LINES is what `halfdoor ledger lines` printed, KEY what `halfdoor ledger key` printed when the ledger was new (and
`halfdoor ledger stamp-key`, on a line of its own, for stamps), and each CHECKPOINT a signed note (C2SP) from a witness
or a mail, or the stamp on a receipt. Says what was checked, and exits with 1 where something is not as it was: a line
edited, deleted, moved, swapped, cut off, a ledger made anew or rolled back.

Ed25519 is written out here by RFC 8032, section 6, so that nothing has to be installed. It only checks signatures.
"""

import base64
import hashlib
import json
import sys
from datetime import datetime
from pathlib import Path

# --- Ed25519 ---
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Add two points of the curve, in extended coordinates."""
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    """Add a point to itself so often."""
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, point)
        point, n = add(point, point), n >> 1
    return total


def x_of(y, sign):
    """Return the x that belongs to a y, or None where there is none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point_of(data):
    """Return the point that 32 bytes say, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def signed(key, message, signature):
    """Whether a signature is this key's, of this message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    one, two = times(s, BASE), add(r, times(challenge, a))
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


# --- the lines ---
# JSON as RFC 8785 writes it: lines hold text, whole numbers, truth and nothing, so that this is enough.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
read = json.JSONDecoder().raw_decode  # what stands behind it is not canonical


def leaves_of(lines):
    """Yield the hash of each line, and fail at the first that is wrong."""
    previous, practice, moment = "0" * 64, None, ""
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode()
            said, _ = read(text)
            at = datetime.fromisoformat(said["at"])
            if canonical(said) != text:
                raise Broken(f"line {number} is not in its canonical form")
            if said["sequence"] != number:
                raise Broken(f"line {number} is missing, or stands elsewhere: here is line {said['sequence']}")
            if said["previous"] != previous:
                raise Broken(f"line {number} does not follow the one before it")
            if practice not in (None, said["practice"]):
                raise Broken(f"line {number} is from another ledger")
            if moment and at < moment:
                raise Broken(f"line {number} is from before the line that it follows")
        except (ValueError, KeyError, TypeError) as error:
            raise Broken(f"line {number} cannot be read") from error
        practice, moment = said["practice"], at
        leaf = hashlib.sha256(b"\x00" + line).digest()
        previous = leaf.hex()
        yield leaf


def tree(leaves):
    """Return the root of RFC 6962 over some leaves, straight from its definition."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()


# --- the notes ---
STAMP = 128  # letters: a hash and a signature


class Broken(Exception):
    """Something is not as it was."""


def checkpoint(note, verifier):
    """Return the size and the root that a note says, if the key signed it."""
    name, _, rest = verifier.strip().partition("+")
    key = base64.b64decode(rest.partition("+")[2])
    told_by = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    said, _, below = note.partition("\n\n")
    for line in below.splitlines():
        mark, _, signature = line.removeprefix("\N{EM DASH} ").rpartition(" ")
        given = base64.b64decode(signature)
        if mark == name and given[:4] == told_by and signed(key[1:], f"{said}\n".encode(), given[4:]):
            _, size, root = said.split("\n")[:3]
            return int(size), base64.b64decode(root)
    raise Broken(f"{name} did not sign this checkpoint")


def stamped(text, verifier):
    """Return the hash of the line that a stamp vouches for, if the key signed it."""
    name, _, rest = verifier.strip().partition("+")
    given = base64.b64decode(text)
    said = f"{name}\n{base64.b64encode(given[:32]).decode()}\n".encode()
    if not signed(base64.b64decode(rest.partition("+")[2])[1:], said, given[32:]):
        raise Broken(f"{name} did not sign this stamp")
    return given[:32]


def check(lines, keys, notes):
    """Check everything; return what was found, line by line, or raise `Broken`."""
    leaves = list(leaves_of(lines))
    yield f"{len(leaves)} lines, each after the one before it"
    verifier, stamps, *_ = [*keys.split(), "", ""]
    for place, note in enumerate(notes, start=1):
        if len(text := "".join(note.split())) == STAMP:
            leaf = stamped(text, stamps)
            if leaf not in leaves:
                raise Broken(f"no line is the one of stamp {place}")
            yield f"stamp {place}: line {leaves.index(leaf) + 1} is there, as it was"
            continue
        note = note[note.find("\n\n") + 2 :] if note.startswith("old ") else note
        size, root = checkpoint(note, verifier)
        if size > len(leaves):
            raise Broken(f"checkpoint {place} was of {size} lines; {size - len(leaves)} are gone")
        if tree(leaves[:size]) != root:
            raise Broken(f"the first {size} lines are not those of checkpoint {place}")
        yield f"checkpoint {place}: the first {size} lines are as they were"


def main(arguments):
    """Run the command."""
    if len(arguments) < 3:
        print(__doc__)
        return 2
    try:
        lines = Path(arguments[0]).read_bytes().split(b"\n")
        notes = [Path(name).read_text("utf-8") for name in arguments[2:]]
        for found in check(lines[:-1] if not lines[-1] else lines, Path(arguments[1]).read_text("utf-8"), notes):
            print(f"yes  {found}")
    except (Broken, ValueError) as error:
        print(f"NO   {error}")
        return 1
    print("The ledger is what it was.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
