"""What is typed about papers, checked. Forms do not save."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import LANGUAGES, Answer, Kind, Manner
from halfdoor.service.documents.filing import HEIGHT, WIDTH
from halfdoor.service.documents.models import Text
from halfdoor.service.documents.showing import Shown

LANGUAGE_NAMES = {"en-us": "English (US)", "en-gb": "English (UK)", "es": "Español", "cy": "Cymraeg"}
_LONGEST_DRAWING, _MOST_POINTS = 40_000, 4000
_WORDS, _BODY = 500, 20_000


class SignForm(forms.Form):
    """
    An answer to a paper. ``shown`` is what stands on the page now: what is answered has to be just that.

    The name is asked for with a yes. Drawing is beside it for whoever likes to; without it, the typed name signs.
    ``kept`` is what they typed before and did not send.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False)
    language = forms.ChoiceField(choices=[(one, one) for one in LANGUAGES], widget=forms.HiddenInput, required=False)
    strokes = forms.CharField(widget=forms.HiddenInput, required=False, max_length=_LONGEST_DRAWING)
    printed_name = forms.CharField(
        label=gettext_lazy("Your name, in full"),
        help_text=gettext_lazy("Typing it here is your signature, unless you also draw one."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Anything you want to say about it"),
        max_length=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, shown: Shown, kept: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        words = {name: kept[name] for name in ("printed_name", "words") if kept and kept.get(name)}
        initial = words | {"fingerprint": shown.fingerprint, "language": shown.language}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.shown, self.was_kept = shown, bool(words)

    @property
    def refuses(self) -> bool:
        return bool(self.data.get("answer") == Answer.REFUSED)

    def clean_strokes(self) -> str:
        """Let through whole numbers within the place to sign, and nothing else."""
        try:
            strokes = json.loads(self.cleaned_data["strokes"] or "[]")
            points = [(int(x), int(y)) for stroke in strokes for x, y in stroke]
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise forms.ValidationError(
                _("The drawn signature could not be read. Draw it again, or leave it out.")
            ) from error
        if len(points) > _MOST_POINTS or any(not (0 <= x <= WIDTH and 0 <= y <= HEIGHT) for x, y in points):
            raise forms.ValidationError(_("The drawn signature could not be read. Draw it again, or leave it out."))
        kept = [[[int(x), int(y)] for x, y in stroke] for stroke in strokes if stroke]
        return json.dumps(kept) if kept else ""

    def clean(self) -> None:
        """Take a yes with a name only, and only to what stands on the page now."""
        typed = self.cleaned_data
        if typed.get("fingerprint") != self.shown.fingerprint:
            self.add_error(None, _("This paper has changed while you were reading. Here it is as it reads now."))
        if not self.refuses and not typed.get("printed_name"):
            self.add_error("printed_name", _("Type your name, so that it can be seen who agreed."))

    @property
    def said(self) -> Said:
        typed = self.cleaned_data
        if self.refuses:
            return Said(
                answer=Answer.REFUSED,
                manner=Manner.PRESSED,
                printed_name=typed["printed_name"],
                words=typed["words"],
            )
        return Said(
            answer=Answer.AGREED,
            manner=Manner.DRAWN if typed["strokes"] else Manner.TYPED,
            printed_name=typed["printed_name"],
            strokes=typed["strokes"],
            words=typed["words"],
        )


class RecordForm(forms.Form):
    """What somebody said aloud or signed on paper, written down by a clinician."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    manner = forms.ChoiceField(
        label=gettext_lazy("How did they answer?"),
        choices=[(one.value, one.label) for one in (Manner.ALOUD, Manner.ON_PAPER)],
        initial=Manner.ALOUD,
        widget=forms.RadioSelect,
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("What did they say?"),
        choices=[(Answer.AGREED.value, gettext_lazy("yes")), (Answer.REFUSED.value, gettext_lazy("no"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they said.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language was it read?"), choices=[*LANGUAGE_NAMES.items()]
    )
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        max_length=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def said(self, name: str) -> Said:
        typed = self.cleaned_data
        return Said(
            answer=Answer(typed["answer"]), manner=Manner(typed["manner"]), printed_name=name, words=typed["words"]
        )


class ReviewForm(forms.Form):
    """Somebody read a paper again and lets it stand."""

    words = forms.CharField(label=gettext_lazy("A note on it"), max_length=_WORDS, required=False)


class EditForm(forms.Form):
    """A new version of a paper: its words in each language, from which day, what is new and why."""

    effective_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    review_months = forms.IntegerField(
        label=gettext_lazy("Look at it again every so many months"), min_value=1, max_value=60
    )
    because = forms.CharField(
        label=gettext_lazy("What is new, and why"),
        help_text=gettext_lazy("Whoever is asked to sign anew reads this first."),
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    others_say_the_same = forms.BooleanField(
        label=gettext_lazy("The languages I did not touch still say the same."), required=False
    )

    def __init__(self, *args: Any, kind: Kind, now: Mapping[str, Text], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.now, self.today = kind, now, today
        for language in LANGUAGES:
            text = now.get(language)
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title"), max_length=200, required=False, initial=text.title if text else ""
            )
            self.fields[f"body_{language}"] = forms.CharField(
                label=_("Words"),
                max_length=_BODY,
                required=False,
                initial=text.body if text else "",
                widget=forms.Textarea(attrs={"rows": 16}),
            )

    @property
    def parts(self) -> Sequence[tuple[str, str, Any, Any]]:
        """The fields of each language: its code, its name, title and words."""
        return [(one, LANGUAGE_NAMES[one], self[f"title_{one}"], self[f"body_{one}"]) for one in LANGUAGES]

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Title and body by language, where there are any."""
        typed = self.cleaned_data
        pairs = {
            one: (typed.get(f"title_{one}", ""), typed.get(f"body_{one}", "").replace("\r\n", "\n").strip())
            for one in LANGUAGES
        }
        return {language: pair for language, pair in pairs.items() if any(pair)}

    @property
    def touched(self) -> frozenset[str]:
        """The languages that read differently from what is in force."""
        now = {language: (text.title, text.body) for language, text in self.now.items()}
        return frozenset(one for one in LANGUAGES if self.texts.get(one) != now.get(one))

    def clean_effective_on(self) -> date:
        """Refuse a day that has passed: what was signed then was another version."""
        day: date = self.cleaned_data["effective_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("Choose today or a later day: what was signed before was the former version.")
            )
        return day

    def clean(self) -> None:
        """Ask for whole texts, for at least one change, and for a word about the languages that were left alone."""
        for language, (title, body) in self.texts.items():
            if not (title and body):
                self.add_error(f"title_{language}", _("A paper needs a title and words."))
        if not self.touched:
            self.add_error(None, _("Nothing is different yet. Change the words first."))
        elif self.touched < set(self.texts) and not self.cleaned_data.get("others_say_the_same"):
            self.add_error(
                "others_say_the_same",
                _("Some languages were not changed. Change them too, or say that they still say the same."),
            )
