"""An event that concerns several people of a circle, asked in one form: what becomes of whom from that day on."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.people.choices import EventKind, Level, LookedAfter, PlacedBy, Relation
from halfdoor.service.people.events import USUAL, Event
from halfdoor.service.people.forms import ShownForm, choice, day
from halfdoor.service.people.joining import Joining
from halfdoor.service.people.models import Membership, Person

_STAYS = ""
_LEAVES = "leaves"


class EventForm(ShownForm):
    """
    One event. For each person whom it can concern there is one question: what becomes of them from that day on.

    What is usual stands there as a suggestion where the kind of event has one; the papers decide.
    """

    happened_on = day(gettext_lazy("From which day"))

    def __init__(
        self, *args: Any, kind: EventKind, circle: Sequence[Membership], known: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.usual = kind, USUAL[kind]
        concerned = (*self.usual.concerns, *self.usual.leaves)
        self.concerned = {f"of-{member.pk}": member for member in circle if member.relation in concerned}
        self.known = {str(person.pk): person for person in known}
        asked: dict[str, forms.Field] = {"happened_on": self.fields.pop("happened_on")}
        asked |= {name: self._of(member) for name, member in self.concerned.items()}
        if self.usual.joins:
            asked |= self._joins()
        if self.usual.looked_after is not None:
            asked |= self._looked_after()
        self.fields = asked | self.fields

    def of_people(self) -> list[Any]:
        """Return the questions about people who are in the circle."""
        return [self[name] for name in self.concerned]

    def of_others(self) -> list[Any]:
        """Return the questions about who joins, and about the care."""
        names = ("joins", "joins_name", "joins_as", "joins_with", "looked_after", "placed_by")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self._somebody_joins(cleaned) and not cleaned.get("joins_as"):
            self.add_error("joins_as", _("Say what they are to the young person."))
        nothing = not any(cleaned.get(name) for name in (*self.concerned, "looked_after"))
        if not self.errors and nothing and not self._somebody_joins(cleaned) and self.kind != EventKind.SEPARATION:
            raise forms.ValidationError(_("Say what changes for whom. As it stands, nothing would change."))
        return cleaned

    @property
    def event(self) -> Event:
        typed = self.cleaned_data
        becomes = {member: typed[name] for name, member in self.concerned.items() if typed[name]}
        looked_after = typed.get("looked_after")
        return Event(
            kind=self.kind,
            happened_on=typed["happened_on"],
            authorities={member: Level(value) for member, value in becomes.items() if value != _LEAVES},
            leaves=[member for member, value in becomes.items() if value == _LEAVES],
            joins=[self._joining()] if self._somebody_joins(typed) else [],
            looked_after=LookedAfter(looked_after) if looked_after else None,
            placed_by=PlacedBy(typed.get("placed_by") or PlacedBy.UNKNOWN),
            **self.shown,
        )

    def _of(self, member: Membership) -> forms.ChoiceField:
        leaves = member.relation in self.usual.leaves
        suggested = _LEAVES if leaves else str(self.usual.becomes or _STAYS)
        label = _("%(who)s, %(relation)s") % {"who": member.person.name, "relation": member.get_relation_display()}
        others = [] if leaves else [(one.value, _("authority: %(level)s") % {"level": one.label}) for one in Level]
        choices = [(_STAYS, _("stays as it is")), *others, (_LEAVES, _("leaves the circle on that day"))]
        return choice(label, choices, required=False, initial=suggested)

    def _joins(self) -> dict[str, forms.Field]:
        known = [(key, person.name) for key, person in self.known.items()]
        asked: dict[str, forms.Field] = {}
        if known:
            asked["joins"] = choice(
                gettext_lazy("Who joins?"), [("", gettext_lazy("somebody new, or nobody")), *known], required=False
            )
        asked["joins_name"] = forms.CharField(label=gettext_lazy("Name of who joins"), max_length=200, required=False)
        usual = [(one.value, one.label) for one in self.usual.joins]
        asked["joins_as"] = choice(
            gettext_lazy("They join as"), usual, required=False, initial=str(self.usual.joins[0].value)
        )
        asked["joins_with"] = choice(
            gettext_lazy("Their authority, as the papers say"),
            [("", gettext_lazy("nothing is known of it yet")), *Level.choices],
            required=False,
            initial=str(self.usual.joins_with or ""),
        )
        return asked

    def _looked_after(self) -> dict[str, forms.Field]:
        stays = [("", _("stays as it is"))]
        return {
            "looked_after": choice(
                gettext_lazy("Looked after"),
                [*stays, *LookedAfter.choices],
                required=False,
                initial=str(self.usual.looked_after or ""),
            ),
            "placed_by": choice(gettext_lazy("Placed by"), [*stays, *PlacedBy.choices], required=False),
        }

    def _somebody_joins(self, typed: dict[str, Any]) -> bool:
        return bool(typed.get("joins") or str(typed.get("joins_name") or "").strip())

    def _joining(self) -> Joining:
        typed = self.cleaned_data
        return Joining(
            relation=Relation(typed["joins_as"]),
            since_on=typed["happened_on"],
            person=self.known.get(typed.get("joins", "")),
            name=typed["joins_name"].strip(),
            level=Level(typed["joins_with"]) if typed["joins_with"] else None,
            **self.shown,
        )


def known_near(circle: Iterable[Membership], found: Iterable[Person]) -> list[Person]:
    """Return people who can join: those found who have no place here yet."""
    here: set[UUID] = {member.person_id for member in circle}
    return [person for person in found if person.pk not in here]
