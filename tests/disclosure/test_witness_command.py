"""A ledger that somebody rewrites is found out by whoever kept a checkpoint: a witness, or a file without our code."""

import importlib.util
import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from halfdoor.cli import main, witness
from halfdoor.service.core import chain, stamps, trees
from halfdoor.service.core.checkpoints import Checkpoint, NotSigned, Signer, Verifier, read
from halfdoor.service.core.models import ChainEntry, Practice

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ALONE = Path(__file__).parents[2] / "tools" / "verify_ledger.py"

# The leaves and roots with which implementations of RFC 6962 are tried.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def leaves(count: int) -> list[bytes]:
    return [sha256(b"\x00" + bytes([number])).digest() for number in range(count)]


def signer(name: str = "halfdoor/corner-house") -> Signer:
    return Signer(name, Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest()))


@pytest.fixture(scope="module")
def alone() -> ModuleType:
    """The verifier that has none of our code."""
    spec = importlib.util.spec_from_file_location("verify_ledger", ALONE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def practice(db: None) -> Practice:
    """A practice with seven lines on its chain."""
    practice = Practice.objects.create(name="Corner House")
    grow(practice, 7)
    return practice


def grow(practice: Practice, count: int) -> None:
    chain.extend(practice, [{"act": "released", "of": "é", "number": number} for number in range(count)], at=NOON)


def said(*arguments: Any) -> str:
    out = StringIO()
    call_command("ledger", *arguments, practice="Corner House", stdout=out)
    return out.getvalue()


def test_the_tree_is_that_of_the_rfc() -> None:
    hashed = [sha256(b"\x00" + bytes.fromhex(one)).digest() for one in INPUTS]
    assert {size: trees.root(hashed[:size]).hex() for size in ROOTS} == ROOTS
    assert trees.root([]) == trees.EMPTY


def test_a_proof_shows_growth_from_every_earlier_length_and_nothing_else(alone: ModuleType) -> None:
    for size in range(1, 18):
        now = leaves(size)
        assert trees.root(now) == alone.tree(now)
        for earlier in range(size + 1):
            then, shown = trees.root(now[:earlier]), trees.proof(now, earlier)
            assert trees.grew(earlier, then, size, trees.root(now), shown)
            if earlier:
                another = trees.root([*now[: earlier - 1], sha256(b"another").digest()])
                assert not trees.grew(earlier, another, size, trees.root(now), shown)
            if 0 < earlier < size:
                assert not trees.grew(earlier, then, size, trees.root([*now[::-1], b""]), shown)
                assert not trees.grew(earlier, then, size, trees.root(now), [*shown, then])
                assert not trees.grew(earlier, then, size, trees.root(now), shown[:-1])
    assert not trees.grew(5, trees.EMPTY, 4, trees.root(leaves(4)), [])
    with pytest.raises(ValueError, match="never were 5"):
        trees.proof(leaves(4), 5)


def test_a_signature_fits_one_text_and_one_key(alone: ModuleType) -> None:
    """By our own library, and by the arithmetic of the verifier that needs none."""
    ours, checkpoint = signer(), Checkpoint("halfdoor/corner-house", 7, trees.root(leaves(7)))
    note, key = ours.sign(checkpoint), str(ours.verifier())
    assert read(note, Verifier.of(key)) == checkpoint
    assert alone.checkpoint(note, key) == (7, checkpoint.root)
    for other in (note.replace("\n7\n", "\n8\n"), note[:-4] + "AA=\n", str(checkpoint)):
        with pytest.raises(NotSigned):
            read(other, Verifier.of(key))
        with pytest.raises((alone.Broken, ValueError)):
            alone.checkpoint(other, key)
    stranger = str(Verifier("halfdoor/corner-house", signer("another").verifier().key))
    with pytest.raises(NotSigned):
        read(note, Verifier.of(stranger))
    with pytest.raises(alone.Broken):
        alone.checkpoint(note, stranger)
    with pytest.raises(NotSigned, match="cut off"):
        Verifier.of(key[:-5])
    cosigned = note + ours.cosign(checkpoint, at=1_800_000_000)
    assert read(cosigned, ours.verifier(4)) == checkpoint


def test_a_witness_sees_a_ledger_grow_and_will_not_see_it_shrink(
    practice: Practice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, folder, file = said("key").strip(), tmp_path / "kept", tmp_path / "shown"

    def witness(shown: str) -> tuple[int, str]:
        file.write_text(shown, "utf-8")
        status = main(["witness", str(file), "--of", key, "--kept", str(folder)])
        return status, "".join(capsys.readouterr())

    assert witness(said("checkpoint"))[1].startswith("7 lines, 7 of them new")
    grow(practice, 4)
    status, told = witness(said("checkpoint"))
    assert (status, "--since 7" in told) == (2, True)
    status, told = witness(said("checkpoint", "--since", 7))
    assert (status, told.startswith("11 lines, 4 of them new")) == (0, True)
    anew = [sha256(bytes([number])).digest() for number in range(13)]
    name = f"halfdoor/{practice.pk}"
    forged = Signer(name, _secret()).sign(Checkpoint(name, 13, trees.root(anew)))
    status, told = witness(trees.written(11, trees.proof(anew, 11)) + forged)
    assert (status, "NOT THE SAME LEDGER" in told) == (1, True)
    status, told = witness(trees.written(11, []) + signer(name).sign(Checkpoint(name, 13, trees.root(anew))))
    assert (status, "did not sign" in told) == (2, True)
    assert witness("nothing of the kind")[0] == 2
    with pytest.raises(CommandError, match="never were 12"):
        said("checkpoint", "--since", 12)


@pytest.mark.abuse("D4")
def test_a_witness_that_listens_answers_as_others_do_and_keeps_both_of_two_ledgers(
    practice: Practice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    chosen = Namespace(of=[said("key").strip()], kept=str(kept), name="attic", serve="127.0.0.1:0")
    with witness.serving(chosen) as server:
        listening = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        listening.start()

        def shows(body: str, path: str = "/add-checkpoint") -> tuple[int, str]:
            asking = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
            asking.request("POST", path, body.encode())
            answer = asking.getresponse()
            return answer.status, answer.read().decode()

        try:
            status, line = shows(said("checkpoint"))
            signed = said("checkpoint").partition("\n\n")[2] + line
            assert (status, read(signed, witness._signer(kept, "attic").verifier(4)).size) == (200, 7)
            grow(practice, 4)
            assert shows(said("checkpoint")) == (409, "7\n")
            assert shows(said("checkpoint", "--since", 7))[0] == 200
            anew, name = [sha256(bytes([number])).digest() for number in range(13)], f"halfdoor/{practice.pk}"
            proof, point = trees.written(11, trees.proof(anew, 11)), Checkpoint(name, 13, trees.root(anew))
            assert shows(proof + signer(name).sign(point))[0] == 403
            assert not list(kept.glob("*.disagrees"))
            assert shows(proof + Signer(name, _secret()).sign(point))[0] == 422
            assert len([*kept.glob("*.note"), *kept.glob("*.disagrees")]) == 2
            assert shows("nothing of the kind")[0] == 400
            assert shows(signed.replace(name, "halfdoor/else"))[0] == 400
            assert shows(said("checkpoint"), "/")[0] == shows("x" * 70_000)[0] == 404
        finally:
            server.shutdown()
            listening.join()
    assert "NOT THE SAME LEDGER" in capsys.readouterr().out


def _secret() -> Ed25519PrivateKey:
    from django.conf import settings

    return Ed25519PrivateKey.from_private_bytes((settings.HALFDOOR_DATA / "ledger.key").read_bytes())


def made_anew(lines: list[str], change: Callable[[list[dict[str, Any]]], object]) -> list[str]:
    """Return a chain on which somebody changed something, and mended every hash after it."""
    read_lines = [json.loads(line) for line in lines]
    change(read_lines)
    previous, written = chain.BEFORE_THE_FIRST, []
    for number, line in enumerate(read_lines, start=1):
        line |= {"sequence": number, "previous": previous}
        entry = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = chain.leaf(entry.encode())
        written.append(entry)
    return written


TAMPERED: dict[str, Callable[[list[str]], list[str]]] = {
    "edited": lambda lines: [*lines[:3], lines[3].replace("released", "withheld"), *lines[4:]],
    "deleted": lambda lines: lines[:3] + lines[4:],
    "cut off": lambda lines: lines[:-1],
    "put elsewhere": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "swapped, every hash mended": lambda lines: made_anew(lines, lambda all_of: all_of.insert(0, all_of.pop(2))),
    "forged anew": lambda lines: made_anew(lines, lambda all_of: all_of[3]["body"].update(act="withheld")),
    "rolled back and gone on": lambda lines: made_anew(
        lines, lambda all_of: all_of.__setitem__(slice(4, None), [{**all_of[4], "body": {"act": "else"}}] * 9)
    ),
}


@pytest.mark.abuse("D4")
@pytest.mark.reliability("R12")
def test_seven_of_seven_ways_to_tamper_are_found(practice: Practice, alone: ModuleType) -> None:
    chain.append(practice, {"act": "asked", "number": 1}, at=NOON)
    key, note, lines = said("key"), said("checkpoint"), said("lines").splitlines()

    def verdict(lines: list[str]) -> str:
        try:
            return list(alone.check([line.encode() for line in lines], key, [note]))[-1]
        except alone.Broken as broken:
            return f"NO {broken}"

    assert verdict(lines) == "checkpoint 1: the first 8 lines are as they were"
    found = {how: verdict(tamper(lines)) for how, tamper in TAMPERED.items()}
    assert [how for how, said_so in found.items() if not said_so.startswith("NO ")] == []
    assert len(found) == 7
    grow(practice, 1)
    assert verdict(said("lines").splitlines()) == "checkpoint 1: the first 8 lines are as they were"


def test_the_verifier_stands_alone_and_is_short(practice: Practice, tmp_path: Path) -> None:
    for name in ("lines", "key", "checkpoint"):
        (tmp_path / name).write_text(said(name), "utf-8")
    files = [str(tmp_path / name) for name in ("lines", "key", "checkpoint")]

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-I", "-S", str(ALONE), *files], capture_output=True, text=True, check=False
        )

    whole = run()
    assert (whole.returncode, whole.stdout.splitlines()[-1]) == (0, "The ledger is what it was.")
    (tmp_path / "lines").write_text("\n".join(said("lines").splitlines()[:-2]) + "\n", "utf-8")
    assert (run().returncode, "2 are gone" in run().stdout) == (1, True)
    assert len(ALONE.read_text("utf-8").splitlines()) <= 200


@pytest.mark.abuse("C12")
def test_a_stamp_finds_its_line_with_our_code_and_without_and_says_no_number(
    practice: Practice, alone: ModuleType, tmp_path: Path
) -> None:
    line = ChainEntry.objects.get(practice=practice, sequence=4)
    stamp = stamps.of_line(line)
    assert len(stamp) == stamps.LENGTH
    assert stamps.read(f"{stamp[:64]}\n {stamp[64:]}", stamps.signer(practice.pk).verifier()) == line.leaf
    call = partial(call_command, "ledger", "compare", practice="Corner House")
    call(stamp, stdout=(out := StringIO()))
    assert "Line 4: " in out.getvalue()
    keys, lines = f"{said('key')}\n{said('stamp-key')}", said("lines").encode().split(b"\n")[:-1]
    assert "stamp 2: line 4 is there, as it was" in list(alone.check(lines, keys, [said("checkpoint"), stamp]))
    other = lines[:3] + [one.replace(b"released", b"refused") for one in lines[3:]]
    with pytest.raises(alone.Broken):
        list(alone.check(other[:4], keys, [stamp]))
    for forged in (stamp[::-1], stamp[:-4] + "AAAA"):
        with pytest.raises(CommandError, match="no stamp of this ledger"):
            call(forged)
        with pytest.raises((alone.Broken, ValueError)):
            list(alone.check(lines, keys, [forged]))
    with pytest.raises(CommandError, match="No line of this ledger fits"):
        call("0" * 64)
