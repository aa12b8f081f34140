"""Trees and checkpoints by themselves: what is cut off, added to or written otherwise is never taken for right."""

import base64
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from halfdoor.service.core import trees
from halfdoor.service.core.checkpoints import Checkpoint, NotSigned, Signer, Verifier, read

ROOT = sha256(b"root").digest()
OURS = Signer("halfdoor/corner-house", Ed25519PrivateKey.from_private_bytes(sha256(b"ours").digest()))
SEVEN = Checkpoint(OURS.name, 7, ROOT)


def leaves(count: int) -> list[bytes]:
    return [sha256(bytes([number])).digest() for number in range(count)]


def test_no_proof_is_needed_from_nothing_or_to_the_same_and_none_is_taken() -> None:
    two = trees.root(leaves(2))
    assert trees.grew(0, trees.EMPTY, 2, two, []) is True
    assert trees.grew(2, two, 2, two, []) is True
    assert trees.grew(2, ROOT, 2, two, []) is False
    assert trees.grew(3, two, 2, two, []) is False
    assert trees.grew(0, trees.EMPTY, 2, two, [ROOT]) is False
    assert trees.grew(2, two, 2, two, [ROOT]) is False


def test_a_proof_that_is_missing_or_too_long_shows_nothing() -> None:
    three, four = trees.root(leaves(3)), trees.root(leaves(4))
    shown = trees.proof(leaves(4), 3)
    assert trees.grew(3, three, 4, four, shown) is True
    assert trees.grew(3, three, 4, four, []) is False
    assert trees.grew(3, three, 4, four, [*shown, four]) is False
    assert trees.grew(2, trees.root(leaves(2)), 4, four, [*trees.proof(leaves(4), 2), four]) is False


def test_a_proof_of_a_longer_tree_does_not_pass_for_one_of_a_shorter() -> None:
    seven, eight, shown = trees.root(leaves(7)), trees.root(leaves(8)), trees.proof(leaves(8), 7)
    assert trees.grew(7, seven, 8, eight, shown) is True
    assert trees.grew(3, seven, 4, eight, shown) is False
    assert trees.grew(6, seven, 7, eight, shown) is False


def test_a_proof_reads_back_as_it_was_written() -> None:
    shown = trees.proof(leaves(7), 3)
    assert trees.read(f"{trees.written(3, shown)}a note\n\nbelow") == (3, shown, "a note\n\nbelow")
    assert trees.proof(leaves(7), 0) == trees.proof(leaves(7), 7) == []
    for wrong in ("new 3\n\n", "old\n\n", "old -3\n\n", "old 3\n!!!!\n\n"):
        with pytest.raises(ValueError, match=r"old|base64"):
            trees.read(wrong)
    for never in (-1, 8):
        with pytest.raises(ValueError, match="There are 7 lines"):
            trees.proof(leaves(7), never)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n7\nAAAA\n",
        "name\nseven\nAAAA\n",
        "name\n07\nAAAA\n",
        "name\n-7\nAAAA\n",
        "name\n7\nAA\xc3\n",
        "name\n7\nAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    assert Checkpoint.of("name\n7\nAAAA\nmore\n") == Checkpoint("name", 7, bytes(3))
    with pytest.raises(NotSigned):
        Checkpoint.of(text)


def test_letters_that_a_hash_never_has_are_not_passed_over() -> None:
    for wrong in ("AA AA", "AAAA*", "A-A_"):
        with pytest.raises(NotSigned, match="cut off or has other letters"):
            Checkpoint.of(f"name\n7\n{wrong}\n")


def test_a_key_is_read_whole_or_not_at_all() -> None:
    key = str(OURS.verifier())
    assert str(Verifier.of(f" {key}\n")) == key
    name, known, secret = key.split("+")
    other_kind = str(Verifier(OURS.name, OURS.verifier().key, kind=2))
    for wrong in (other_kind, f"{name}s+{known}+{secret}", f"{name}+{known[:-1]}0+{secret}", f"{name}+{known}+", name):
        with pytest.raises(NotSigned, match="This is no key"):
            Verifier.of(wrong)
    assert Verifier.of(str(OURS.verifier(4))).kind == 4


def test_a_note_is_read_by_the_signature_of_the_verifier_asked_for_among_others() -> None:
    other = Signer(OURS.name, Ed25519PrivateKey.from_private_bytes(sha256(b"other").digest()))
    both = OURS.sign(SEVEN) + other.cosign(SEVEN, at=1_800_000_000)
    assert read(both, OURS.verifier()) == read(both, other.verifier(4)) == SEVEN
    with pytest.raises(NotSigned, match="did not sign this"):
        read(both, other.verifier())
    with pytest.raises(NotSigned, match="did not sign this"):
        read(both.replace("\N{EM DASH} ", "- "), OURS.verifier())
    later = other.cosign(SEVEN, at=1_800_000_001).split()[-1]
    forged = (
        both.rpartition(" ")[0]
        + " "
        + base64.b64encode(base64.b64decode(later)[:12] + base64.b64decode(both.split()[-1])[12:]).decode()
    )
    with pytest.raises(NotSigned, match="does not fit"):
        read(forged + "\n", other.verifier(4))
