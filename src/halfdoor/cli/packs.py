"""The commands about packs: list them, look one over, see what a change of rules changes, and begin one's own."""

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from halfdoor.cli.output import Wrong, as_json, write
from halfdoor.disclosure import house_rules, loading
from halfdoor.disclosure.comparing import Change
from halfdoor.disclosure.diagram import TooLarge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.rules import Pack
from halfdoor.disclosure.vocabulary import BY_NAME, Value

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Commands = _SubParsersAction[argparse.ArgumentParser]

REFUSED = 2
"""Exit status where a pack may not be used as it is."""

NAME = "[a-z0-9]+(-[a-z0-9]+)*"

_MANY = 1_000_000_000


def add_to(commands: "Commands") -> None:
    """Add `lint` and `packs` to the commands."""
    linting = commands.add_parser(
        "lint", help="warn about a pack of yours: opposites, rules that never decide, and more"
    )
    linting.set_defaults(run=_lint)
    linting.add_argument("pack", metavar="PACK", help="a folder or a single file")
    linting.add_argument("--place", default="us", help="where it is to speak, beside the shipped packs (default: us)")

    packs = commands.add_parser("packs", help="list the packs; compare two; export; begin your own")
    packs.set_defaults(run=_list)
    more = packs.add_subparsers(metavar="COMMAND")
    comparing = more.add_parser("diff", help="what a change of rules changes: how many situations, and one of each")
    comparing.set_defaults(run=_diff)
    comparing.add_argument("old", metavar="OLD", help="a folder, a single file, or the name of a shipped pack")
    comparing.add_argument("new", metavar="NEW", help="the same, as it is to be")
    comparing.add_argument("--place", action="append", help="look at this place only; may be given again")
    exporting = more.add_parser("export", help="the rules of a place as another engine reads them")
    exporting.set_defaults(run=_export)
    exporting.add_argument("language", choices=["cedar", "rego"])
    exporting.add_argument("place", metavar="PLACE", help="as in `halfdoor facts`, such as us-ca or england")
    telling = more.add_parser("clocks", help="every clock of a place: duties, extensions, birthdays, breaches, records")
    telling.set_defaults(run=_clocks)
    telling.add_argument("place", metavar="PLACE", help="as in `halfdoor facts`")
    beginning = more.add_parser("new", help="begin a practice's own pack in a new folder")
    beginning.set_defaults(run=_new)
    beginning.add_argument("folder", metavar="FOLDER", type=Path, help="its name becomes the name of the pack")


def pack_at(name: str) -> Pack:
    """
    Return the pack in a folder or a file.

    :raises Wrong: naming what cannot be used, and why
    """
    try:
        return loading.load(Path(name))
    except loading.PackError as error:
        raise Wrong(f"the rules in {name} cannot be used: {error}") from None


def _list(_: argparse.Namespace) -> int:
    for pack in (*loading.shipped(), *loading.bodies().values()):
        write(as_json(_listed(pack)))
    return 0


def _listed(pack: Pack) -> dict[str, object]:
    days = {day for rule in pack.rules for day in (rule.starts_on, rule.ends_on) if day}
    return {
        "pack": pack.id,
        "version": pack.version,
        "speaker": str(pack.speaker),
        **({"body": pack.body} if pack.body else {}),
        "says": pack.says,
        "for": sorted(pack.places),
        "builds_on": list(pack.builds_on),
        "sha256": pack.sha256,
        "rules": len(pack.rules),
        "not_reviewed": sum(rule.reviewed == "no" for rule in pack.rules),
        "switched_off": [rule.id for rule in pack.rules if not rule.switched_on],
        "changes_on": sorted(day.isoformat() for day in days),
        "invariants": [{"id": invariant.id, "says": invariant.says} for invariant in pack.invariants],
    }


def _lint(chosen: argparse.Namespace) -> int:
    pack = pack_at(chosen.pack)
    if chosen.place not in pack.places:
        raise Wrong(f"{pack.id} does not speak for {chosen.place}, but for {', '.join(sorted(pack.places))}.")
    refused = False
    for warning in house_rules.warnings(pack, place=chosen.place, on=datetime.now(UTC).date()):
        refused |= warning.about == house_rules.OPENS_WHAT_IS_CLOSED
        write(f"{warning.rule}: {warning.about}: {warning.says}")
    return REFUSED if refused else 0


