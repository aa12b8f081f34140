"""The sharing map of one young person: on any day, by one's own rules or by law alone, and what differs from today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate, mapping
from halfdoor.service.disclosures.answers import MapRow
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.house import queries as rules
from halfdoor.service.disclosures.house.rows import Proposal
from halfdoor.service.disclosures.mapping import Drawn, Mark, Marked, Rules
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests.outlook import Outlook
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web import addresses
from halfdoor.service.web.decision_words import map_word

_FACTS: Mapping[str, Promise] = {
    "authority": gettext_lazy("authority"),
    "identity": gettext_lazy("identity"),
    "court_limit": gettext_lazy("a court’s limit"),
    "suspected_of_harm": gettext_lazy("a suspicion"),
    "involved_in_care": gettext_lazy("part in the care"),
    "needs_it_for_role": gettext_lazy("need to know for the work"),
    "competence": gettext_lazy("an assessment of competence"),
    "status": gettext_lazy("standing before the law"),
    "looked_after": gettext_lazy("care status"),
    "placed_by": gettext_lazy("placement"),
    "legal_basis": gettext_lazy("how the care was agreed"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """An opened cell: its title, the decision, the words with it (nothing on another day), and where to go from it."""

    title: str
    decision: Mapping[str, Any]
    at: datetime
    outlook: Outlook | None
    asking: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on the slider: the day, what happens on it, and its address."""

    day: date
    why: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Map:
    """The sharing map as its page takes it, with the opened cell if there is one."""

    young_person: YoungPerson
    today: date
    day: date
    rules: Rules
    kinds: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    changes: tuple[str, ...]
    stops: tuple[Stop, ...]
    stop: int
    cell: Cell | None
    proposal: Proposal | None

    @property
    def is_another(self) -> bool:
        """Whether it shows something else than now, by the rules in force."""
        return self.day != self.today or self.rules is not Rules.IN_FORCE

    @property
    def by_law_alone(self) -> bool:
        return self.rules is Rules.LAW_ALONE

    @property
    def as_proposed(self) -> bool:
        return self.rules is Rules.PROPOSED


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which map is wanted: the day (none: the one at ``stop`` of the slider, 0 is now), the rules, the opened cell."""

    on: date | None
    rules: Rules
    stop: int = 0
    cell: tuple[UUID, str] | None = None


def map_of(young_person: YoungPerson, chosen: Chosen, *, reader: Account, at: datetime) -> Map:
    """
    Return who may know what, now or otherwise, with one cell opened: (membership, category).

    :raises Membership.DoesNotExist: if the opened cell is nobody's in the circle
    """
    on, proposal = chosen.on, rules.proposed_last(reader)
    rules_chosen = chosen.rules if proposal or chosen.rules is not Rules.PROPOSED else Rules.IN_FORCE
    proposed = proposal if rules_chosen is Rules.PROPOSED else None
    drawn = mapping.drawn(young_person, on=on, rules=rules_chosen, proposed=proposed, reader=reader, at=at)
    days = sorted({one.day for one in drawn.marked})
    if on is None and 0 < chosen.stop <= len(days):
        on = days[chosen.stop - 1]
        drawn = mapping.drawn(young_person, on=on, rules=rules_chosen, proposed=proposed, reader=reader, at=at)
    then, now = _others(drawn.then.rows), _others(drawn.now.rows)
    link = _Link(young_person, on if drawn.day != drawn.today else None, rules_chosen, proposed)
    return Map(
        young_person=young_person,
        today=drawn.today,
        day=drawn.day,
        rules=rules_chosen,
        kinds=tuple(str(Category(category).label) for category in drawn.then.categories),
        rows=tuple(_row(row, was, drawn.then.categories, link) for row, was in zip(then, now, strict=True)),
        changes=tuple(_changes(drawn)),
        stops=tuple(_stops(drawn, link)),
        stop=days.index(drawn.day) + 1 if drawn.day in days else 0,
        cell=_cell(then, chosen.cell, link, reader=reader, at=at) if chosen.cell else None,
        proposal=proposal,
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """Where pages of this map are: the day and the rules stand in their address."""

    young_person: YoungPerson
    on: date | None
    rules: Rules
    proposed: Proposal | None

    def cell(self, member: Membership, category: str) -> str:
        address = addresses.of("portals:cell", self.young_person.pk, member.pk, Category(category))
        return f"{address}{self._asked(self.on)}#cell"

    def day(self, on: date) -> str:
        return reverse("portals:map", args=[self.young_person.pk]) + self._asked(on)

    def _asked(self, on: date | None) -> str:
        asked = {"on": on.isoformat()} if on else {}
        asked |= {"rules": self.rules.value} if self.rules is not Rules.IN_FORCE else {}
        return f"?{urlencode(asked)}" if asked else ""


def _others(rows: Sequence[MapRow]) -> list[MapRow]:
    """Return the rows of everybody but the young person; who asks stands before who looks up."""
    others = [row for row in rows if row.member.relation != Relation.SELF]
    return sorted(others, key=lambda row: row.member.relation in people.CLINICIANS)


def _row(row: MapRow, was: MapRow, categories: Sequence[str], link: _Link) -> dict[str, Any]:
    return {
        "name": row.member.person.name,
        "relation": row.member.get_relation_display(),
        "cells": [
            {
                "kind": str(Category(category).label),
                "disposition": str(then),
                "was": str(now) if now != then and map_word(str(now)) != map_word(str(then)) else "",
                "href": link.cell(row.member, category),
            }
            for category, then, now in zip(categories, row.answers, was.answers, strict=True)
        ],
    }


def _changes(drawn: Drawn) -> list[str]:
    """Return in words what the map says otherwise than the one of now."""
    said = []
    for row, was in zip(_others(drawn.then.rows), _others(drawn.now.rows), strict=True):
        for category, then, now in zip(drawn.then.categories, row.answers, was.answers, strict=True):
            if then != now and map_word(str(then)) != map_word(str(now)):
                said.append(
                    _("%(who)s, %(topic)s: %(then)s instead of %(now)s")
                    % {
                        "who": row.member.person.name,
                        "topic": TOPICS[category],
                        "then": map_word(str(then)),
                        "now": map_word(str(now)),
                    }
                )
    return said


def _stops(drawn: Drawn, link: _Link) -> list[Stop]:
    names = {row.member.pk: row.member.person.name for row in drawn.now.rows}
    why: dict[date, list[str]] = {}
    for one in drawn.marked:
        said = _why(one, names, link.young_person.name)
        if said not in why.setdefault(one.day, []):
            why[one.day].append(said)
    return [Stop(day, tuple(said), link.day(day)) for day, said in sorted(why.items())]


def _why(one: Marked, names: Mapping[UUID, str], young_person: str) -> str:
    who = names.get(one.about, young_person) if one.about else young_person
    match one.mark:
        case Mark.BIRTHDAY:
            return _("%(who)s turns %(age)s") % {"who": young_person, "age": one.what}
        case Mark.CONSENT_STARTS:
            return _("A consent to share with %(who)s begins") % {"who": who}
        case Mark.CONSENT_ENDS:
            return _("A consent to share with %(who)s ends") % {"who": who}
        case Mark.RULE:
            return _("The rule %(rule)s begins or ends") % {"rule": one.what}
        case Mark.STARTS:
            return _("%(who)s: %(fact)s changes") % {"who": who, "fact": _fact(one.what)}
        case Mark.ENDS:
            return _("%(who)s: %(fact)s ends, and has to be looked at") % {"who": who, "fact": _fact(one.what)}


def _fact(name: str) -> str:
    return str(_FACTS[name]) if name in _FACTS else _("something on record")


def _cell(rows: Sequence[MapRow], opened: tuple[UUID, str], link: _Link, *, reader: Account, at: datetime) -> Cell:
    member_id, category = opened
    member = next((row.member for row in rows if row.member.pk == member_id), None)
    if member is None or category not in Category:
        raise Membership.DoesNotExist
    title = _("%(who)s: %(topic)s") % {"who": member.person.name, "topic": Category(category).label}
    if link.on is None and link.rules is Rules.IN_FORCE:
        member.young_person = link.young_person  # it was read with their name and practice
        outlook = Outlook(gate.usual_question(member, category), reader, at)
        return Cell(title, outlook.decision, at, outlook, _asking(member, category))
    decision = mapping.considered(member, category, on=link.on, rules=link.rules, proposed=link.proposed, at=at)
    return Cell(title, decision.as_json(), mapping.moment_of(link.young_person, link.on, at=at), None, "")


def _asking(member: Membership, category: str) -> str:
    """Return where one goes when this member asks about this; nowhere for clinicians, who look it up themselves."""
    if member.relation in people.CLINICIANS:
        return ""
    return f"{reverse('requests:asking', args=[member.young_person_id])}?who={member.pk}&category={category}"
