"""
The disclosure ledger: what went, what did not, on which rules; and deciding any line again.

A line of the practice's chain holds codes, ids and a salted commitment. The situation lies beside it under the young
person's key.
"""

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from halfdoor.disclosure import judging
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.situation import Situation
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.keys import KeyErased
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.choices import LineKind
from halfdoor.service.disclosures.duties import HANDLERS, Handler, due_at
from halfdoor.service.disclosures.models import Fulfilment, Line, Obligation
from halfdoor.service.people.models import Membership, YoungPerson

OVERDUE = "disclosures.overdue"


class Outcome(StrEnum):
    """What deciding a line again showed."""

    SAME = "same"
    DIFFERENT = "different"
    ERASED = "erased"
    TAMPERED = "tampered"


@dataclass(frozen=True, slots=True)
class Replay:
    """A line decided again, with what was found then and now (empty where the situation can no longer be read)."""

    outcome: Outcome
    then: tuple[str, ...]
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    What a line is about. ``versions`` are the items and their versions: one for a release, a page of them for a view.
    """

    kind: LineKind
    young_person: YoungPerson
    member: Membership | None
    situation: Situation
    decision: Decision
    versions: Mapping[str, int]


def write(entry: Entry, *, by: Account, at: datetime) -> Line:
    """
    Write a line in the transaction of what it records: the chain's entry, the sealed situation, and the packs it rests
    on.
    """
    salt = secrets.token_hex(16)
    situation, decision = entry.situation, entry.decision
    facts = situation.values
    body = {
        "kind": f"disclosures.{entry.kind}",
        "young_person": str(entry.young_person.pk),
        "membership": str(entry.member.pk) if entry.member else "",
        "relation": facts["relation"],
        "items": dict(entry.versions),
        "category": facts["category"],
        "purpose": facts["purpose"],
        "disposition": decision.disposition,
        "rules": [reason.rule for reason in decision.reasons],
        "packs": packs.keep(entry.young_person.practice, at=situation.at),
        "situation": _commitment(salt, situation.canonical()),
        "by": str(by.pk),
    }
    line = Line(
        practice=entry.young_person.practice,
        entry=chain.append(entry.young_person.practice, body, at=at),
        kind=entry.kind,
        young_person=entry.young_person,
        membership=entry.member,
        relation=facts["relation"],
        category=facts["category"],
        disposition=decision.disposition,
        at=at,
        by=by,
    )
    line.situation = json.dumps({"salt": salt, "situation": situation.as_json()})
    line.save(force_insert=True)
    return line
