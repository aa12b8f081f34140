"""What is chosen on the first pages, checked."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from halfdoor.service.agreements.choices import WishValue
from halfdoor.service.portals.queries.young_people import CHOICES, MINE_TO_SAY


class DayForm(forms.Form):
    """The day for which the sharing map is drawn; empty: now."""

    on = forms.DateField(
        label=_("On another day"),
        required=False,
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class TalkForm(forms.Form):
    """A birthday was gone through with the young person."""

    words = forms.CharField(
        label=_("What they said about it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class WishForm(forms.Form):
    """What a young person says about one kind of thing and one person."""

    category = forms.ChoiceField(choices=[(category, category) for category in MINE_TO_SAY])
    value = forms.TypedChoiceField(choices=[*CHOICES.items()], coerce=WishValue)
