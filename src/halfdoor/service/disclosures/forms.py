"""What is looked for in the ledger, and which account of it is wanted."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from halfdoor.disclosure.rules import Disposition
from halfdoor.service.disclosures.choices import Category, InWriting, LineKind
from halfdoor.service.disclosures.lines import Sought
from halfdoor.service.people.models import Membership
from halfdoor.service.web.decision_words import answer_word


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day that a calendar can hold."""
    return forms.DateField(
        label=label,
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **more,
    )


class SoughtForm(forms.Form):
    """Which lines of the ledger are wanted. What is not said narrows nothing."""

    who = forms.ChoiceField(label=_("Who was told"), required=False)
    category = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("anything")), *Category.choices])
    kind = forms.ChoiceField(label=_("What happened"), required=False, choices=[("", _("anything")), *LineKind.choices])
    answer = forms.ChoiceField(label=_("Answer"), required=False)
    rule = forms.CharField(label=_("Rule, by its name"), required=False, max_length=100)
    day = day_field(_("Day"), required=False)

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who, answer = self.fields["who"], self.fields["answer"]
        assert isinstance(who, forms.ChoiceField)
        assert isinstance(answer, forms.ChoiceField)
        who.choices = [("", _("anybody")), *((str(member.pk), member.person.name) for member in members)]
        answer.choices = [("", _("any answer")), *((one.value, answer_word(one.value)) for one in Disposition)]

    @property
    def sought(self) -> Sought:
        """What is looked for, as far as it makes sense."""
        self.full_clean()
        said = self.cleaned_data
        return Sought(
            membership=UUID(said["who"]) if said.get("who") else None,
            category=said.get("category", ""),
            kind=said.get("kind", ""),
            disposition=said.get("answer", ""),
            rule=said.get("rule", ""),
            day=said.get("day"),
        )


class PeriodForm(forms.Form):
    """From which day to which an account of what was shared is wanted."""

    since = day_field(_("From"))
    until = day_field(_("To, this day included"))

    def clean(self) -> dict[str, Any]:
        """Ask for a period that begins before it ends."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("This is before the first day. Choose a later one."))
        return cleaned


class HoldForm(forms.Form):
    """Police or an agency said that an account of a line would hinder their work."""

    said = forms.CharField(label=_("Who said so, and what"), widget=forms.Textarea(attrs={"rows": 3}))
    in_writing = forms.ChoiceField(
        label=_("How was it said?"), choices=InWriting.choices, widget=forms.RadioSelect, initial=InWriting.YES
    )
    until = day_field(_("Left out until"), help_text=_("What was said by word of mouth holds for 30 days at most."))
