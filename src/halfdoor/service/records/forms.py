"""What is typed about keeping a record, checked. Forms do not save."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, RecordKind

_WORDS = 2_000


def _lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class KeeperForm(forms.Form):
    """What the practice's records are to the rules on keeping them, and who keeps them."""

    record = forms.ChoiceField(label=_("What are our records?"), choices=RecordKind.choices, widget=forms.RadioSelect)
    kept_by = forms.ChoiceField(label=_("Who keeps them?"), choices=KeptBy.choices, widget=forms.RadioSelect)


class KnownForm(forms.Form):
    """What is known of a young person that says how long their record is kept."""

    abuse_alleged = forms.ChoiceField(
        label=_("Does anybody say that there was abuse?"),
        help_text=_("Some records are then kept without an end."),
        choices=Alleged.choices,
        widget=forms.RadioSelect,
    )
    died_on = forms.DateField(
        label=_("Have they died? On which day?"),
        help_text=_("Leave it empty where no death is known."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_died_on(self) -> date | None:
        """Return the day, if it has come."""
        day: date | None = self.cleaned_data["died_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day


class HoldForm(forms.Form):
    """What a record is held for."""

    kind = forms.ChoiceField(label=_("What for?"), choices=HoldKind.choices, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Who asked for it, and why?"),
        help_text=_("For whoever has to decide later whether it can be lifted."),
        max_length=_WORDS,
        widget=_lines(),
    )


class LiftForm(forms.Form):
    """Why a hold can be lifted."""

    because = forms.CharField(
        label=_("Why can it be lifted?"),
        help_text=_("A second person reads this before anything changes."),
        max_length=_WORDS,
        widget=_lines(),
    )
