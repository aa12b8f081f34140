"""What is typed after a session, checked. Forms do not save; what does not fit yet is kept all the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.agreements.choices import Topic
from halfdoor.service.disclosures.actions import Marks
from halfdoor.service.disclosures.answers import Released
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover, SaidBy
from halfdoor.service.notes.choices import PRIVATE, TO_SHARE, SecretsRule, SessionKind, Why
from halfdoor.service.notes.contents import Contents, Piece
from halfdoor.service.people.models import Membership

MOST_PARTS = 12
_WORDS = 20_000
_NAME = 200

MARKS: Mapping[str, str | Promise] = {
    "kept_private": gettext_lazy("the young person keeps it private"),
    "given_in_confidence": gettext_lazy("it was said in confidence"),
    "about_third_party": gettext_lazy("it is about somebody else too"),
    "source_promised_confidence": gettext_lazy("whoever told us was promised that it stays here"),
}
"""What can be marked on a part, in the words of whoever writes."""


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WriteUpForm(forms.Form):
    """The session, and what stays with the clinical team and with the author. ``today`` is where the practice is."""

    met_on = forms.DateField(label=gettext_lazy("Day of the session"), widget=_day())
    kind = forms.ChoiceField(
        label=gettext_lazy("Who was there?"),
        choices=SessionKind.choices,
        initial=SessionKind.INDIVIDUAL,
        widget=forms.RadioSelect,
    )
    private = forms.CharField(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("For the clinical team. Nobody else reads it."),
        max_length=_WORDS,
        required=False,
        widget=_text(8),
    )
    process = forms.CharField(
        label=gettext_lazy("Process notes"),
        help_text=gettext_lazy("For you alone: what it did to you, what you wonder. Kept apart from the record."),
        max_length=_WORDS,
        required=False,
        widget=_text(4),
    )
    parts = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_PARTS, initial=1)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_met_on(self) -> date:
        day: date = self.cleaned_data["met_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose the day on which you met, up to today."))
        return day


class PieceForm(forms.Form):
    """One part of a summary, decided by itself. Without words it counts as not there."""

    text = forms.CharField(
        label=gettext_lazy("The words they read"),
        help_text=gettext_lazy("In general terms. Not what was said, unless the young person wants it told."),
        max_length=_WORDS,
        required=False,
        widget=_text(4),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[(one.value, one.label) for one in TO_SHARE], required=False
    )
    topic = forms.ChoiceField(label=gettext_lazy("What it touches on"), choices=Topic.choices, required=False)
    marks = forms.MultipleChoiceField(
        label=gettext_lazy("What to mind"),
        choices=[*MARKS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_part = forms.BooleanField(
        label=gettext_lazy("Only some of it, and that can be taken out before it goes"), required=False
    )
    said_by = forms.ChoiceField(
        label=gettext_lazy("Whose words or finding is it?"),
        choices=SaidBy.choices,
        initial=SaidBy.CLINICIAN,
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Who told us"),
        help_text=gettext_lazy("A name. Only clinicians see it, and the young person if you say so below."),
        max_length=_NAME,
        required=False,
    )
    known = forms.ChoiceField(
        label=gettext_lazy("May the young person know who told us?"),
        choices=[
            (Mark.UNKNOWN, gettext_lazy("nobody has asked them yet")),
            (Mark.NO, gettext_lazy("no")),
            (Mark.YES, gettext_lazy("yes, they agree")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    told_on = forms.BooleanField(
        label=gettext_lazy("In family work: whoever said it agrees that the others hear it"), required=False
    )

    def __init__(self, *args: Any, locked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locked = locked
        if locked in PRIVATE:
            for name in [name for name in self.fields if name != "text"]:
                del self.fields[name]

    @property
    def is_marked(self) -> bool:
        """Whether something beyond the words was filled in, so that the page unfolds it."""
        usual: Mapping[str, tuple[str, ...]] = {"said_by": ("", SaidBy.CLINICIAN), "known": ("", Mark.UNKNOWN)}
        names = ("topic", "marks", "in_part", "said_by", "source", "known", "told_on")
        values = {name: self[name].value() for name in names if name in self.fields}
        return bool(self.errors) or any(value not in usual.get(name, ("",)) for name, value in values.items() if value)

    @property
    def piece(self) -> Piece | None:
        """The part as the room takes it; nothing where nothing was written."""
        typed = self.cleaned_data
        if not typed.get("text"):
            return None
        if self.locked in PRIVATE:
            return Piece(text=typed["text"], category=Category(self.locked))
        covers = MarksCover.SOME_ITEMS if typed["in_part"] and typed["marks"] else MarksCover.EVERYTHING
        return Piece(
            text=typed["text"],
            category=Category(typed["category"] or TO_SHARE[0]),
            topic=Topic(typed["topic"]),
            marks=Marks(marks_cover=covers, **dict.fromkeys(typed["marks"], Mark.YES)),
            said_by=SaidBy(typed["said_by"] or SaidBy.CLINICIAN),
            source=typed["source"],
            source_may_be_known=Mark(typed["known"] or Mark.UNKNOWN),
            told_on=typed["told_on"],
        )


class CorrectionForm(forms.Form):
    """Why a finished note is corrected."""

    because = forms.CharField(
        label=gettext_lazy("Why you correct it"),
        help_text=gettext_lazy("It stays beside both versions."),
        error_messages={"required": gettext_lazy("Write why you correct it.")},
        max_length=_NAME,
    )


class Typed:
    """
    Everything that was typed into a draft: the forms it fills, and what it comes to once all of it fits. Only a
    ``checked`` one says what does not.
    """

    def __init__(
        self, typed: Mapping[str, list[str]], *, today: date, corrects: bool, category: str, checked: bool = True
    ) -> None:
        self.corrects, self._today = corrects, today
        data = _data(typed) if checked else None
        shown = None if checked else _initial(typed, today=today)
        self.correction = CorrectionForm(data, initial=shown) if corrects else None
        self.write_up = None if corrects else WriteUpForm(data, today=today, initial=shown)
        self.pieces = [
            PieceForm(
                data,
                prefix=f"part-{n}",
                locked=category if corrects else "",
                initial=None if checked else _initial(typed, today=today, prefix=f"part-{n}-"),
            )
            for n in range(1 if corrects else how_many_parts(typed))
        ]

    @property
    def is_valid(self) -> bool:
        """Whether all of it fits, and something was written."""
        fits = [form.is_valid() for form in self.forms]
        if not all(fits):
            return False
        contents = self.contents
        if contents.everything():
            return True
        self.pieces[0].add_error("text", _("Nothing is written yet."))
        return False

    @property
    def forms(self) -> list[forms.Form]:
        return [form for form in (self.correction, self.write_up, *self.pieces) if form is not None]

    @property
    def contents(self) -> Contents:
        """What it comes to. Only once it is valid."""
        pieces = tuple(piece for form in self.pieces if (piece := form.piece))
        if self.write_up is None:
            return Contents(met_on=self._today, pieces=pieces)
        typed = self.write_up.cleaned_data
        return Contents(
            met_on=typed["met_on"],
            kind=SessionKind(typed["kind"]),
            private=typed["private"],
            process=typed["process"],
            pieces=pieces,
        )


class ReasonForm(forms.Form):
    """Why a sentence that repeats private notes may be told. ``sentence`` is that one."""

    sentence = ""

    why = forms.ChoiceField(
        label=gettext_lazy("Why may it be told?"),
        choices=Why.choices,
        error_messages={"required": gettext_lazy("Choose why it may be told, or go back and change the sentence.")},
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("In your words"), max_length=_NAME, required=False)


class HandingForm(forms.Form):
    """What was done before a note is handed over; ``todo`` is what has to be, as code and words."""

    done = forms.MultipleChoiceField(
        label=gettext_lazy("Done before it goes"),
        error_messages={"required": gettext_lazy("Do this first, then say here that it is done.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, todo: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.todo = todo
        field = self.fields["done"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = todo
        if not todo:
            del self.fields["done"]

    def clean_done(self) -> list[str]:
        done: list[str] = self.cleaned_data["done"]
        if len(done) < len(self.todo):
            raise forms.ValidationError(_("Do this first, then say here that it is done."))
        return done


class SecretsForm(forms.Form):
    """What a family signed about secrets."""

    rule = forms.ChoiceField(
        label=gettext_lazy("What one of them says alone"), choices=SecretsRule.choices, widget=forms.RadioSelect
    )
    signed_on = forms.DateField(label=gettext_lazy("Signed on"), widget=_day())
    signed_by = forms.MultipleChoiceField(
        label=gettext_lazy("Who signed"),
        error_messages={"required": gettext_lazy("Choose who signed.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, circle: Mapping[str, Membership], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["signed_by"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{one.person.name}, {one.get_relation_display()}") for key, one in circle.items()]

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose the day on which they signed, up to today."))
        return day


def typed_of(data: QueryDict) -> dict[str, list[str]]:
    """Return what a page sent, by field, without what belongs to the page itself."""
    return {name: values for name, values in data.lists() if name not in ("csrfmiddlewaretoken", "do")}


def typed_from(note: Released) -> dict[str, list[str]]:
    """Return a finished note as it would be typed, so that it can be corrected, with everything marked on it."""
    marked = note.marked
    assert marked is not None, "only clinicians correct notes, and they see what is marked on them"
    return {
        "part-0-text": [note.text],
        "part-0-category": [note.category],
        "part-0-topic": [note.topic],
        "part-0-said_by": [note.said_by],
        "part-0-source": [note.source],
        "part-0-marks": list(marked.names),
        "part-0-in_part": ["on"] if marked.in_part else [],
        "part-0-known": [marked.source_may_be_known],
    }


def how_many_parts(typed: Mapping[str, list[str]]) -> int:
    """Return how many parts the page of a draft has places for."""
    said = (typed.get("parts") or ["1"])[0]
    return min(max(int(said), 1), MOST_PARTS) if said.isdecimal() else 1


def _initial(typed: Mapping[str, list[str]], *, today: date, prefix: str = "") -> dict[str, Any]:
    """Return what was typed as a form shows it again without saying what does not fit yet."""
    shown: dict[str, Any] = {
        name.removeprefix(prefix): values if name.endswith("-marks") else values[0]
        for name, values in typed.items()
        if name.startswith(prefix) and values
    }
    return shown if prefix else {"met_on": today, "kind": SessionKind.INDIVIDUAL, "parts": 1} | shown


def _data(typed: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data
