"""Which judge hears a situation: the packs that speak for its place, as they stand on its day."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.rules import Pack, Speaker
from halfdoor.disclosure.situation import Situation, read
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Practice = Pack | Literal["default", "none"]
    """The practice's own rules: a pack, the shipped ones, or none on top of law and ethics."""


def decide(situation: Situation, *, practice: "Practice" = "default", bodies: Collection[str] = ()) -> Decision:
    """Return the decision by the shipped packs, these practice rules and the codes of these professional bodies."""
    place = str(situation.values["place"])
    return judge_for(place, practice=practice, bodies=bodies, at=situation.at).decide(situation)


def judge_for(place: str, *, practice: "Practice" = "default", bodies: Collection[str] = (), at: datetime) -> Judge:
    """
    Return the judge of a place at a moment. Law changes at midnight of the place, so the day is the one ``at`` says.

    ``bodies`` names professional bodies in ``loading.bodies()`` whose codes count too; they only narrow. Judges are
    kept: the same one comes back as long as no rule starts or ends in between.
    """
    heard = frozenset(bodies)
    return _judge(place, practice, heard, bisect_right(_turning_days(practice, heard), at.date()))


def replay(situation: Mapping[str, object], *, packs: Sequence[Pack]) -> Decision:
    """
    Decide a recorded situation again, by exactly the packs that are recorded with it.

    :raises SituationError: where the situation is not in the shape of the contract, or says no moment
    """
    recorded = read(situation)
    heard, era = tuple(packs), bisect_right(_days_of(tuple(packs)), recorded.at.date())
    return _recorded(heard, recorded.values["place"], era).decide(recorded)


@lru_cache(maxsize=64)
def _recorded(packs: tuple[Pack, ...], place: Value, era: int) -> Judge:
    """Return the judge by exactly these packs; whoever replays a ledger asks for the same ones line after line."""
    days = _days_of(packs)
    day = days[era - 1] if era else date.min
    return Judge(arrange(packs, on=day, within={"place": frozenset({place})}))


@lru_cache(maxsize=64)
def _days_of(packs: tuple[Pack, ...]) -> Sequence[date]:
    rules = [rule for pack in packs for rule in pack.rules]
    return sorted({day for rule in rules for day in (rule.starts_on, rule.ends_on) if day})


@lru_cache(maxsize=128)
def _judge(place: str, practice: "Practice", bodies: frozenset[str], era: int) -> Judge:
    days = _turning_days(practice, bodies)
    packs = [pack for pack in _packs(practice, bodies) if place in pack.places]
    day = days[era - 1] if era else date.min
    return Judge(arrange(packs, on=day, within={"place": frozenset({place})}))


@lru_cache(maxsize=32)
def _turning_days(practice: "Practice", bodies: frozenset[str]) -> Sequence[date]:
    """Return the days on which a rule starts or ends, in order."""
    return _days_of(tuple(_packs(practice, bodies)))


def _packs(practice: "Practice", bodies: frozenset[str]) -> Sequence[Pack]:
    # To import what reads files takes longer than to import all the rest, and not everybody needs it.
    from halfdoor.disclosure import loading

    narrowing = [loading.bodies()[body] for body in sorted(bodies)]
    if practice == "default":
        return [*loading.shipped(), *narrowing]
    others = [*(pack for pack in loading.shipped() if pack.speaker is not Speaker.PRACTICE), *narrowing]
    return others if practice == "none" else [*others, practice]
