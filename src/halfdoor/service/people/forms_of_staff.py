"""What is typed about colleagues, contacts and files of people, checked. Forms do not save."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people.choices import (
    ContactKind,
    EmergencyOutcome,
    SharedContactOutcome,
    WhyCovered,
    WhyEmergency,
)
from halfdoor.service.people.covering import Absence
from halfdoor.service.people.forms import OnceForm, choice, day, words
from halfdoor.service.people.reaching import NoSuchContact, normal


class CoverForm(OnceForm):
    """Who is away, who covers, and on which days. A therapist names a cover for themselves."""

    clinician = forms.ModelChoiceField(
        Account.objects.none(), label=gettext_lazy("Who is away or leaves"), empty_label=gettext_lazy("Choose")
    )
    cover = forms.ModelChoiceField(
        Account.objects.none(), label=gettext_lazy("Who covers"), empty_label=gettext_lazy("Choose")
    )
    why = choice(gettext_lazy("Why"), WhyCovered.choices, initial=str(WhyCovered.AWAY))
    starts_on = day(gettext_lazy("From which day"))
    ends_on = day(
        gettext_lazy("Back on"),
        help_text=gettext_lazy("Leave it out if it is not known, or if they do not come back."),
        required=False,
    )

    def __init__(self, *args: Any, clinicians: Any, by: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        own = by.role not in (Role.LEAD, Role.OFFICE)
        for name in ("clinician", "cover"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = clinicians.filter(pk=by.pk) if own and name == "clinician" else clinicians
            field.label_from_instance = lambda account: str(account.display_name)  # type: ignore[method-assign,assignment]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and starts < self.today:
            self.add_error("starts_on", _("Choose today or a day to come."))
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("Choose a day after the first."))
        return cleaned

    @property
    def absence(self) -> Absence:
        typed = self.cleaned_data
        return Absence(
            clinician=typed["clinician"],
            cover=typed["cover"],
            why=WhyCovered(typed["why"]),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
        )


class EmergencyForm(OnceForm):
    """Whose record somebody opens in an emergency, and why."""

    name = forms.CharField(label=gettext_lazy("Name of the young person"), max_length=200)
    born_on = day(gettext_lazy("Day of birth"), help_text=gettext_lazy("Ask whoever is on the telephone."))
    why = choice(gettext_lazy("Why"), WhyEmergency.choices)
    words = words(
        gettext_lazy("What happened, and whom you tried to reach"),
        help_text=gettext_lazy("The young person’s clinicians and your lead read this."),
    )


class EmergencyReviewForm(forms.Form):
    """What a second person found who looked at an emergency access."""

    outcome = choice(gettext_lazy("What you found"), EmergencyOutcome.choices)
    words = words(gettext_lazy("In your own words"))


class ContactForm(OnceForm):
    """A way to reach one person."""

    kind = choice(gettext_lazy("What it is"), ContactKind.choices)
    value = forms.CharField(
        label=gettext_lazy("The address or number"),
        help_text=gettext_lazy("Theirs alone: nobody else of the family meets it here."),
        max_length=300,
    )

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                normal(ContactKind(cleaned["kind"]), cleaned["value"], place=self.place)
            except NoSuchContact as why:
                self.add_error("value", str(why))
        return cleaned


class SharedContactForm(OnceForm):
    """Somebody looked at a contact that two people use."""

    outcome = choice(gettext_lazy("Having talked with the young person"), SharedContactOutcome.choices)
    because = words(gettext_lazy("Your reasons"))


class PeopleFileForm(OnceForm):
    """A file with people."""

    file = forms.FileField(label=gettext_lazy("The file, as CSV"))
    how = choice(
        gettext_lazy("What to do with it"),
        [("look", gettext_lazy("only look at it")), ("take", gettext_lazy("take it in, if nothing is wrong in it"))],
        initial="look",
    )
