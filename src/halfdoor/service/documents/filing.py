"""The sealed file of an answer: what was shown, who said what to it and how, and how to check it."""

import json
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from halfdoor.service.core import sealing_keys, stamps
from halfdoor.service.documents import pdf
from halfdoor.service.documents.choices import NOT_SELF, Manner
from halfdoor.service.documents.models import Signing
from halfdoor.service.documents.showing import Shown

WIDTH, HEIGHT = 600, 200
"""The size of the place to sign in, in its own units."""


def file_of(signing: Signing, shown: Shown, *, at: datetime) -> bytes:
    """Return the sealed file of an answer, in the language it was given in."""
    seal = sealing_keys.seal_of(signing.practice, at=at)
    stamp = stamps.of_newest(signing.practice_id)
    says = pdf.said_in_seal(
        kind=shown.version.kind, number=shown.version.number, language=shown.language, words=shown.words, stamp=stamp
    )
    with translation.override(shown.language):
        sheet = _sheet(signing, shown, at=at, fingerprint=sealing_keys.fingerprint(seal.certificate), stamp=stamp)
    return pdf.sealed(pdf.drawn(sheet), seal, says=says)


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def _sheet(signing: Signing, shown: Shown, *, at: datetime, fingerprint: str, stamp: str) -> pdf.Sheet:
    both = [signing.beside, signing] if signing.beside else [signing]
    version = shown.version
    return pdf.Sheet(
        id=str(signing.pk),
        practice=signing.practice.name,
        language=shown.language,
        title=shown.title,
        blocks=shown.blocks,
        words=shown.words,
        answers=tuple(_answered(one) for one in both),
        proof=(
            (_("Paper:"), f"{version.get_kind_display()}"),
            (_("Version:"), f"{version.number}, {shown.language}"),
            (_("In force from:"), _day(version.effective_on)),
            (_("SHA-256 of the exact words that were shown:"), shown.fingerprint),
            (_("Sealed with the certificate:"), fingerprint),
            (_("Stamp of the ledger before it:"), f"{stamp[:64]} {stamp[64:]}"),
        ),
        labels={
            "page": _("Page"),
            "words": _("The exact words that were shown"),
            "answers": _("Answers"),
            "proof": _("What this file proves"),
            "how": _("Anybody can check it offline: halfdoor verify, followed by the name of this file."),
        },
        at=at,
    )


def _answered(signing: Signing) -> pdf.Answered:
    # Who it was is what is on record. What somebody typed as their name stands beside it, and never instead of it.
    name = signing.membership.person.name
    lines = [
        (_("Name:"), name),
        (_("As:"), str(signing.get_relation_display())),
        (_("Answer:"), f"{signing.get_answer_display()}; {signing.get_manner_display()}"),
        (_("When:"), _moment(signing.signed_at, signing.time_zone)),
    ]
    if signing.typed_another_name:
        lines.append((_("Typed as their name:"), signing.printed_name))
    if signing.manner in NOT_SELF:
        lines.append((_("Written down by:"), signing.recorded_by.display_name))
    if signing.words:
        lines.append((_("In their words:"), signing.words))
    drawing = svg(signing.strokes) if signing.manner == Manner.DRAWN else ""
    return pdf.Answered(tuple(lines), drawing, _("Drawn signature of %(name)s") % {"name": name})


def svg(strokes: str) -> str:
    """Return drawn strokes as a picture. They are whole numbers, which the form has made sure of."""
    lines = [" L".join(f"{int(x)} {int(y)}" for x, y in stroke) for stroke in json.loads(strokes or "[]")]
    path = " ".join(f"M{line}" for line in lines if line)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{path}" fill="none" '
        'stroke="#111" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _day(day: date) -> str:
    return date_format(day, pgettext("format of a day", "l, F j, Y"))


def _moment(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return f"{_day(there)}, {date_format(there, pgettext('format of a time', 'g:i a'))} ({there:%Z}, {zone})"
