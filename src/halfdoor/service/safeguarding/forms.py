"""What is typed about an incident, checked. Forms do not save."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Done, Kind, People, Risk

_WORDS = 4000


def _lines(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ReportForm(forms.Form):
    """What somebody noticed. ``today`` is the day in the practice: nothing that has not happened yet is reported."""

    kind = forms.ChoiceField(
        label=_("What happened, roughly?"),
        choices=Kind.choices,
        error_messages={"required": _("Choose what fits best.")},
        widget=forms.RadioSelect,
    )
    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("What went where, who may have learned what, and what you have done so far. You need not be sure."),
        max_length=_WORDS,
        widget=_lines(),
    )
    happened_on = forms.DateField(label=_("On which day?"), widget=_day())
    known_on = forms.DateField(
        label=_("When did one of us first know?"),
        help_text=_("The clocks of the law run from this day."),
        widget=_day(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["happened_on"].initial = self.fields["known_on"].initial = today

    def clean(self) -> dict[str, Any]:
        """Check that the days can be so: it happened, somebody knew, and neither is still to come."""
        typed = super().clean() or {}
        happened, known = typed.get("happened_on"), typed.get("known_on")
        if happened and happened > self.today:
            self.add_error("happened_on", _("This day is still to come."))
        if known and known > self.today:
            self.add_error("known_on", _("This day is still to come."))
        if happened and known and known < happened:
            self.add_error("known_on", _("Nobody can have known before it happened."))
        return typed

    def noticed(self, *, at: datetime, zone: str) -> Noticed:
        """Return what was noticed. Of a day before today the clock runs from its beginning: better early than late."""
        typed = self.cleaned_data
        began = datetime.combine(typed["known_on"], time(), ZoneInfo(zone))
        known_at = at if typed["known_on"] == self.today else began
        return Noticed(Kind(typed["kind"]), typed["what"], typed["happened_on"], known_at)


class AssessmentForm(forms.Form):
    """How likely harm is, how many people it concerns, and why."""

    risk = forms.ChoiceField(label=_("How likely is harm?"), choices=Risk.choices, widget=forms.RadioSelect)
    people = forms.ChoiceField(
        label=_("How many people does it concern?"),
        choices=People.choices,
        initial=People.FEW,
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Why?"),
        help_text=_("What it was, who has it now, whether they have read it, and what could come of it at home."),
        max_length=_WORDS,
        widget=_lines(),
    )


class StepForm(forms.Form):
    """What was done, in words."""

    done = forms.ChoiceField(
        label=_("What was done?"),
        choices=Done.choices,
        error_messages={"required": _("Choose what was done.")},
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words"),
        help_text=_(
            "What was said or changed, or why not. What is told on their page stands there just as you write it."
        ),
        max_length=_WORDS,
        widget=_lines(),
    )
