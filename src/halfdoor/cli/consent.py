"""The command about consents of other systems: what FHIR R4 Consents give to a situation."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from halfdoor.cli.output import Wrong, as_json, write
from halfdoor.disclosure import reading
from halfdoor.disclosure.situation import Situation, SituationError, read
from halfdoor.disclosure.vocabulary import BY_NAME

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from halfdoor.service.interop.consent import Consent
    from halfdoor.service.interop.covering import Found

    Commands = _SubParsersAction[argparse.ArgumentParser]

REFUSED = 2
"""Exit status where a consent was refused as a whole."""


def add_to(commands: "Commands") -> None:
    """Add `consent` to the commands."""
    command = commands.add_parser("consent", help="complete a situation with what FHIR R4 Consents say about it")
    command.set_defaults(run=_complete)
    command.add_argument(
        "consents", metavar="CONSENT", nargs="+", help="a Consent, a RelatedPerson, or a Bundle of them, as JSON"
    )
    command.add_argument("situation", metavar="SITUATION", help="one situation, as for decide")
    command.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="REFERENCE",
        help="how the consents name whom the situation is about, as 'RelatedPerson/17'; may be given again",
    )
    command.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a policy that you have read, and that adds nothing to the consents under it; may be given again",
    )


def _complete(chosen: argparse.Namespace) -> int:
    from halfdoor.service.interop.covering import Asked, find

    situation = _situation(chosen.situation)
    names, consents = _consents(chosen.consents, policies=frozenset(chosen.policy))
    values = situation.values
    asked = Asked(
        relation=str(values["relation"]),
        category=str(values["category"]),
        purpose=str(values["purpose"]),
        at=situation.at,
        known_as=frozenset(chosen.recipient) - {""},
    )
    found = find(consents, asked)
    for line in _told(names, consents, found):
        print(line, file=sys.stderr)
    write(as_json(_as_given(_completed(situation, found))))
    return REFUSED if any(consent.is_refused for consent in consents) else 0


def _situation(name: str) -> Situation:
    try:
        return read(reading.parse(_bytes(name)), now=datetime.now(UTC))
    except SituationError as error:
        raise Wrong(f"{name}: {error}") from None


def _consents(names: Sequence[str], *, policies: frozenset[str]) -> tuple[list[str], list["Consent"]]:
    """Return the consents in some files, each with a name for it. One that cannot be read ends it: it might deny."""
    from halfdoor.service.interop.bundles import Entry, entries, people
    from halfdoor.service.interop.consent import NoConsent, read_consent

    found: list[tuple[str, Entry]] = []
    consents: dict[str, Consent] = {}
    place = ""
    try:
        for place in names:
            found += [(f"{place}{one.place}", one) for one in entries(reading.parse(_bytes(place)))]
        beside = people([one for _, one in found])
        for number, (place, one) in enumerate(found):
            if one.resource.path == "Consent":
                name = place if place not in consents else f"{place} ({number + 1})"
                consents[name] = read_consent(one.resource.values, beside=beside, policies=policies)
    except (NoConsent, SituationError) as error:
        says = error.says if isinstance(error, SituationError) else error
        raise Wrong(f"{place}: {says}. Nothing was answered: it might deny something.") from None
    if len({consent.young_person for consent in consents.values()}) > 1:
        raise Wrong("the consents are about different people; give those of one young person only.")
    return list(consents), list(consents.values())


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise Wrong(f"{name} cannot be read: {error.strerror}.") from None


def _told(names: Sequence[str], consents: Sequence["Consent"], found: "Found") -> Iterator[str]:
    """Yield what was refused and why, and then what decided."""
    for name, consent in zip(names, consents, strict=True):
        for one in consent.refused:
            yield f"{name}: {one.path}: {'the consent is refused: ' if one.whole else 'refused: '}{one.says}"
    for number, path in found.because:
        yield f"{names[number]}: {path}: {found.verdict.replace('_', ' ')}"


def _completed(situation: Situation, found: "Found") -> Situation:
    """
    Return the situation with what the consents give. What it says itself stands where it is less open.

    A denial stands over an authorization that the situation brings along.
    """
    own = str(situation.values["authorization"])
    stands = own not in ("none", "covers") or (own == "covers" and found.verdict != "denied")
    facts: Mapping[str, str] = {"authorization": found.authorization, "authorization_by": found.given_by}
    if stands:
        facts = {}
    return situation.but(**facts, **({"wish": "objects"} if found.objects else {}))


def _as_given(situation: Situation) -> dict[str, object]:
    """Return what is said in a situation, and its moment, in the shape of the contract."""
    nested: dict[str, object] = {"at": situation.at.isoformat()}
    for name in sorted(situation.given):
        group, _, _ = BY_NAME[name].path.rpartition(".")
        inner = nested.setdefault(group, {}) if group else nested
        assert isinstance(inner, dict), f"a fact and a group share the name {group}"
        inner[name] = situation.values[name]
    return nested
