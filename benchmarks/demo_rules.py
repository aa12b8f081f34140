"""
Every rule met somewhere: which rules of the packs in force decide something in the demonstration, and which do not.

Run it with `python -m benchmarks.demo_rules`. It grows the whole demonstration in a folder of its own, draws each
sharing map and reads each line of the ledger. A rule that nothing met is either one that never comes first in that
place, because another voice always speaks before it (the packs' own diagrams say so), or one of `NOT_INVENTED`; any
other ends it with an error.
"""

import os
import sys
import tempfile
from time import process_time

NOT_INVENTED = {
    ("england", "ethics.after-death"): "nobody has died in the home; it is met in the practice",
    (
        "us",
        "us.payment",
    ): "the counselors' code, which the practice names, has the client asked first, and nobody said yes to a payer",
    ("us", "us.paid-privately"): "the same: it speaks where a payer would hear something",
}
"""What the demonstration leaves out on purpose, by place and rule."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="halfdoor-demo-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "halfdoor.service.settings", "HALFDOOR_DATA": folder}
        os.environ["HALFDOOR_DEMO"] = "1"
        import django

        django.setup()
        from halfdoor.service.core import clock, fitting, keys, within
        from halfdoor.service.core.models import Practice
        from halfdoor.service.portals.demo import growing

        fitting.bring_up_to_date()
        began = process_time()
        with keys.ring(), within.everywhere():
            growing.grow(at=clock.now())
            print(f"The demonstration is grown: {process_time() - began:.0f} s of one processor.")
            left = [rule for practice in Practice.objects.order_by("name") for rule in report(practice, at=clock.now())]
    if left:
        sys.exit(f"Nothing in the demonstration meets {', '.join(left)}.")


def report(practice, *, at) -> list[str]:
    """Print how many rules decide something at a practice; return those that could and do not."""
    from halfdoor.service.disclosures import packs
    from tests.packs.situations import witness

    table = packs.judge_of(practice, at=at).table
    rules = {_plain(rule.id): rule for rule in table.deciding}
    met = {_plain(name) for name in _met(practice, at=at)} & rules.keys()
    unmet = sorted(rules.keys() - met)
    never = [name for name in unmet if witness(table, rules[name], place=practice.place) is None]
    left_out = {name: NOT_INVENTED.get((practice.place, name), "") for name in unmet if name not in never}
    print(f"{practice.name}: {len(met)} of {len(rules)} rules decide something.")
    for name in never:
        print(f"  {name}: never comes first here")
    for name, why in left_out.items():
        print(f"  {name}: {why or 'NOT MET'}")
    return [name for name, why in left_out.items() if not why]


def _met(practice, *, at) -> set[str]:
    """Return the rules that come first in a cell of a map, or in a line of the ledger."""
    from halfdoor.service.disclosures import gate, lines
    from halfdoor.service.disclosures.choices import MAP_CATEGORIES
    from halfdoor.service.disclosures.models import Line
    from halfdoor.service.people.models import Membership, YoungPerson

    met: set[str] = set()
    for young_person in YoungPerson.objects.filter(practice=practice):
        for member in Membership.objects.of(young_person).current():
            for category in MAP_CATEGORIES:
                rule = gate.consider(gate.usual_question(member, category), at=at).rule
                met |= {rule.id} if rule else set()
    for line in Line.objects.filter(practice=practice):
        met |= {one["reasons"][0]["rule"] for one in lines.opened(line).decisions if one["reasons"]}
    return met


def _plain(name: str) -> str:
    """Return the name of a rule by the pack that comes with Halfdoor: a practice's own rules begin as a copy of it."""
    return f"practice.{name.removeprefix('house.')}" if name.startswith("house.") else name


if __name__ == "__main__":
    main()
