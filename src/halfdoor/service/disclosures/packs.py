"""The packs in force for a practice, and every version that a line of its ledger ever rested on."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.resources import files

from halfdoor.disclosure import judging
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.loading import from_files, pack_files
from halfdoor.disclosure.rules import Pack
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.models import PackVersion
from halfdoor.service.people.facts import OLDEST, majority_in


class PackLost(Exception):
    """A line rests on a pack version that is not kept any more. That should never be; restore it from a backup."""


def judge_of(practice: Practice, *, at: datetime) -> Judge:
    """Return the judge of a practice's place at a moment (in its own time zone): law, ethics, and its own rules."""
    return judging.judge_for(practice.place, at=at)


def ages_that_matter(practice: Practice, *, at: datetime) -> frozenset[int]:
    """Return the ages at which a rule of a practice's place begins or ceases to match, and at which one is adult."""
    table, found = judge_of(practice, at=at).table, {majority_in(practice.place)}
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
        PackVersion.objects.create(
            practice=practice,
            pack=wanted[sha256].id,
            version=wanted[sha256].version,
            sha256=sha256,
            files={name: content.decode() for name, content in _files(wanted[sha256]).items()},
        )
    return {pack.id: pack.sha256 for pack in judge.table.packs}


def kept(hashes: Iterable[str], *, practice: Practice) -> list[Pack]:
    """
    Return packs as they were, in the order of their hashes.

    :raises PackLost: if one of them is not kept, or is no longer what its hash says
    """
    rows = {row.sha256: row for row in PackVersion.objects.filter(practice=practice, sha256__in=hashes)}
    packs = [
        from_files({name: text.encode() for name, text in rows[sha].files.items()}) for sha in hashes if sha in rows
    ]
    if [pack.sha256 for pack in packs] != list(hashes):
        raise PackLost("The ledger rests on a version of a pack that is not kept as it was. Restore it from a backup.")
    return packs


def _files(pack: Pack) -> Mapping[str, bytes]:
    return pack_files(files("halfdoor.packs") / pack.id)
