"""What is chosen on the first pages, checked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from halfdoor.service.agreements.choices import WishValue
from halfdoor.service.disclosures.choices import Agreed
from halfdoor.service.disclosures.mapping import Rules
from halfdoor.service.disclosures.telling import About
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.queries.young_people import CHOICES, MINE_TO_SAY
from halfdoor.service.requests.words import MY_TOPICS

_RULES = [
    (Rules.IN_FORCE.value, _("the rules in force here")),
    (Rules.LAW_ALONE.value, _("law and ethics alone, without our own rules")),
    (Rules.PROPOSED.value, _("the rules that a colleague proposes")),
]


class DayForm(forms.Form):
    """The day for which the sharing map is drawn (empty: now), and by whose rules; ``stop``: a place on the slider."""

    on = forms.DateField(
        label=_("On another day"),
        required=False,
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    rules = forms.ChoiceField(
        label=_("By which rules"),
        required=False,
        choices=_RULES,
    )
    stop = forms.IntegerField(required=False, min_value=0)

    def with_rules(self, *, proposed: bool) -> "DayForm":
        """Return the form with proposed rules among the choices only while some are proposed."""
        rules = self.fields["rules"]
        assert isinstance(rules, forms.ChoiceField)
        rules.choices = [one for one in _RULES if proposed or one[0] != Rules.PROPOSED.value]
        return self

    @property
    def chosen(self) -> tuple[date | None, Rules, int]:
        """The day, the rules and the place on the slider that were chosen, as far as they make sense."""
        self.full_clean()
        given = self.cleaned_data
        return given.get("on"), Rules(given.get("rules") or Rules.IN_FORCE), given.get("stop") or 0


class TalkForm(forms.Form):
    """A birthday was gone through with the young person."""

    words = forms.CharField(
        label=_("What they said about it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class WishForm(forms.Form):
    """What a young person says about one kind of thing and one person."""

    category = forms.ChoiceField(choices=[(category, category) for category in MINE_TO_SAY])
    value = forms.TypedChoiceField(choices=[*CHOICES.items()], coerce=WishValue)


class NoticeForm(forms.Form):
    """Up to which moment a young person has seen what was told."""

    upto = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])


class TellingForm(forms.Form):
    """What a young person and their therapist agree: about what, and for each person whether and how they hear."""

    categories = forms.MultipleChoiceField(
        label=_("What is it about?"),
        choices=[(category, MY_TOPICS[category]) for category in MINE_TO_SAY],
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In the young person’s own words"),
        help_text=_("What they would like said, and what not."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            self.fields[str(member.pk)] = forms.ChoiceField(
                label=f"{member.person.name}, {member.get_relation_display()}",
                required=False,
                choices=[("", _("We did not talk about them")), *Agreed.choices],
                widget=forms.RadioSelect,
            )

    @property
    def people(self) -> list[forms.BoundField]:
        """The fields of the persons who can be talked about."""
        return [self[str(member.pk)] for member in self.members]

    @property
    def about(self) -> list[About]:
        """The persons who were talked about, with what was agreed."""
        agreed = ((member, self.cleaned_data[str(member.pk)]) for member in self.members)
        return [About(member, Agreed(value)) for member, value in agreed if value]

    def clean(self) -> dict[str, Any]:
        """Ask for somebody, if nobody was talked about."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(str(member.pk)) for member in self.members):
            raise forms.ValidationError(_("Choose for at least one person what you agreed."))
        return cleaned
