"""
Saying beforehand, for the gate alone: who would get what of items that are on record nowhere yet.

Nothing goes. It is decided as a list would decide it, from the same facts at the same moment.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from halfdoor.service.disclosures import payloads
from halfdoor.service.disclosures.answers import Foreseen, Sight
from halfdoor.service.disclosures.lists import USUAL_PURPOSE, View
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people.models import Membership

Pick = Callable[[Mapping[UUID, str]], Collection[UUID]]
"""A machine's look: takes texts by item, and returns the items that a person is to see."""


def sights(view: View, members: Iterable[Membership], drafted: Sequence[Item]) -> tuple[Sight, ...]:
    """Return what each of these members would get of drafted items, by the record and the rules of a view."""
    for item in drafted:
        item.was_delivered = False
    return tuple(_sight(view, member, drafted) for member in members)


def picked(view: View, rows: Sequence[Item], *, pick: Pick) -> list[Item]:
    """Return those of these rows that are picked among what the viewer may read. The rest is seen by nobody."""
    readable = [item for item in rows if view.shows(item, view.situation(item))]
    held = payloads.fetch(readable, view.young_person)
    chosen = pick({item_id: payload.text for item_id, payload in held.items()})
    return [item for item in readable if item.pk in chosen]


def _sight(view: View, member: Membership, drafted: Sequence[Item]) -> Sight:
    theirs = View(
        dossier=view.dossier,
        viewer=member,
        purpose=USUAL_PURPOSE.get(member.relation, "support"),
        judge=view.judge,
    )
    return Sight(member, tuple(_foreseen(theirs, item) for item in drafted))


def _foreseen(view: View, item: Item) -> Foreseen:
    judged = view.judged(item)
    return Foreseen(judged.decision, view.shows(item, judged.situation))
