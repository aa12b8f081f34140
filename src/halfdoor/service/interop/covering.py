"""
Does what was consented to cover this recipient, kind of information and purpose, at this moment?

A permit has to be met for certain; a denial stands where it may be met. A denial stands over every permit, in
its own consent and in any other, whatever came later and whatever its period says: until its consent is ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from halfdoor.service.interop.codes import DISCLOSE, Meaning
from halfdoor.service.interop.consent import Base, Consent, Standing
from halfdoor.service.interop.provisions import Actor, Kind, Provision, unusable, ways
from halfdoor.service.interop.references import kind_of


class Met(IntEnum):
    """Whether a condition is met."""

    NO = 0
    MAYBE = 1
    YES = 2


class Verdict(StrEnum):
    """What consents say of a question, the strongest first. For the contract, ``denied`` is ``does_not_cover``."""

    DENIED = "denied"
    COVERS = "covers"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DOES_NOT_COVER = "does_not_cover"
    NONE = "none"

    @property
    def strength(self) -> int:
        return -list(Verdict).index(self)


GRANTORS = ("client", "guardian", "parent")
"""In whose right a consent is said to be given where several gave it: the young person's own word first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``known_as`` are the references under which the recipient is known to who wrote the consents."""

    relation: str
    category: str
    purpose: str
    at: datetime
    known_as: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """
    The facts that consents give. ``because`` are the places that decided, each with the number of its consent.

    ``objects``: the young person's own consent denies this in so many words.
    """

    verdict: Verdict
    given_by: str
    objects: bool
    because: tuple[tuple[int, str], ...]

    @property
    def authorization(self) -> str:
        return "does_not_cover" if self.verdict is Verdict.DENIED else str(self.verdict)


def find(consents: Sequence[Consent], asked: Asked) -> Found:
    """Return what all these consents say together. Their order makes no difference to the facts."""
    heard = [list(_heard(one, asked)) for one in consents]
    covering = [any(verdict is Verdict.COVERS for verdict, _ in verdicts) for verdicts in heard]
    found = [
        (verdict, number, path)
        for number, verdicts in enumerate(heard)
        for verdict, path in verdicts
        if verdict is not Verdict.COVERS or _holds(number, consents, covering)
    ]
    verdict = max((verdict for verdict, _, _ in found), key=lambda one: one.strength, default=Verdict.NONE)
    deciding = [(number, path) for one, number, path in found if one is verdict]
    given = {grantor for number, _ in deciding for grantor in consents[number].grantors}
    speaks = verdict in (Verdict.COVERS, Verdict.WITHDRAWN, Verdict.EXPIRED)
    return Found(
        verdict=verdict,
        given_by=next((grantor for grantor in GRANTORS if grantor in given), "none") if speaks else "none",
        objects=any(_objects(consent, asked) for consent in consents),
        because=tuple(deciding) if verdict is not Verdict.NONE else (),
    )


def _holds(number: int, consents: Sequence[Consent], covering: Sequence[bool]) -> bool:
    """Return whether no other version of the same consent says less. Which of them is the last one, nobody knows."""
    mine = consents[number].known_as
    return all(covers for one, covers in zip(consents, covering, strict=True) if one.known_as & mine)


def _heard(consent: Consent, asked: Asked) -> Iterator[tuple[Verdict, str]]:
    """Yield every verdict that one consent gives, with its place."""
    if consent.standing is Standing.NEVER:
        return
    yield Verdict.DOES_NOT_COVER, "Consent"
    permits = list(_permits(consent, asked))
    if consent.standing is not Standing.ENDED:
        yield from ((Verdict.DENIED, path) for path in _denials(consent, asked))
        if consent.base is not Base.NOTHING and not any(verdict is Verdict.COVERS for verdict, _ in permits):
            yield Verdict.DENIED, "Consent.policyRule"
    if not consent.opens or not consent.grantors or consent.standing is Standing.UNCERTAIN:
        return
    if consent.given is None or not consent.given.begun(asked.at):
        return
    for verdict, path in permits:
        yield (Verdict.WITHDRAWN if consent.standing is Standing.ENDED else verdict), path


