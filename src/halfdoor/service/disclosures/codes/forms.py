"""What is typed about professional codes, checked. Forms do not save."""

from django import forms
from django.utils.translation import gettext_lazy

from halfdoor.service.disclosures.codes.queries import NAMES


class CodesForm(forms.Form):
    """Which codes are to count, and why."""

    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("Whose codes count here?"),
        help_text=gettext_lazy("Name those that bind your clinicians. With none, what all professions share holds."),
        choices=list(NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    because = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For whoever reads it later. Name nobody."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
