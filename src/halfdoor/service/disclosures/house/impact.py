"""
What a proposal would change, worked out before anybody relies on it: situations, lines of the ledger, living maps.

The situations say whether anything opens, and so how many people have to agree. All of it is looking: nothing goes, and
nothing is written down but what was found.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from halfdoor.disclosure import house_rules
from halfdoor.disclosure.comparing import Change
from halfdoor.disclosure.diagram import TooLarge
from halfdoor.disclosure.rules import Disposition, Pack
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import gate, ledger, packs
from halfdoor.service.disclosures.house.rows import Finding, Impact
from halfdoor.service.disclosures.models import Line
from halfdoor.service.people.models import YoungPerson

MOST_LINES = 2_000
"""How many lines of the ledger are looked at, the newest first. `halfdoor replay --instead` looks at all of them."""

_AT_ONCE = 50
_SHOWN = 200


def beside(pack: Pack, *, practice: Practice) -> str:
    """Return a hash of what speaks beside house rules: law, ethics and the professional codes that count now."""
    others = house_rules.beside(pack, place=practice.place, bodies=packs.bodies_of(practice))
    return sha256("".join(other.sha256 for other in others).encode()).hexdigest()


def weigh(old: Pack, new: Pack, *, practice: Practice, on: date) -> tuple[Impact.Outcome, dict[str, Any]]:
    """
    Return whether a change of house rules opens anything, now or on a later day, and what there is to say about it.

    Rules that are gone or read otherwise count as opening: with them go duties and limits that no answer shows.
    """
    gone, turned = house_rules.loosened(old, new), house_rules.turned(old, new)
    said: dict[str, Any] = {
        "added": house_rules.added(old, new),
        "touched": [rule for rule in gone if rule in new.by_id],
        "gone": [rule for rule in gone if rule not in new.by_id],
        "turned": turned,
        "changes": [],
    }
    opening, bodies = bool(gone or turned), packs.bodies_of(practice)
    try:
        for day in house_rules.days_that_differ(old, new, place=practice.place, bodies=bodies, on=on):
            changes = house_rules.changes(old, new, place=practice.place, bodies=bodies, on=day)
            found = house_rules.answered_otherwise(changes)
            opening = opening or any(map(house_rules.opens, found))
            said["changes"] += [_said(change, on=day) for change in found[:_SHOWN]]
    except TooLarge:
        return Impact.Outcome.UNCLEAR, said
    return Impact.Outcome.OPENS if opening else Impact.Outcome.CLOSES, said


def _said(change: Change, *, on: date) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "opens": house_rules.opens(change),
        # A number of JSON holds no more; nobody reads the last of twenty-five digits.
        "situations": float(change.situations),
        "before": [change.before.disposition.value, change.before.rule],
        "after": [change.after.disposition.value, change.after.rule],
        "witness": {name: value for name, value in house_rules.unusual(change.witness).items() if name != "place"},
    }


def work_out(impact: Impact, old: Pack, new: Pack, *, at: datetime) -> None:
    """Find everything that would be decided otherwise, and say on the way how far it has come. It can be begun anew."""
    practice = impact.practice
    Finding.objects.filter(practice=practice, impact=impact).delete()
    on = at.astimezone(ZoneInfo(practice.time_zone)).date()
    impact.outcome, impact.says = weigh(old, new, practice=practice, on=on)
    lines = list(_newest(practice).values_list("pk", flat=True)[:MOST_LINES])
    people = list(YoungPerson.objects.filter(practice=practice).order_by("pk").values_list("pk", flat=True))
    impact.lines, impact.people = len(lines), len(people)
    impact.lines_done = impact.people_done = 0
    impact.save()
    for some in _portions(lines):
        _put_down(impact, list(_lines_otherwise(impact, some, new)), lines=len(some))
    for some in _portions(people):
        _put_down(impact, list(_cells_otherwise(impact, some, old, new, at=at)), people=len(some))
    impact.ended_at = at
    impact.save(update_fields=["ended_at"])


def _newest(practice: Practice) -> Any:
    return Line.objects.filter(practice=practice).order_by("-at", "-id")


def _portions(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))


def _put_down(impact: Impact, found: list[Finding], *, lines: int = 0, people: int = 0) -> None:
    impact.lines_done += lines
    impact.people_done += people
    with transaction.atomic():
        Finding.objects.bulk_create(found)
        impact.save(update_fields=["lines_done", "people_done"])


def _lines_otherwise(impact: Impact, keys: Sequence[Any], new: Pack) -> Iterator[Finding]:
    """Yield the lines that the new rules would have answered otherwise. Whose key was destroyed says nothing more."""
    for line in Line.objects.filter(practice=impact.practice_id, pk__in=keys).select_related("practice"):
        replay = ledger.replay(line, instead=new)
        if replay.outcome is ledger.Outcome.DIFFERENT:
            before, after = (_least_open(said) for said in (replay.then, replay.now))
            opens = any(
                Disposition(now.split()[0]).closedness < Disposition(then.split()[0]).closedness
                for then, now in zip(replay.then, replay.now, strict=True)
            )
            yield Finding(
                practice=impact.practice,
                impact=impact,
                kind=Finding.Kind.LINE,
                young_person_id=line.young_person_id,
                membership_id=line.membership_id,
                category=line.category,
                before=before,
                after=after,
                decided_at=line.at,
                opens=opens,
            )


def _least_open(said: Sequence[str]) -> Disposition:
    return max((Disposition(one.split()[0]) for one in said), key=lambda found: found.closedness)


def _cells_otherwise(impact: Impact, keys: Sequence[Any], old: Pack, new: Pack, *, at: datetime) -> Iterator[Finding]:
    """Yield the cells of sharing maps that change for somebody, by what is on record now."""
    for young_person in YoungPerson.objects.filter(practice=impact.practice_id, pk__in=keys).select_related("practice"):
        now, then = gate.maps_under((old, new), young_person, at=at)
        for row, later in zip(now.rows, then.rows, strict=True):
            for category, before, after in zip(now.categories, row.answers, later.answers, strict=True):
                if before is not after:
                    yield Finding(
                        practice=impact.practice,
                        impact=impact,
                        kind=Finding.Kind.CELL,
                        young_person=young_person,
                        membership=row.member,
                        category=category,
                        before=before,
                        after=after,
                        decided_at=at,
                        opens=after.closedness < before.closedness,
                    )
