"""
The disclosure ledger: what went, what did not, on which rules; and deciding any line again.

A line of the practice's chain holds codes, ids and salted commitments. The situations lie beside it under the young
person's key.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from halfdoor.disclosure import judging
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.rules import Pack, Speaker
from halfdoor.disclosure.situation import Situation
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, keys
from halfdoor.service.core.keys import KeyErased
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.choices import LineKind
from halfdoor.service.disclosures.models import Line
from halfdoor.service.people.models import Membership, YoungPerson


@dataclass(frozen=True, slots=True)
class Judged:
    """A situation with its decision, and the items it was about, each with its version."""

    situation: Situation
    decision: Decision
    items: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Who was told or refused something about whom (no member: somebody from outside), by which rules, by whom."""

    young_person: YoungPerson
    member: Membership | None
    judge: Judge
    by: Account
    at: datetime

    @cached_property
    def packs(self) -> Mapping[str, str]:
        """The hashes of the packs its lines rest on, by id; kept from the first line on."""
        return packs.keep(self.judge, practice=self.young_person.practice)

    @cached_property
    def key(self) -> keys.Key:
        """The key that its lines are sealed with. While the lock on who may know is held, nobody erases it."""
        return keys.newest(self.young_person.pk, practice=self.young_person.practice_id)


class Outcome(StrEnum):
    """What deciding a line again showed."""

    SAME = "same"
    DIFFERENT = "different"
    ERASED = "erased"
    TAMPERED = "tampered"


@dataclass(frozen=True, slots=True)
class Replay:
    """A line decided again. ``now`` is empty where its situations cannot be read any more."""

    outcome: Outcome
    then: Sequence[str]
    now: Sequence[str] = ()


def write(hearing: Hearing, kind: LineKind, judged: Sequence[Judged]) -> Line:
    """Write a line in the transaction of what it records. ``judged`` has one situation, or those of a page."""
    return write_all(hearing, kind, [judged])[0]


def write_all(hearing: Hearing, kind: LineKind, pages: Sequence[Sequence[Judged]]) -> list[Line]:
    """Write a line for each of these, as ``write`` does one."""
    practice = hearing.young_person.practice
    drafts = [_draft(hearing, kind, judged) for judged in pages]
    entries = chain.extend(practice, [body for _, body in drafts], at=hearing.at)
    for (line, _), entry in zip(drafts, entries, strict=True):
        line.entry = entry
    return Line.objects.bulk_create([line for line, _ in drafts])


def _draft(hearing: Hearing, kind: LineKind, judged: Sequence[Judged]) -> tuple[Line, dict[str, object]]:
    """Return a line that lacks its place in the chain, and what the chain says of it."""
    young_person, member = hearing.young_person, hearing.member
    salted = [(secrets.token_hex(16), one, one.situation.canonical().decode()) for one in judged]
    asked = judged[0].situation.values
    body: dict[str, object] = {
        "kind": f"disclosures.{kind.value}",
        "young_person": str(young_person.pk),
        "membership": str(member.pk) if member else "",
        "relation": asked["relation"],
        "purpose": asked["purpose"],
        "packs": dict(hearing.packs),
        "decided": [_decided(one, _commitment(salt, situation)) for salt, one, situation in salted],
        "by": str(hearing.by.pk),
    }
    line = Line(
        practice=young_person.practice,
        kind=kind,
        young_person=young_person,
        membership=member,
        relation=asked["relation"],
        category=asked["category"],
        disposition=max((one.decision.disposition for one in judged), key=lambda found: found.closedness),
        at=hearing.at,
        by=hearing.by,
    )
    said = json.dumps([{"salt": salt, "situation": situation} for salt, _, situation in salted])
    Line.situations.put(line, said, key=hearing.key)
    return line, body


def replay(line: Line, *, instead: Pack | None = None) -> Replay:
    """
    Decide a line again: the situations it kept, by the packs of its day.

    With a pack ``instead`` of the one of its name (or of the house rules), a line is different where its answer would
    be; another rule with the same answer is no difference.
    """
    body = chain.body_of(ChainEntry.objects.get(practice=line.practice_id, pk=line.entry_id))
    then = [_answer(said["disposition"], said["rules"]) for said in body["decided"]]
    try:
        kept = situations_of(line)
    except KeyErased:
        return Replay(Outcome.ERASED, then)
    commitments = [_commitment(one["salt"], one["situation"]) for one in kept]
    if commitments != [said["situation"] for said in body["decided"]]:
        return Replay(Outcome.TAMPERED, then)
    versions = packs.kept(list(body["packs"].values()), practice=line.practice)
    if instead:
        versions = [pack for pack in versions if not _gives_way(pack, instead)] + [instead]
    decisions = [judging.replay(json.loads(one["situation"]), packs=versions) for one in kept]
    now = [_answer(decision.disposition, [rule.id for rule in decision.reasons]) for decision in decisions]
    same = list(map(_disposition, now)) == list(map(_disposition, then)) if instead else now == then
    return Replay(Outcome.SAME if same else Outcome.DIFFERENT, then, now)


def situations_of(line: Line) -> list[dict[str, str]]:
    """
    Return the situations of a line, each with its salt; nothing where they were emptied and nobody was erased.

    :raises KeyErased: if the young person was erased
    """
    if line.situations_sealed:
        kept: list[dict[str, str]] = json.loads(line.situations)
        return kept
    if keys.is_erased(line.young_person_id, practice=line.practice_id):
        raise KeyErased("The situations of this line were erased with all that was kept about the young person.")
    return []


def _gives_way(pack: Pack, to: Pack) -> bool:
    return pack.id == to.id or (pack.speaker is to.speaker is Speaker.PRACTICE)


def _disposition(answer: str) -> str:
    return answer.partition(" ")[0]


def _decided(judged: Judged, commitment: str) -> dict[str, object]:
    decision = judged.decision
    return {
        "category": judged.situation.values["category"],
        "disposition": decision.disposition.value,
        "rules": [rule.id for rule in decision.reasons],
        "obligations": [obliged.duty.code for obliged in decision.obligations],
        "items": {str(item): version for item, version in judged.items.items()},
        "situation": commitment,
    }


def _commitment(salt: str, situation: str) -> str:
    """Return a hash that proves to whoever has the salt what was decided on, and tells nobody else anything."""
    return sha256(f"{salt}{situation}".encode()).hexdigest()


def _answer(disposition: str, rules: Sequence[str]) -> str:
    return " ".join((disposition, *rules))