def _permits(consent: Consent, asked: Asked) -> Iterator[tuple[Verdict, str]]:
    """Yield the permits that are about what is asked, in time or not any more."""
    for way in ways(consent.provisions):
        if way[-1].kind is not Kind.PERMIT or way[-1].is_frame or unusable(way):
            continue
        if min(_met(one, asked) for one in way) is Met.YES and all(_started(one, asked) for one in way):
            over = any(_over(one, asked) for one in way)
            yield (Verdict.EXPIRED if over else Verdict.COVERS), way[-1].path


def _denials(consent: Consent, asked: Asked) -> Iterator[str]:
    """Yield what may deny this, by its own words alone: a denial inside a permit is no narrower than it says."""
    for top in consent.provisions:
        for one in top.all():
            may_deny = one.kind is Kind.DENY or (one.kind is Kind.UNSAID and not (one is top and one.is_frame))
            if may_deny and _met(one, asked) is not Met.NO:
                yield one.path


def _objects(consent: Consent, asked: Asked) -> bool:
    """Return whether this is the young person's own denial, beyond doubt, in force, of just what is asked."""
    if consent.standing is not Standing.IN_FORCE or "client" not in consent.grantors:
        return False
    if consent.given is None or not consent.given.begun(asked.at):
        return False
    if consent.base is Base.OPT_OUT and not consent.provisions:
        return True
    for way in ways(consent.provisions):
        certain = all(_met(one, asked) is Met.YES and _started(one, asked) and not _over(one, asked) for one in way)
        excepted = any(one.kind is not Kind.DENY for one in way[-1].all())
        if way[-1].kind is Kind.DENY and certain and not excepted:
            return True
    return False


def _met(provision: Provision, asked: Asked) -> Met:
    """Return whether a provision is about what is asked; a condition that is not there is met. Time is left out."""
    found = [
        _among(provision.purposes, asked.purpose),
        _among(provision.labels, asked.category),
        _among(provision.actions, DISCLOSE),
        *(_among(kind, asked.category) for kind in provision.kinds),
        max((_is(actor, asked) for actor in provision.recipients or ()), default=Met.YES),
        Met.MAYBE if provision.doubtful else Met.YES,
    ]
    return min(found)


def _among(meaning: Meaning | None, word: str) -> Met:
    if meaning is None or word in meaning.certain:
        return Met.YES
    return Met.MAYBE if word in meaning.possible else Met.NO


def _is(actor: Actor, asked: Asked) -> Met:
    """Return whether somebody named in a consent is the recipient."""
    found = [Met.YES]
    if actor.any_of:
        found.append(_in(actor.any_of, asked))
    if actor.is_young_person:
        found.append(_in(frozenset({"self"}), asked))
    elif actor.reference or not actor.any_of:
        found.append(_is_known_as(actor, asked))
    return min(found)


def _in(relations: frozenset[str], asked: Asked) -> Met:
    if asked.relation == "unknown":
        return Met.MAYBE
    return Met.YES if asked.relation in relations else Met.NO


def _is_known_as(actor: Actor, asked: Asked) -> Met:
    """
    Return whether a reference leads to the recipient. Somebody may be known under several: a nurse who is an uncle.

    Only another reference of a type under which the recipient is known says that it is somebody else.
    """
    if actor.reference and actor.reference in asked.known_as:
        return Met.YES if actor.relations is None or actor.relations == {asked.relation} else Met.MAYBE
    kind = kind_of(actor.reference)
    others = {kind_of(reference) for reference in asked.known_as}
    return (
        Met.NO if kind in ("Practitioner", "RelatedPerson", "Patient", "Organization") and kind in others else Met.MAYBE
    )


def _started(provision: Provision, asked: Asked) -> bool:
    start = provision.period.start if provision.period else None
    return start is None or start.begun(asked.at)


def _over(provision: Provision, asked: Asked) -> bool:
    end = provision.period.end if provision.period else None
    return end is not None and end.over(asked.at)
