"""The packs in force for a practice, and every version that a line of its ledger ever rested on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery

from halfdoor.disclosure import clocking, judging
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.house_rules import HOUSE_RULES, shipped_house
from halfdoor.disclosure.loading import bodies as shipped_bodies
from halfdoor.disclosure.loading import from_files, pack_files
from halfdoor.disclosure.rules import Pack
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures.codes.rows import CodesSettled
from halfdoor.service.disclosures.house.rows import Activation
from halfdoor.service.disclosures.models import PackVersion
from halfdoor.service.people.facts import OLDEST, day_in

__all__ = [
    "HOUSE_RULES",
    "PackLost",
    "bodies_of",
    "house_of",
    "judge_of",
    "judge_of_law",
    "judge_under",
    "keep",
    "keep_one",
    "keep_shipped_house",
    "kept",
    "question_of",
]


class PackLost(Exception):
    """A line rests on a pack version that is not kept any more. That should never be; restore it from a backup."""


def judge_of(practice: Practice, *, at: datetime) -> Judge:
    """
    Return the judge of a practice's place at a moment (in its own time zone): law, ethics, and its own rules.

    Which rules of its own hold is read anew each time. What is kept between times is named by the hash of its content.
    """
    house, bodies = _in_force(practice, at=at)
    return _judge(practice, house, bodies, at=at)


def judge_under(house: Pack, *, practice: Practice, at: datetime) -> Judge:
    """Return the judge of a practice's place at a moment if these were its house rules."""
    return _judge(practice, house, _in_force(practice, at=at)[1], at=at)


def judge_of_law(practice: Practice, *, at: datetime) -> Judge:
    """Return the judge of a practice's place without any house rules: law, ethics, and the codes that it names."""
    bodies = _in_force(practice, at=at)[1]
    return judging.judge_for(practice.place, practice="none", bodies=bodies, at=at)


def house_of(practice: Practice, *, at: datetime) -> Pack:
    """
    Return the house rules of a practice at a moment (in its own time zone): its own, or else the shipped ones.

    :raises PackLost: if its own are not kept as they were. Then nothing is decided, and nothing goes.
    """
    return _in_force(practice, at=at)[0]


def bodies_of(practice: Practice) -> frozenset[str]:
    """Return the professional bodies whose codes count for a practice, by what was settled last."""
    return frozenset(next((bodies for (bodies,) in _BODIES.ask(CodesSettled, practice.pk)), None) or ())


_BODIES = Prepared(lambda practice: CodesSettled.objects.counting(practice).values_list("wish__bodies")[:1], UUID)


def _judge(practice: Practice, house: Pack, bodies: frozenset[str], *, at: datetime) -> Judge:
    own: judging.Practice = "default" if house.id == HOUSE_RULES else house
    return judging.judge_for(practice.place, practice=own, bodies=bodies, at=at)


def _in_force(practice: Practice, *, at: datetime) -> tuple[Pack, frozenset[str]]:
    """Return the house rules and the professional bodies that count at a moment, in one query."""
    ((name, sha256, bodies),) = _NAMED.ask(Practice, practice.pk, at, day_in(practice, at=at))
    codes = frozenset(bodies or ())
    if not codes <= shipped_bodies().keys():
        raise PackLost("A professional code that counts here does not come with this version. Update, or restore it.")
    return shipped_house() if name in (None, HOUSE_RULES) else _kept_by_hash(practice, sha256), codes


def question_of(practice: Practice, *, at: datetime) -> tuple[Prepared, tuple[UUID, datetime, date]]:
    """Return what `judge_of` asks, to be asked ahead of it together with what else is read."""
    return _NAMED, (practice.pk, at, day_in(practice, at=at))


def _named(practice: UUID, at: datetime, day: date) -> QuerySet[Practice, Any]:
    held = Activation.objects.holding(practice, at=at, day=day)
    counting = CodesSettled.objects.counting(practice, at=at)
    return Practice.objects.filter(pk=practice).values_list(
        Subquery(held.values("version__pack")[:1]),
        Subquery(held.values("version__sha256")[:1]),
        Subquery(counting.values("wish__bodies")[:1]),
    )


_NAMED = Prepared(_named, UUID, datetime, date)


def ages_that_matter(practice: Practice, *, at: datetime) -> frozenset[int]:
    """Return the ages at which a rule of a practice's place begins or ceases to match, and those its clocks name."""
    return ages_in(judge_of(practice, at=at), practice.place)


def ages_in(judge: Judge, place: str) -> frozenset[int]:
    """Return the ages at which a rule of a judge begins or ceases to match, and those that the place's clocks name."""
    found = {clock.age for clock in clocking.clocks_in(place) if clock.kind == "birthday"}
    found, table = found or {clocking.of_age(place)}, judge.table
    for rule in (*table.deciding, *table.always):
        for ages in (box["age"] for box in rule.boxes if "age" in box):
            known = {age for age in ages if isinstance(age, int)}
            found |= {age for age in known if age - 1 not in known and age > 0}
            found |= {age + 1 for age in known if age + 1 not in known and age < OLDEST}
    return frozenset(found)


def keep(judge: Judge, *, practice: Practice) -> dict[str, str]:
    """Keep the exact files of every pack that this judge reads, and return their hashes by pack id."""
    wanted = {pack.sha256: pack for pack in judge.table.packs}
    kept = PackVersion.objects.filter(practice=practice, sha256__in=wanted).values_list("sha256", flat=True)
    for sha256 in wanted.keys() - set(kept):
        pack = wanted[sha256]
        keep_one(pack, {name: content.decode() for name, content in _files(pack).items()}, practice=practice)
    return {pack.id: pack.sha256 for pack in judge.table.packs}


def keep_shipped_house(*, practice: Practice) -> PackVersion:
    """Keep the house rules that come with Halfdoor, as they are now."""
    house = shipped_house()
    return keep_one(house, {name: text.decode() for name, text in _files(house).items()}, practice=practice)


def keep_one(pack: Pack, content: Mapping[str, str], *, practice: Practice) -> PackVersion:
    """Keep a pack with these files, once."""
    known = {"pack": pack.id, "version": pack.version, "files": dict(content)}
    version, _ = PackVersion.objects.get_or_create(practice=practice, sha256=pack.sha256, defaults=known)
    return version


def kept(hashes: Iterable[str], *, practice: Practice) -> list[Pack]:
    """
    Return packs as they were, in the order of their hashes.

    :raises PackLost: if one of them is not kept, or is no longer what its hash says
    """
    rows = {row.sha256: row for row in PackVersion.objects.filter(practice=practice, sha256__in=hashes)}
    packs = [_parsed(tuple(sorted(rows[sha].files.items()))) for sha in hashes if sha in rows]
    if [pack.sha256 for pack in packs] != list(hashes):
        raise PackLost("The ledger rests on a version of a pack that is not kept as it was. Restore it from a backup.")
    return packs


@lru_cache(maxsize=128)
def _parsed(files: tuple[tuple[str, str], ...]) -> Pack:
    return from_files({name: text.encode() for name, text in files})


@lru_cache(maxsize=128)
def _kept_by_hash(practice: Practice, sha256: str) -> Pack:
    (pack,) = kept([sha256], practice=practice)
    return pack


def _files(pack: Pack) -> Mapping[str, bytes]:
    return pack_files(files("halfdoor.packs") / pack.id)
