"""
Looking at a sealed file, offline and without any of our data: is it as it was sealed, and by whose seal?

Every byte of the file counts. The signature covers all but itself; the signature's own bytes are compared with the one
way in which they can be written.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, TypeVar

from asn1crypto import cms, x509
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

Found = TypeVar("Found")

FIELD = "Seal"
"""The name of the field that holds the seal."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What a look at a file showed. ``wrong`` says what is; empty if all of it is as it was sealed.

    :param checked: what was looked at, each with whether it holds
    :param words: the exact words that were shown, as they lie in the file
    """

    wrong: str
    checked: tuple[tuple[str, bool], ...] = ()
    sealed_by: str = ""
    fingerprint: str = ""
    sealed_at: datetime | None = None
    says: str = ""
    words: str = ""

    @property
    def holds(self) -> bool:
        return not self.wrong


def verify(content: bytes, *, certificate: bytes = b"") -> Verdict:
    """
    Return what a look at a file shows.

    :param certificate: the practice's own certificate (DER), where one has it: then the seal has to be theirs
    """
    try:
        return _verify(content, certificate)
    except Exception:
        # Whatever trips over a changed file has found that it was changed.
        return Verdict("This is not a sealed file, or it was changed since it was sealed.")


def _verify(content: bytes, certificate: bytes) -> Verdict:
    reader = PdfFileReader(BytesIO(content), strict=True)
    seals = reader.embedded_signatures
    if len(seals) != 1 or seals[0].field_name != FIELD:
        return Verdict("There is no seal in this file, or more than one.")
    seal = seals[0]
    signer: x509.Certificate = seal.signer_cert
    words = _attached(reader)
    reason = str(seal.sig_object.get("/Reason", ""))
    checked = (
        ("the seal covers the whole file, and nothing was added after it", _covers_everything(seal, content)),
        ("the file is as it was sealed, to the byte", _is_sound(seal)),
        ("the seal itself is written as it was made", _is_canonical(seal, content)),
        ("the words in the file are those named in the seal", sha256(words).hexdigest() in reason.split()),
        *(
            [("the seal is of the practice whose certificate you gave", signer.dump() == certificate)]
            if certificate
            else []
        ),
    )
    wrong = next((f"It does not hold that {says}." for says, holds in checked if not holds), "")
    return Verdict(
        wrong,
        checked,
        sealed_by=str(signer.subject.native.get("common_name", "")),
        fingerprint=sha256(signer.dump()).digest().hex(" ", 2),
        sealed_at=seal.self_reported_timestamp,
        says=reason,
        words=words.decode(),
    )


def _covers_everything(seal: EmbeddedPdfSignature, content: bytes) -> bool:
    start, before, after, rest = (int(one) for one in seal.byte_range)
    return (
        start == 0
        and after + rest == len(content)
        and content[before : before + 1] + content[after - 1 : after] == b"<>"
    )


def _is_sound(seal: EmbeddedPdfSignature) -> bool:
    trusted = ValidationContext(
        trust_roots=[seal.signer_cert], allow_fetching=False, moment=seal.self_reported_timestamp
    )
    status = finished(async_validate_pdf_signature(seal, trusted))
    return bool(status.bottom_line)


def _is_canonical(seal: EmbeddedPdfSignature, content: bytes) -> bool:
    """
    Return whether the bytes of the signature are the one way of writing what counts in it.

    A signature cannot cover itself. Without this, its filling, or a part that nobody reads, could be changed.
    """
    _, before, after, _ = (int(one) for one in seal.byte_range)
    written = content[before + 1 : after - 1]
    expected = _as_made(seal.signed_data).dump().hex().upper().encode()
    return written[: len(expected)] == expected and not written[len(expected) :].strip(b"0")


def _as_made(data: cms.SignedData) -> cms.ContentInfo:
    """Return the signature written anew from what its own signature covers, and nothing else."""
    (signer,) = data["signer_infos"]
    (certificate,) = data["certificates"]
    issued = certificate.chosen
    sha: dict[str, Any] = {"algorithm": "sha256"}
    info = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": issued.issuer, "serial_number": issued.serial_number}}
        ),
        "digest_algorithm": sha,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signed_attrs": signer["signed_attrs"],
        "signature": signer["signature"],
    })  # fmt: skip
    made = cms.SignedData({
        "version": "v1",
        "digest_algorithms": [sha],
        "encap_content_info": {"content_type": "data"},
        "certificates": [issued],
        "signer_infos": [info],
    })  # fmt: skip
    return cms.ContentInfo({"content_type": "signed_data", "content": made})


def _attached(reader: PdfFileReader) -> bytes:
    """Return the one file that lies in the file: the words that were shown."""
    (words,) = _embedded(reader.root["/Names"]["/EmbeddedFiles"])
    return words


def _embedded(tree: Any) -> Iterator[bytes]:
    tree = _there(tree)
    for below in tree.get("/Kids", ()):
        yield from _embedded(below)
    entries = list(tree.get("/Names", ()))
    for entry in entries[1::2]:
        yield bytes(_there(entry)["/EF"]["/F"].data)


def _there(named: Any) -> Any:
    """Return the object itself, where the file only names it."""
    found: Any = named
    return found.get_object() if isinstance(named, IndirectObject) else found


def finished(work: Coroutine[Any, Any, Found]) -> Found:
    """Return what comes of asynchronous work, in a thread of its own: whoever calls may already be in a loop."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, work).result()
