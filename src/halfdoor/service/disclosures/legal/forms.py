"""What is typed about legal advice, checked. Forms do not save."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.disclosures.choices import Category

_WORDS = 4_000


class ConsultationForm(forms.Form):
    """Somebody asks a lawyer: whom, and what. Accepted once; see `core.once`."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    whom = forms.CharField(label=gettext_lazy("Whom do you ask?"), max_length=200)
    category = forms.ChoiceField(
        label=gettext_lazy("Which kind of information is it about?"),
        choices=[("", gettext_lazy("none in particular")), *Category.choices],
        required=False,
    )
    question = forms.CharField(
        label=gettext_lazy("What do you ask?"),
        help_text=gettext_lazy("It is sealed with the young person’s own record."),
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AdviceForm(forms.Form):
    """What the answer was, and when it came."""

    words = forms.CharField(
        label=gettext_lazy("What is the advice?"), max_length=_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )
    given_on = forms.DateField(label=gettext_lazy("When was it given?"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = today
        self.today = today

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return day
