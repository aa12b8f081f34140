"""The sealed file: anybody can look at it offline, and one changed byte shows, wherever it lies."""

import asyncio

import pytest

from halfdoor.service.core.models import SealingKey
from halfdoor.service.core.sealing_keys import fingerprint, seal_of
from halfdoor.service.documents import pdf
from halfdoor.service.documents.blocks import blocks
from halfdoor.service.documents.verifying import verify
from tests.people import NOON, practice

WORDS = "Ein cytundeb\n\n## Pam #rydym *yma*\n\nI ddarganfod `beth` sy’n {anodd}, $x$.\n\n- ŵ\n- ŷ\n"
STEP = 331
"""Every so many bytes one is flipped; a prime, so that it lands everywhere."""


def a_file(where, *, name: str = "Amina") -> bytes:
    sheet = pdf.Sheet(
        id="1",
        practice=where.name,
        language="cy",
        title="Ein cytundeb",
        blocks=blocks(WORDS),
        words=WORDS,
        answers=(pdf.Answered((("Enw:", name),)),),
        proof=(("Papur:", "1"),),
        labels=dict.fromkeys(("page", "words", "answers", "proof", "how"), "x"),
        at=NOON,
    )
    says = pdf.said_in_seal(kind="care", number=1, language="cy", words=WORDS, stamp="")
    return pdf.sealed(pdf.drawn(sheet), seal_of(where, at=NOON), says=says)


@pytest.fixture
def content(db: None) -> bytes:
    return a_file(practice())


@pytest.mark.reliability("R12")
@pytest.mark.requirement("A2")
def test_one_flipped_byte_shows_wherever_it_lies(content: bytes):
    assert verify(content).holds
    seal = content.index(b"/Contents <")
    places = {*range(0, len(content), STEP), *range(seal, min(seal + 2400, len(content)), 13), len(content) - 1}
    for place in places:
        flipped = bytearray(content)
        flipped[place] ^= 0x20
        assert not verify(bytes(flipped)).holds, (place, content[place - 9 : place + 9])


@pytest.mark.reliability("R12")
@pytest.mark.parametrize("longer", [b"\n", b" ", b"%%EOF\n"])
def test_nothing_can_be_added_or_cut_off(content: bytes, longer: bytes):
    assert not verify(content + longer).holds
    assert not verify(content[: -len(longer)]).holds
    assert not verify(b"").holds
    assert not verify(content[: len(content) // 2]).holds


def test_the_file_holds_the_exact_words_and_is_tagged_and_archivable(content: bytes):
    verdict = verify(content)
    assert verdict.words == WORDS
    assert verdict.says.startswith("care version 1 cy sha256 ")
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content
    assert b"pdfaid:part>3" in content
    assert b"pdfaid:conformance>A" in content


@pytest.mark.abuse("B9")
def test_a_seal_of_somebody_elses_making_is_not_the_practices(db: None):
    here, elsewhere = practice(), practice("Elsewhere")
    seals = [seal_of(one, at=NOON) for one in (here, elsewhere)]
    forged = a_file(elsewhere)
    assert verify(forged).holds
    assert not verify(forged, certificate=seals[0].certificate).holds
    assert verify(forged, certificate=seals[1].certificate).holds
    assert seal_of(here, at=NOON) == seals[0]
    assert fingerprint(seals[0].certificate) != fingerprint(seals[1].certificate)


@pytest.mark.abuse("D5")
def test_the_private_half_lies_wrapped(db: None):
    seal = seal_of(practice(), at=NOON)
    row = SealingKey.objects.get()
    assert seal.private[10:40] not in bytes(row.wrapped)
    assert "private" not in repr(seal)


def test_it_is_sealed_and_looked_at_inside_a_running_loop_too(content: bytes):
    async def within() -> bool:
        return verify(content).holds

    assert asyncio.run(within())


@pytest.mark.parametrize("name", ["王小明", "علي", "Zoë 😀", "Nguyễn Thị Ánh"])
def test_a_name_in_any_script_is_signed_with_and_sealed(name: str, db: None):
    assert verify(a_file(practice(), name=name)).holds
