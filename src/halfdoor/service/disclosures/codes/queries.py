"""Reading which professional codes count, who said so and since when, and what waits for a second person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.disclosure.loading import bodies as shipped_bodies
from halfdoor.service.accounts.models import Account
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures.codes.rows import CodesSettled, CodesWish
from halfdoor.service.disclosures.house import sentences
from halfdoor.service.disclosures.house.actions import APPROVERS
from halfdoor.service.web.due import Due

NAMES: Mapping[str, Promise] = {
    "aamft": gettext_lazy("Family therapists (AAMFT)"),
    "aca": gettext_lazy("Counselors (ACA)"),
    "bacp": gettext_lazy("Counselors and psychotherapists in the UK (BACP)"),
    "gmc": gettext_lazy("Doctors in the UK (GMC)"),
    "hcpc": gettext_lazy("Arts therapists and practitioner psychologists in the UK (HCPC)"),
    "nasw": gettext_lazy("Social workers (NASW)"),
}
"""What each professional body is called where somebody chooses it."""


_NEWS = timedelta(days=7)
"""How long a change stands on *Today*, for everybody but whoever settled it."""


@dataclass(frozen=True, slots=True)
class Counting:
    """One code that counts: since when without a break, who named it, and what it adds."""

    body: str
    name: str
    since: CodesSettled
    rules: list[sentences.Told]


@dataclass(frozen=True, slots=True)
class Codes:
    """The professional codes of a practice: those that count, and a wish that waits for a second person."""

    counting: tuple[Counting, ...]
    waiting: CodesWish | None
    reader: Account

    @property
    def bodies(self) -> list[str]:
        return [one.body for one in self.counting]

    @property
    def taken_out(self) -> list[str]:
        """The names of the codes that would no longer count."""
        gone = set(self.waiting.base) - set(self.waiting.bodies) if self.waiting else set()
        return [str(NAMES[body]) for body in sorted(gone)]

    @property
    def may_agree(self) -> bool:
        return self.waiting is not None and self.waiting.asked_by_id != self.reader.pk


def codes(reader: Account) -> Codes:
    """Return the professional codes of the reader's practice."""
    held = list(CodesSettled.objects.counting(reader.practice).select_related("wish", "settled_by"))
    return Codes(
        counting=tuple(_counting(body, held) for body in (held[0].wish.bodies if held else ())),
        waiting=_waiting(reader),
        reader=reader,
    )


def wish_of(reader: Account, wish_id: UUID) -> CodesWish:
    """
    Return one wish of the reader's practice.

    :raises CodesWish.DoesNotExist: if there is none of this id there
    """
    return CodesWish.objects.select_related("practice").get(practice=reader.practice_id, pk=wish_id)


def due(reader: Account, *, at: datetime) -> Iterator[Due]:
    """Yield the wish that waits for this clinician as a second person, and what has changed, as lines of *Today*."""
    if reader.role not in APPROVERS:
        return
    for wish in _news(reader, at=at):
        if wish.counts and not wish.was_mine:
            yield Due(
                reverse("rules:codes"), _("Other professional codes count now"), _("See which, and what they add.")
            )
        elif not wish.counts and wish.asked_by_id != reader.pk:
            yield Due(
                reverse("rules:codes"),
                _("%(who)s would have fewer professional codes count") % {"who": wish.asked_by.display_name},
                _("See which, and whether you agree."),
            )


def _news(reader: Account, *, at: datetime) -> list[Any]:
    """Return what waits and what came to count lately, the newest of each, in one query."""
    newest: dict[bool, Any] = {}
    wishes: Any = _WISHES.rows(CodesWish, reader.practice_id, reader.pk, at - _NEWS, at)
    for wish in wishes:
        newest.setdefault(wish.counts, wish)
    return list(newest.values())


def _wishes(practice: UUID, reader: UUID, after: datetime, until: datetime) -> Any:
    settled = CodesSettled.objects.filter(practice=OuterRef("practice"), wish=OuterRef("pk"))
    lately = settled.filter(outcome=CodesSettled.Outcome.COUNTS, settled_at__gt=after, settled_at__lte=until)
    wishes: Any = CodesWish.objects.filter(practice=practice).select_related("asked_by")
    found = wishes.annotate(counts=Exists(lately), was_mine=Exists(lately.filter(settled_by=reader)))
    return found.filter(Q(counts=True) | ~Exists(settled)).order_by("-asked_at", "-id")


_WISHES = Prepared(_wishes, UUID, UUID, datetime, datetime)


def _waiting(reader: Account) -> CodesWish | None:
    return CodesWish.objects.filter(practice=reader.practice_id).waiting().select_related("asked_by").first()


def _counting(body: str, held: list[CodesSettled]) -> Counting:
    since = held[0]
    for earlier in held:
        if body not in earlier.wish.bodies:
            break
        since = earlier
    return Counting(body, str(NAMES[body]), since, sentences.told(shipped_bodies()[body]))
