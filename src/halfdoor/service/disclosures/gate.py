"""
The gate: the one place that asks the judgement, and the only way out.

Whoever reads, names themselves; what they may not see and what is not there look the same. Nothing leaves without a
line in the ledger, written in the same transaction, under the lock that every restriction takes too: a no that came
first is never overtaken, even by somebody whose clock was read before it and who then waited for the lock. While the
clock lies behind what is written already, nothing leaves at all.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from halfdoor.disclosure import missing as asking
from halfdoor.disclosure.decision import Decision
from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core import chain, keys
from halfdoor.service.core.guarding import reading
from halfdoor.service.core.prepared import Prepared, along
from halfdoor.service.disclosures import delivering, foreseeing, on_record
from halfdoor.service.disclosures.answers import (
    Foresight,
    LawCompels,
    NotReleased,
    Page,
    Receipt,
    Released,
    SharingMap,
    Sight,
    StillToDo,
)
from halfdoor.service.disclosures.choices import Category, Order
from halfdoor.service.disclosures.delivering import NOTHING_SINCE
from halfdoor.service.disclosures.dossier import MustBeOnRecord
from halfdoor.service.disclosures.foreseeing import Pick
from halfdoor.service.disclosures.hearing import heard, hold_to_share, keep_back
from halfdoor.service.disclosures.ledger import Hearing
from halfdoor.service.disclosures.lists import USUAL_PURPOSE, View, question_of
from halfdoor.service.disclosures.maps import (
    local,
    map_for_young_person,
    maps_for_young_person,
    maps_under,
    sharing_map,
    usual_question,
)
from halfdoor.service.disclosures.models import Item, ItemQuerySet
from halfdoor.service.disclosures.on_record import OnRecord
from halfdoor.service.disclosures.questions import Caller, Question
from halfdoor.service.people import queries as people
from halfdoor.service.people.actions import Held
from halfdoor.service.people.models import Membership

__all__ = [
    "Caller",
    "Foresight",
    "LawCompels",
    "MustBeOnRecord",
    "NotReleased",
    "Order",
    "Page",
    "Question",
    "Receipt",
    "Released",
    "SharingMap",
    "StillToDo",
    "conclude",
    "consider",
    "decide",
    "earlier",
    "foresee",
    "has_something_new",
    "keep_back",
    "known_to",
    "map_for_young_person",
    "maps_for_young_person",
    "maps_under",
    "may_know_of_care",
    "missing",
    "release",
    "shareable_with",
    "sharing_map",
    "show",
    "usual_question",
    "who_gets",
    "would_show",
]


PAGE = 50
"""How many items a page of a list has."""


def decide(viewer: Membership, item_id: UUID, *, purpose: str = "", at: datetime) -> Decision:
    """
    Return the decision whether one item may go to a member of the circle. Nothing goes; for those who decide about it.

    :raises NotReleased: if there is no such item about this young person
    """
    view, item = _view_of(viewer, item_id, purpose=purpose, at=at)
    return view.judged(item).decision


def consider(question: Question, *, at: datetime) -> Decision:
    """
    Return the decision on a question about a kind of information. Nothing goes; for those who decide about it.

    :raises MustBeOnRecord: where a fact is stated that belongs on record
    """
    at = local(question.young_person.practice, at=at)
    found = on_record.of(question.young_person, at=at)
    return found.judge.decide(found.dossier.of_question(question))


def missing(question: Question, *, at: datetime) -> tuple[str, ...]:
    """
    Return the facts, by name, that are neither on record nor stated and could still change the answer, in asking order.
    """
    at = local(question.young_person.practice, at=at)
    found = on_record.of(question.young_person, at=at)
    return asking.missing(found.judge, found.dossier.of_question(question))


def shareable_with(
    viewer: Membership,
    items: ItemQuerySet | tuple[str, ...],
    *,
    order: Order = Order.NEWEST,
    page: int = 1,
    size: int = PAGE,
    purpose: str = "",
    at: datetime,
) -> Page:
    """
    Return a page of these items (or of items of these kinds; of any, if none is named) as far as the viewer may see
    them now, and write down that they did.

    The database chooses by the judgement's plan, and each row is decided again before it leaves: two queries for the
    list.
    """
    with transaction.atomic(), keys.ring():
        held = hold_to_share(viewer.young_person, at=at)
        view = _view(viewer, purpose=purpose, held=held, at=(at := held.at))
        with reading(Item):
            rows = _chosen(view, items, order, page=page, size=size)
        released = delivering.hand_out(view, rows[:size], at=at)
    return Page(released, number=page, has_next=len(rows) > size)


def _chosen(view: View, items: ItemQuerySet | tuple[str, ...], order: Order, *, page: int, size: int) -> list[Item]:
    if isinstance(items, tuple):
        if page == 1 and order is Order.NEWEST:
            return view.newest(items, size + 1)
        items = Item.objects.of_kind(*items) if items else Item.objects.all()
    first = (page - 1) * size
    return list(_ordered(view.allowed(items), order)[first : first + size + 1])


def has_something_new(viewer: Membership, *, at: datetime) -> bool:
    """Return whether the first page of a viewer's list holds something that has not reached them. Nothing goes."""
    return bool(with_something_new([viewer], at=at))