def _diff(chosen: argparse.Namespace) -> int:
    old, new = _named(chosen.old), _named(chosen.new)
    if old.speaker is not new.speaker:
        raise Wrong(f"{old.id} speaks for {old.speaker}, {new.id} for {new.speaker}: they cannot be compared.")
    today = datetime.now(UTC).date()
    status, differs = 0, False
    for place in _places(chosen.place, old, new):
        try:
            changes = house_rules.changes(old, new, place=place, on=today)
        except TooLarge:
            raise Wrong(f"in {place}, rules are too tangled to be compared as a whole.") from None
        differs |= bool(house_rules.answered_otherwise(changes))
        for line in _told(place, changes):
            write(line)
        for warning in house_rules.warnings(new, place=place, on=today) if place in new.places else ():
            if warning.about == house_rules.OPENS_WHAT_IS_CLOSED:
                status = REFUSED
                write(f"  refused: {warning.rule}: {warning.says}")
    if differs and Path(chosen.new).exists():
        write(f"which lines of your ledger: halfdoor replay --instead {chosen.new}")
    return status


def _named(name: str) -> Pack:
    shipped = {pack.id: pack for pack in (*loading.shipped(), *loading.bodies().values())}
    return shipped[name] if name in shipped and not Path(name).exists() else pack_at(name)


def _places(wanted: list[str] | None, old: Pack, new: Pack) -> list[str]:
    spoken = sorted(old.places | new.places)
    for place in wanted or ():
        if place not in spoken:
            raise Wrong(f"neither pack speaks for {place}, but for {', '.join(spoken)}.")
    return wanted or spoken


def _told(place: str, changes: Sequence[Change]) -> Iterator[str]:
    """Yield what changes in a place: every change of an answer with a case, what opens first; then mere reasons."""
    answered = house_rules.answered_otherwise(changes)
    yield f"{place}: {_situations(answered)} answered otherwise"
    for change in answered:
        yield f"  {'opens' if house_rules.opens(change) else 'closes'}: {_situations([change])}: {change.before}"
        yield f"    now: {change.after}"
        yield f"    for example: {_plainly(change.witness)}"
    if len(answered) < len(changes):
        yield f"  {_situations([one for one in changes if one not in answered])} answered alike by another rule"


def _situations(changes: Sequence[Change]) -> str:
    number = sum(change.situations for change in changes)
    return f"{number:,} situation{'s' * (number != 1)}" if number < _MANY else f"{number:.1e} situations"


def _plainly(values: Mapping[str, Value]) -> str:
    """Return what is unlike the defaults, in the words of the vocabulary."""
    return ", ".join(f"{name}={value}" for name, value in house_rules.unusual(values).items())


def _clocks(chosen: argparse.Namespace) -> int:
    from halfdoor.disclosure import clocking

    for clock in clocking.every_clock(_place(chosen.place)):
        write(as_json(clock))
    return 0


def _place(name: str) -> str:
    places = BY_NAME["place"].values
    if name not in places:
        raise Wrong(f"there is no place {name}, but {', '.join(map(str, places))}.")
    return name


def _export(chosen: argparse.Namespace) -> int:
    from halfdoor.disclosure import exporting

    table = judge_for(_place(chosen.place), at=datetime.now(UTC)).table
    write((exporting.cedar if chosen.language == "cedar" else exporting.rego)(table).rstrip("\n"))
    return 0


def _new(chosen: argparse.Namespace) -> int:
    """Copy the shipped house rules under a name of one's own: they take the place of the shipped ones, rule by rule."""
    folder: Path = chosen.folder
    if not re.fullmatch(NAME, folder.name) or folder.name in {
        pack.id for pack in (*loading.shipped(), *loading.bodies().values())
    }:
        raise Wrong(
            f"{folder.name!r} cannot name a pack: use lower-case words joined by '-', not those of a shipped pack."
        )
    if folder.exists():
        raise Wrong(f"{folder} is there already; nothing was written.")
    folder.mkdir(parents=True)
    shipped = files("halfdoor.packs") / house_rules.HOUSE_RULES
    for entry in shipped.iterdir():
        if entry.name.endswith((".toml", ".md")):
            (folder / entry.name).write_text(house_rules.renamed(entry.read_text("utf-8"), folder.name), "utf-8")
    write(f"{folder} begins as a copy of the shipped house rules. Change it, then look at what that changes:")
    write(f"  halfdoor packs diff {house_rules.HOUSE_RULES} {folder}")
    return 0
