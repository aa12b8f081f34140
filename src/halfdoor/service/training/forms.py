"""What is chosen in a scenario, and how often practice is expected, checked. Forms do not save."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.training.queries import Told
from halfdoor.service.training.scoring import ANSWERS, Given, Words
from halfdoor.service.training.steps import STEPS
from halfdoor.service.web.decision_words import answer_headline, answer_word

MONTHS = {
    0: _("Practice is not expected"),
    6: _("Every six months"),
    12: _("Every twelve months"),
    24: _("Every two years"),
}

_CHOOSE = {"required": _("Choose one. You can try it again afterwards."), "invalid_choice": _("Choose one of these.")}


class ExerciseForm(forms.Form):
    """
    The questions of a scenario. The choices stand in an order of their own, so that the right one has no usual place;
    words and first steps are left out where the rules have changed since they were written.
    """

    answer = forms.ChoiceField(label=_("May it be shared now?"), error_messages=_CHOOSE, widget=forms.RadioSelect)
    step = forms.ChoiceField(label=_("What do you do first?"), error_messages=_CHOOSE, widget=forms.RadioSelect)
    words = forms.ChoiceField(label=_("Which words do you use?"), error_messages=_CHOOSE, widget=forms.RadioSelect)

    def __init__(self, *args: Any, told: Told, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scenario = told.scenario
        self._offer("answer", ((one, f"{answer_word(one)}: {answer_headline(one)}") for one in ANSWERS))
        steps = ((code, STEPS[code].words) for code in scenario.steps)
        wordings = ((one.value, scenario.words_of(one)) for one in Words)
        for name, fit, choices in (("step", told.steps_fit, steps), ("words", told.words_fit, wordings)):
            if fit:
                self._offer(name, _in_their_own_order(scenario.slug, choices))
            else:
                del self.fields[name]

    def _offer(self, name: str, choices: Iterable[tuple[str, str | Promise]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    @property
    def given(self) -> Given:
        """What was chosen."""
        typed = self.cleaned_data
        return Given(typed["answer"], typed.get("step", ""), typed.get("words", ""))


class ExpectationForm(forms.Form):
    """How often the practice expects every set to be completed."""

    months = forms.TypedChoiceField(
        label=_("How often do you expect everybody to practice?"),
        help_text=_("From a month before the day it stands on their own pages, and on nobody else’s."),
        choices=list(MONTHS.items()),
        coerce=int,
        widget=forms.RadioSelect,
    )


def _in_their_own_order(slug: str, choices: Iterable[tuple[str, str | Promise]]) -> list[tuple[str, str | Promise]]:
    return sorted(choices, key=lambda choice: sha256(f"{slug} {choice[0]}".encode()).digest())