def with_something_new(viewers: Sequence[Membership], *, at: datetime) -> frozenset[UUID]:
    """Return those of several places of one practice of which `has_something_new` holds. One query more than places."""
    if not viewers:
        return frozenset()
    moment = local(viewers[0].young_person.practice, at=at)
    found = on_record.of_many([viewer.young_person for viewer in viewers], at=moment)
    views = (_seen_by(viewer, found[viewer.young_person_id], purpose="") for viewer in viewers)
    return frozenset(view.viewer.pk for view in views if _holds_something_new(view))


def _holds_something_new(view: View) -> bool:
    with reading(Item):
        rows = list(_ordered(view.allowed(Item.objects.all()).filter(was_delivered=False), Order.NEWEST)[:PAGE])
    return any(view.shows(item, view.situation(item)) for item in rows)


def show(viewer: Membership, item_id: UUID, *, purpose: str = "", at: datetime) -> Released:
    """
    Return one item to a viewer whose list may show it, and write down that they saw it.

    :raises NotReleased: if it may not be seen by this person, or is not there at all
    """
    with transaction.atomic(), keys.ring():
        held = hold_to_share(viewer.young_person, at=at)
        view, item = _view_of(viewer, item_id, purpose=purpose, held=held, at=(at := held.at))
        if not view.shows(item, view.situation(item)):
            raise NotReleased
        return delivering.hand_out(view, [item], at=at)[0]


def earlier(viewer: Membership, item_id: UUID, *, at: datetime) -> tuple[Released, ...]:
    """
    Return the earlier versions of an item to a viewer whose list may show it, newest first, and write down that they
    saw them. Each is decided by what was marked on it then.

    :raises NotReleased: if it may not be seen by this person, or is not there at all
    """
    with transaction.atomic(), keys.ring():
        held = hold_to_share(viewer.young_person, at=at)
        view, item = _view_of(viewer, item_id, held=held, at=(at := held.at))
        if not view.shows(item, view.situation(item)):
            raise NotReleased
        return delivering.hand_out_earlier(view, item, at=at)


def who_gets(reader: Membership, item_id: UUID, *, at: datetime) -> tuple[Sight, ...]:
    """
    Return to a clinician, for everybody in the circle, the answer about one item and whether a list shows it by itself.
    Nothing goes.

    :raises NotReleased: if the reader may not see it, is no clinician of the circle, or it is not there at all
    """
    view, item = _view_of(reader, item_id, at=at)
    account = reader.person.account
    members = people.circle_of(reader.young_person, reader=account) if account else []
    if not members or not view.shows(item, view.situation(item)):
        raise NotReleased
    return foreseeing.sights(view, members, [item])


def would_show(viewer: Membership, *, reader: Account, at: datetime) -> dict[str, int]:
    """
    Return to a clinician of the circle how much of each kind of information lists would show somebody of it now.
    Nothing goes.

    :raises NotReleased: if the reader is no clinician of the circle
    """
    if not people.is_clinician_of(viewer.young_person, reader=reader):
        raise NotReleased
    view = _view(viewer, at=at)
    with reading(Item):
        rows = list(_ordered(view.allowed(Item.objects.all()), Order.OLDEST))
    return dict(Counter(item.category for item in rows if view.shows(item, view.situation(item))))


def foresee(
    author: Membership,
    drafted: Sequence[Item],
    *,
    beside: ItemQuerySet,
    pick: Pick,
    show: bool = True,
    most: int = 1000,
    at: datetime,
) -> Foresight:
    """
    Return what everybody in the circle would get of items that are on record nowhere yet. Nothing goes.

    ``pick`` looks through the newest of the items ``beside`` them that the author may read, ``most`` at once, and what
    it picks is shown to the author and written down like any other look.

    :raises NotReleased: if the author is no clinician of the circle
    """
    with transaction.atomic(), keys.ring():
        held = hold_to_share(author.young_person, at=at)
        view = _view(author, held=held, at=(at := held.at))
        account = author.person.account
        members = people.circle_of(author.young_person, reader=account) if account else []
        if not members:
            raise NotReleased
        with reading(Item):
            rows = list(_ordered(view.allowed(beside), Order.NEWEST)[:most])
        found = foreseeing.picked(view, rows, pick=pick)
        return Foresight(
            sights=foreseeing.sights(view, members, drafted),
            picked=tuple(item.pk for item in found),
            released=delivering.hand_out(view, found, at=at) if show else (),
        )


