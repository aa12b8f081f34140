"""
A second reader, where the practice wants one: two people before an answer goes.

The first writes the answer, the second reads it and lets it go, or says what is not yet right. It is decided once more
at the moment it goes, and it goes in the name of who wrote it.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from types import MappingProxyType

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.requests import actions, steps
from halfdoor.service.requests.actions import Told
from halfdoor.service.requests.models import Answer, FamilyRequest, Proposal, ReadingRule, SecondReading, Step

ACTS: Mapping[str, Callable[..., Answer]] = MappingProxyType({"share": actions.share, "close": actions.keep_closed})


class NotYourOwn(Exception):
    """Whoever wrote an answer is not its second reader."""


class ReadAlready(Exception):
    """Somebody else has read it in the meantime."""


@transaction.atomic
def want(practice: Practice, *, opening: bool, categories: Collection[str], by: Account, at: datetime) -> ReadingRule:
    """Say for which answers this practice wants a second reader from now on."""
    rule = ReadingRule.objects.create(practice=practice, opening=opening, categories=sorted(categories), at=at, by=by)
    body = {"kind": "requests.second_reader", "opening": opening, "categories": sorted(categories), "by": str(by.pk)}
    chain.append(practice, body, at=at)
    return rule


def is_wanted(request: FamilyRequest, act: str) -> bool:
    """Whether this answer to this request needs a second reader."""
    rule = rule_of(request.practice)
    return rule is not None and ((rule.opening and act == "share") or request.category in rule.categories)


def rule_of(practice: Practice) -> ReadingRule | None:
    """Return for which answers a practice wants a second reader; nothing where nobody has said."""
    return ReadingRule.objects.filter(practice=practice).order_by("at", "id").last()


@transaction.atomic
def propose(request: FamilyRequest, act: str, told: Told, *, by: Account, at: datetime) -> Proposal:
    """Give an answer to a second reader. Nothing goes yet."""
    proposal = Proposal(act=act)
    steps.of(request, proposal, by=by, at=at)
    proposal.told = json.dumps(asdict(told), default=date.isoformat)
    proposal.save(force_insert=True)
    steps.take(request, Step.Kind.PROPOSED, by=by, at=at)
    return proposal


@transaction.atomic
def read(
    proposal: Proposal, outcome: SecondReading.Outcome, *, note: str = "", by: Account, at: datetime
) -> SecondReading:
    """
    Say, as a second reader, that an answer can go, and let it go; or that it is not yet right, and why.

    :raises NotYourOwn: if whoever reads wrote it
    :raises ReadAlready: if it was read before
    :raises ChangedMeanwhile: if it is another answer by now, so that nothing goes
    :raises StillToDo: if something has to be done first
    """
    if proposal.by_id == by.pk:
        raise NotYourOwn
    request = proposal.request
    FamilyRequest.objects.select_for_update(no_key=True).get(practice=request.practice_id, pk=request.pk)
    if SecondReading.objects.filter(practice=request.practice_id, proposal=proposal).exists():
        raise ReadAlready
    reading = SecondReading(proposal=proposal, outcome=outcome)
    steps.of(request, reading, by=by, at=at)
    reading.note = note
    reading.save(force_insert=True)
    steps.take(request, Step.Kind.READ, note=f"{reading.get_outcome_display()}. {note}".strip(), by=by, at=at)
    if outcome == SecondReading.Outcome.AGREES:
        ACTS[proposal.act](request, told_in(proposal), by=proposal.by, at=at)
    return reading


def told_in(proposal: Proposal) -> Told:
    """Return what would be told."""
    kept = json.loads(proposal.told)
    return Told(
        look_again_on=date.fromisoformat(kept["look_again_on"]),
        text=kept["text"],
        topic=Topic(kept["topic"]),
        said=kept["said"],
        alternatives=tuple(kept["alternatives"]),
        done=tuple(kept["done"]),
        pieces=tuple(kept["pieces"]),
        instead=kept["instead"],
        reasons=kept["reasons"],
    )
