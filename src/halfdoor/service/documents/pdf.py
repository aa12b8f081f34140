"""A signed paper as a file: set by typst as tagged PDF/A, then sealed with the practice's own key."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from halfdoor.service.core.sealing_keys import Seal
from halfdoor.service.documents.blocks import Block
from halfdoor.service.documents.typesetting import typeset
from halfdoor.service.documents.verifying import FIELD, finished

_TEMPLATE = Path(__file__).with_name("paper.typ")

Lines = tuple[tuple[str, str], ...]
"""Pairs of a term and what it says."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer on the sheet: a drawn signature, if there is one, and what is known of it in lines."""

    lines: Lines
    svg: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that stands in the file. ``words`` are the exact words that were shown; ``at`` is the moment of the file."""

    id: str
    practice: str
    language: str
    title: str
    blocks: tuple[Block, ...]
    words: str
    answers: tuple[Answered, ...]
    proof: Lines
    labels: dict[str, str]
    at: datetime = field(repr=False)


def drawn(sheet: Sheet) -> bytes:
    """Return a sheet as PDF/A-3a, as far as there are fonts for it: tagged, with the exact words attached."""
    lang, _, region = sheet.language.partition("-")
    made = {name: getattr(sheet.at, name) for name in ("year", "month", "day", "hour", "minute", "second")}
    data = {name: value for name, value in asdict(sheet).items() if name not in ("at", "language")}
    data |= {"lang": lang, "region": region.upper() or None, "made": made}
    files = {"main": _TEMPLATE.read_bytes(), "paper.json": json.dumps(data).encode()}
    return typeset(files, standard="a-3a")


def sealed(pdf: bytes, seal: Seal, *, says: str) -> bytes:
    """Return a PDF with the practice's seal on all of it, in the manner of PAdES; nothing may be added after it."""
    no_others: Any = SimpleCertificateStore
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(seal.certificate),
        signing_key=keys.PrivateKeyInfo.load(seal.private),
        cert_registry=no_others(),
    )
    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=says,
    )
    writing = signers.PdfSigner(how, signer).async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return bytes(finished(writing).getvalue())


def said_in_seal(*, kind: str, number: int, language: str, words: str, stamp: str) -> str:
    """
    Return what the seal says of a paper: which, which version, in which language, the hash of its words, and the stamp
    of the ledger before it.
    """
    said = f"{kind} version {number} {language} sha256 {sha256(words.encode()).hexdigest()}"
    return f"{said} ledger {stamp}" if stamp else said