@transaction.atomic
def release(
    viewer: Membership,
    item_id: UUID,
    *,
    purpose: str = "",
    done: Collection[str] = (),
    since: Mapping[str, datetime] = NOTHING_SINCE,
    by: Account,
    at: datetime,
) -> Receipt:
    """
    Let one item go to a member of the circle, or have it on record that it does not.

    It is decided again under the lock, whatever was decided before. ``done`` are codes of obligations that ``by`` has
    seen to; ``since`` the moments of events from which clocks run.

    :raises NotReleased: if there is no such item about this young person
    :raises StillToDo: if something has to be done first. Where law compels, it goes all the same, and stays due
    """
    held = hold_to_share(viewer.young_person, at=at)
    view, item = _view_of(viewer, item_id, purpose=purpose, held=held, at=(at := held.at))
    hearing = Hearing(young_person=view.young_person, member=viewer, judge=view.judge, by=by, at=at)
    receipt = delivering.conclude(hearing, view.judged(item), done=done, by_writing=True, since=since)
    if receipt.went and not item.was_delivered:
        delivering.deliver({item: receipt.line}, to=viewer)
    return receipt


@transaction.atomic
def conclude(
    question: Question,
    *,
    done: Collection[str] = (),
    since: Mapping[str, datetime] = NOTHING_SINCE,
    by: Account,
    at: datetime,
) -> Receipt:
    """
    Put on record what was answered to a question: that this kind of information went, or that it did not.

    It is decided again under the lock. ``done`` and ``since`` as in ``release``.

    :raises StillToDo: if something has to be done first. Where law compels, it goes all the same, and stays due
    :raises MustBeOnRecord: where a fact is stated that belongs on record
    """
    held = hold_to_share(question.young_person, at=at)
    hearing, judged, as_usual = heard(question, held=held, by=by)
    receipt = delivering.conclude(hearing, judged, done=done, by_writing=False, since=since)
    return delivering.readable(receipt, as_usual=as_usual)


def known_to(reader: Account, *, at: datetime) -> list[Membership]:
    """
    Return the places of whoever reads in circles of care, as far as they may know that there is care at all.

    Of any other circle nothing is there for them: no name, no question of theirs, no address. However many there are,
    each is asked about, in as many queries as one, so that what is hidden takes as long as what is absent.
    """
    members: list[Any] = list(_PLACES.rows(Membership, reader.practice_id, reader.pk))
    if not members:
        return []
    chain.refuse_clock_behind(reader.practice, newest_at=chain.moment_of(members[0].newest_line), at=at)
    moment = local(members[0].young_person.practice, at=at)
    found = on_record.of_many([member.young_person for member in members], at=moment)
    return [member for member in members if _knows_of_care(member, found[member.young_person_id])]


def _places(practice: UUID, reader: UUID) -> Any:
    return people.memberships_of(known_by_ids(practice, reader)).annotate(newest_line=chain.newest_line())


_PLACES = Prepared(_places, UUID, UUID)


def _knows_of_care(member: Membership, found: OnRecord) -> bool:
    situation = found.dossier.of_question(usual_question(member, Category.EXISTENCE_OF_CARE))
    return found.judge.disposition(situation).opens


def may_know_of_care(member: Membership, *, at: datetime) -> bool:
    """Whether a member of the circle may know now that the young person comes here at all."""
    return consider(usual_question(member, Category.EXISTENCE_OF_CARE), at=at).disposition.opens


def _view(viewer: Membership, *, purpose: str = "", held: Held | None = None, at: datetime) -> View:
    found = on_record.of(viewer.young_person, held=held, at=local(viewer.young_person.practice, at=at))
    return _seen_by(viewer, found, purpose=purpose)


def _seen_by(viewer: Membership, found: OnRecord, *, purpose: str) -> View:
    return View(
        dossier=found.dossier,
        viewer=viewer,
        purpose=purpose or USUAL_PURPOSE.get(viewer.relation, "support"),
        judge=found.judge,
    )


def _reading_items() -> AbstractContextManager[None]:
    return reading(Item)


def _view_of(
    viewer: Membership, item_id: UUID, *, purpose: str = "", held: Held | None = None, at: datetime
) -> tuple[View, Item]:
    """Return a viewer's side of what is on record, and an item about that young person, asked for along with it."""
    with along(question_of(viewer, item_id), behind=_reading_items):
        view = _view(viewer, purpose=purpose, held=held, at=at)
        with reading(Item):
            item = view.one(item_id)
    if item is None:
        raise NotReleased
    return view, item


def _ordered(items: ItemQuerySet, order: Order) -> ItemQuerySet:
    by: tuple[str, ...] = {Order.NEWEST: ("-written_at", "-id"), Order.OLDEST: ("written_at", "id")}[order]
    return items.order_by(*by)
