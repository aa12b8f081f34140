"""What is chosen on the first pages, checked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from halfdoor.service.agreements.choices import WishValue
from halfdoor.service.portals.queries.young_people import CHOICES, MINE_TO_SAY


class DayForm(forms.Form):
    """The day for which the sharing map is drawn; empty: now."""

    on = forms.DateField(
        label=_("On another day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class WishForm(forms.Form):
    """What a young person says about one kind of thing and one person."""

    category = forms.ChoiceField(choices=[(category, category) for category in MINE_TO_SAY])
    value = forms.TypedChoiceField(choices=[*CHOICES.items()], coerce=WishValue)
