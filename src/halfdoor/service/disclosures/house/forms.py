"""What is typed about house rules, checked. Forms do not save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.house import drafts
from halfdoor.service.disclosures.house.guided import EVERYTHING, Answered, Wanted, Who

_WORDS = 2_000


def _because() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For whoever approves it, and for later. Name nobody."),
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GuidedForm(forms.Form):
    """One wish: who, what, and what we answer."""

    who = forms.ChoiceField(label=gettext_lazy("Whom is it about?"), choices=Who.choices, widget=forms.RadioSelect)
    what = forms.MultipleChoiceField(
        label=gettext_lazy("About what?"),
        choices=[(EVERYTHING, gettext_lazy("Everything but how therapy works")), *Category.choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of information.")},
    )
    answered = forms.ChoiceField(
        label=gettext_lazy("What do we answer?"), choices=Answered.choices, widget=forms.RadioSelect
    )
    says = forms.CharField(
        label=gettext_lazy("The sentence that is read aloud"),
        help_text=gettext_lazy(
            "Short and friendly, as you would say it on the telephone. Left out, we write a plain one."
        ),
        max_length=300,
        required=False,
    )
    agreed = forms.CharField(
        label=gettext_lazy("Where did you agree on it?"),
        help_text=gettext_lazy("A team meeting, a handbook: it stands beside every answer that rests on this rule."),
        max_length=200,
        initial=gettext_lazy("Our team meeting"),
    )
    because = _because()

    @property
    def wanted(self) -> Wanted:
        typed = self.cleaned_data
        return Wanted(
            who=Who(typed["who"]),
            what=tuple(typed["what"]),
            answered=Answered(typed["answered"]),
            says=typed["says"],
            agreed=typed["agreed"],
        )


class TextForm(forms.Form):
    """The rules as text, typed or from a file. A file goes before what stands in the text."""

    file = forms.FileField(
        label=gettext_lazy("A file with the rules"),
        help_text=gettext_lazy("Ends in .toml. It takes the place of the text below."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    text = forms.CharField(
        label=gettext_lazy("The rules"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "code", "wrap": "off"}),
    )
    because = _because()

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.trouble = ""
        if files and "file" in files:
            data = data.copy()
            data["text"], self.trouble = _read(files["file"])
        super().__init__(data, None, **kwargs)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if self.trouble:
            raise forms.ValidationError(self.trouble)
        if not text.strip():
            raise forms.ValidationError(_("There is no rule yet. Type some, or choose a file."))
        if len(text) > drafts.LONGEST:
            raise forms.ValidationError(_("That is too long to be looked at as a whole. Keep to 200,000 characters."))
        return text.rstrip("\n") + "\n"


class BecauseForm(forms.Form):
    """Going back to the rules that come with Halfdoor: why."""

    because = _because()


class FirstDayForm(forms.Form):
    """From which day the rules hold."""

    from_on = forms.DateField(
        label=gettext_lazy("From which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )


def _read(upload: Any) -> tuple[str, str]:
    """Return the text of a file, and what is the matter with it."""
    if upload.size > 2 * drafts.LONGEST:
        return "", _("That file is too long to be looked at as a whole. Keep to 200,000 characters.")
    try:
        return upload.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", _("That file is no text in UTF-8. Save it as plain text and choose it again.")
