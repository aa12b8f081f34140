"""
Letting go, for the gate alone: what leaves is written down in the transaction in which it leaves.

The first delivery of an item's version to somebody has a line of its own; what they look at again, one line a page.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.vocabulary import Value
from halfdoor.service.core.logs import log
from halfdoor.service.disclosures import duties, ledger, obliging, payloads
from halfdoor.service.disclosures.answers import LawCompels, Marked, NotReleased, Receipt, Released, StillToDo
from halfdoor.service.disclosures.choices import LineKind, Mark, MarksCover
from halfdoor.service.disclosures.dossier import ITEM_FACTS
from halfdoor.service.disclosures.ledger import Hearing, Judged
from halfdoor.service.disclosures.lists import View
from halfdoor.service.disclosures.models import Delivery, Item, Line, OrdinaryRefusal
from halfdoor.service.people.models import Membership
from halfdoor.service.people.queries import CLINICIANS

logger = log(__name__)

NOTHING_SINCE: Mapping[str, datetime] = MappingProxyType({})


def hand_out(view: View, items: Iterable[Item], *, at: datetime) -> tuple[Released, ...]:
    """
    Decide each of these items again and return those that may go, with their payload; write down what went.

    :raises NotReleased: if the viewer cannot sign in, so that nobody would be looking
    """
    by = view.viewer.person.account
    if by is None:
        raise NotReleased
    hearing = Hearing(young_person=view.young_person, member=view.viewer, judge=view.judge, by=by, at=at)
    going: dict[Item, Judged] = {}
    for item in items:
        judged = view.judged(item)
        if view.shows(item, judged.situation):
            going[item] = judged
        else:
            _alarm(hearing, judged)
    if not going:
        return ()
    named = {item.pk for item in going if view.may_know_source(item)}
    held = payloads.fetch(going, view.young_person, named=named, key=hearing.key)
    _write_down(view, hearing, going)
    return tuple(released(view, item, held[item.pk].text, source=held[item.pk].source) for item in going)


def hand_out_earlier(view: View, item: Item, *, at: datetime) -> tuple[Released, ...]:
    """Return the earlier versions of an item that may go, each decided by what was marked on it then."""
    by = view.viewer.person.account
    if by is None:
        raise NotReleased
    hearing = Hearing(young_person=view.young_person, member=view.viewer, judge=view.judge, by=by, at=at)
    going: list[tuple[Item, str, Judged]] = []
    for then, text in payloads.earlier(item):
        then.was_delivered = False
        judged = view.judged(then)
        if view.shows(then, judged.situation):
            going.append((then, text, Judged(judged.situation, judged.decision, {item.pk: then.version})))
    if going:
        ledger.write(hearing, LineKind.VIEW, [judged for _, _, judged in going])
    return tuple(released(view, then, text) for then, text, _ in going)


def conclude(
    hearing: Hearing, judged: Judged, *, done: Collection[str], by_writing: bool, since: Mapping[str, datetime]
) -> Receipt:
    """
    Write down an answer that was given, and bind people to what has to happen around it.

    :raises StillToDo: if it opens, no law compels it, and something has to be done first
    """
    line = _answered(hearing, judged, done=done, by_writing=by_writing)
    obligations = obliging.bind({line: judged.decision}, done=done, by_writing=by_writing, since=since)
    return Receipt(judged.decision, line, obligations)


def keep_back(hearing: Hearing, judged: Judged) -> Receipt:
    """
    Write down that what could go does not go, because somebody decided so. Nothing has to happen around what stays.

    :raises LawCompels: where it has to go
    """
    if judged.decision.disposition is Disposition.MUST_SHARE:
        raise LawCompels
    line = ledger.write(hearing, LineKind.REFUSAL, [judged])
    return Receipt(judged.decision, line, (), is_kept_back=True)


def _answered(hearing: Hearing, judged: Judged, *, done: Collection[str], by_writing: bool) -> Line:
    disposition = judged.decision.disposition
    codes = [obliged.duty.code for obliged in judged.decision.obligations]
    todo = duties.unfulfilled(codes, done=done, by_writing=by_writing)
    if todo and disposition.opens and disposition is not Disposition.MUST_SHARE:
        raise StillToDo(todo)
    return ledger.write(hearing, LineKind.RELEASE if disposition.opens else LineKind.REFUSAL, [judged])


def deliver(lines: Mapping[Item, Line], *, to: Membership) -> None:
    """Write down on which line each item's version has reached a member of the circle."""
    Delivery.objects.bulk_create(
        Delivery(practice=line.practice, membership=to, item=item, version=item.version, line=line)
        for item, line in lines.items()
    )


def readable(receipt: Receipt, *, as_usual: Disposition) -> Receipt:
    """
    Let the young person read of a refusal that would have been one without anything that their page keeps still:
    ``as_usual`` is what the answer would have been then.
    """
    if not receipt.went and not as_usual.opens:
        OrdinaryRefusal.objects.create(practice=receipt.line.practice, line=receipt.line)
    return receipt


def _write_down(view: View, hearing: Hearing, going: Mapping[Item, Judged]) -> None:
    """Write a line for each item seen for the first time, and one for all that were seen before."""
    first = {item: judged for item, judged in going.items() if not item.was_delivered}
    if first:
        lines = ledger.write_all(hearing, LineKind.RELEASE, [[judged] for judged in first.values()])
        decisions = {line: judged.decision for line, judged in zip(lines, first.values(), strict=True)}
        obliging.bind(decisions, done=(), by_writing=True, since=NOTHING_SINCE)
        deliver(dict(zip(first, lines, strict=True)), to=view.viewer)
    again = _alike(judged for item, judged in going.items() if item.was_delivered)
    if again:
        ledger.write(hearing, LineKind.VIEW, again)


def _alike(judged: Iterable[Judged]) -> list[Judged]:
    """Join what was decided on equal situations."""
    joined: dict[frozenset[tuple[str, Value]], Judged] = {}
    for one in judged:
        key = frozenset(one.situation.values.items())
        items = {**joined[key].items, **one.items} if key in joined else one.items
        joined[key] = Judged(one.situation, one.decision, items)
    return list(joined.values())


def _alarm(hearing: Hearing, judged: Judged) -> None:
    """Hold back an item that the database chose and the judgement does not let go: somebody has to look why."""
    logger.error("a list and the judgement disagreed; the item was held back", practice=str(hearing.by.practice_id))
    ledger.write(hearing, LineKind.MISMATCH, [judged])


def released(view: View, item: Item, text: str, *, source: str = "") -> Released:
    """Return an item with its text, and with whose words they are for whoever may know that."""
    return Released(
        item_id=item.pk,
        episode_id=item.episode_id,
        category=item.category,
        topic=item.topic,
        written_at=item.written_at,
        written_by=item.written_by_id,
        version=item.version,
        text=text,
        said_by=item.said_by if view.may_know_source(item) else "",
        source=source,
        marked=_marked(item) if view.viewer.relation in CLINICIANS else None,
    )


def _marked(item: Item) -> Marked:
    names = (name for name in ITEM_FACTS if name != "marks_cover" and getattr(item, name) != Mark.NO)
    return Marked(tuple(names), item.marks_cover == MarksCover.SOME_ITEMS, item.source_may_be_known)
