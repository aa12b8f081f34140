"""What is chosen when something is offered, checked. Forms do not save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halfdoor.service.engagement.library import SHELVES, Piece, shelf_of
from halfdoor.service.people.models import Membership


class OfferForm(forms.Form):
    """Which piece is offered to whom. ``offers`` is who can be offered something, and what."""

    who = forms.ChoiceField(
        label=_("To whom?"),
        error_messages={"required": _("Choose to whom.")},
        widget=forms.RadioSelect,
    )
    piece = forms.ChoiceField(
        label=_("Which piece?"),
        error_messages={"required": _("Choose a piece."), "invalid_choice": _("Choose a piece.")},
    )

    def __init__(self, *args: Any, offers: Sequence[tuple[Membership, list[Piece]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member, _pieces in offers}
        self.pieces = {str(member.pk): {piece.slug for piece in pieces} for member, pieces in offers}
        who, piece = self.fields["who"], self.fields["piece"]
        assert isinstance(who, forms.ChoiceField)
        assert isinstance(piece, forms.ChoiceField)
        who.choices = [
            (key, f"{member.person.name}, {member.get_relation_display()}") for key, member in self.members.items()
        ]
        offered = set().union(*self.pieces.values())
        shelves = {
            title: [piece for piece in shelf_of(shelf) if piece.slug in offered] for shelf, title in SHELVES.items()
        }
        piece.choices = [
            ("", ""),
            *((title, [(piece.slug, piece.title) for piece in pieces]) for title, pieces in shelves.items() if pieces),
        ]

    def clean(self) -> dict[str, Any]:
        """Check that the piece is written for somebody like them."""
        typed = super().clean() or {}
        if {"who", "piece"} <= typed.keys() and typed["piece"] not in self.pieces[typed["who"]]:
            self.add_error("piece", _("This piece is not written for them. Choose one from another group."))
        return typed

    @property
    def chosen(self) -> tuple[Membership, str]:
        """Who is offered which piece."""
        return self.members[self.cleaned_data["who"]], self.cleaned_data["piece"]
