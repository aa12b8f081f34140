"""
The key with which a practice seals the files it hands out, and the certificate by which others know its seal.

The private half is wrapped like every other key. The certificate is signed by itself: nobody else vouches for it, so
whoever wants to be sure asks the practice for its fingerprint, once.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from halfdoor.service.core import keys
from halfdoor.service.core.models import Practice, SealingKey

_YEARS = timedelta(days=40 * 366)
"""Longer than any record has to be kept: a seal is looked at for as long as the file is."""

_LONGEST_NAME = 64
"""What a certificate has room for."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A practice's certificate and private key, both in DER."""

    certificate: bytes
    private: bytes = field(repr=False)


def seal_of(practice: Practice, *, at: datetime) -> Seal:
    """Return what a practice seals with, made on first use."""
    row = SealingKey.objects.filter(practice=practice).select_related("practice_key").order_by("-version").first()
    row = row or _make(practice, at=at)
    private = keys.unwrapped(row.practice_key, bytes(row.wrapped), bound_to=_binding(row))
    return Seal(bytes(row.certificate), private)


def fingerprint(certificate: bytes) -> str:
    """Return the fingerprint of a certificate as people compare it: pairs of hexadecimal digits."""
    return sha256(certificate).digest().hex(" ", 2)


def _make(practice: Practice, *, at: datetime) -> SealingKey:
    private = ec.generate_private_key(ec.SECP256R1())
    owner, wrapping = keys.of_practice(practice.pk)
    row = SealingKey(
        id=uuid4(), practice=practice, practice_key=owner, certificate=_certificate(practice, private, at=at)
    )
    secret = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept, _ = SealingKey.objects.get_or_create(
        practice=practice,
        version=1,
        defaults={
            "id": row.pk,
            "certificate": row.certificate,
            "practice_key": owner,
            "wrapped": wrapping.lock(secret, bound_to=_binding(row)),
        },
    )
    return kept


def _certificate(practice: Practice, private: ec.EllipticCurvePrivateKey, *, at: datetime) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, practice.name[:_LONGEST_NAME] or "-")])
    only_to_sign = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        # Clocks differ, and a demonstration tells of earlier days.
        .not_valid_before(at - timedelta(days=366))
        .not_valid_after(at + _YEARS)
        .add_extension(only_to_sign, critical=True)
        .sign(private, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.DER)


def _binding(row: SealingKey) -> str:
    return f"sealing|{row.practice_id}|{row.pk}"
