"""What is typed about a circle of care, checked. Forms do not save."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import CharField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.choices import (
    LegalBasis,
    Level,
    Part,
    Relation,
    ReviewOutcome,
    Setting,
    YoungPersonsView,
)
from halfdoor.service.people.involving import Review
from halfdoor.service.people.joining import Admission, Joining, Move
from halfdoor.service.people.models import (
    Authority,
    CompetenceAssessment,
    CourtLimit,
    DatedFact,
    IdentityCheck,
    Person,
    Suspicion,
)
from halfdoor.service.people.stories import COLUMNS, categories

WORDS = 2000
_FEW = 5
"""Up to so many choices stand side by side; more of them open as a list."""

Spoken = Any
"""Text, or text that is still to be translated."""

Choices = Sequence[tuple[str, Spoken]]


def day(label: Spoken, *, help_text: Spoken = "", required: bool = True) -> forms.DateField:
    """Return the question for a day that somebody alive could mean."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def words(label: Spoken, *, help_text: Spoken = "", rows: int = 3, required: bool = True) -> forms.CharField:
    """Return the question for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choice(label: Spoken, choices: Choices, *, required: bool = True, initial: str = "") -> forms.ChoiceField:
    """Return a question with a closed list of answers. None of a long list stands there before somebody chose it."""
    widget = forms.RadioSelect if len(choices) <= _FEW else forms.Select
    if widget is forms.Select and required and not initial:
        choices = [("", gettext_lazy("Choose")), *choices]
    return forms.ChoiceField(label=label, choices=choices, required=required, initial=initial, widget=widget)


def document() -> forms.CharField:
    """Return the question where a paper is."""
    return forms.CharField(
        label=gettext_lazy("Where the paper is"),
        help_text=gettext_lazy("Its number and date, and where it is kept."),
        required=False,
        max_length=200,
    )


class OnceForm(forms.Form):
    """A form that is accepted once; see `core.once`. ``seen`` stands for the changes that were shown before."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class ShownForm(OnceForm):
    """Something that is shown by evidence, and perhaps by a paper."""

    evidence = words(
        gettext_lazy("How it was shown"),
        help_text=gettext_lazy("What you saw or heard, and from whom. If it cannot be determined, say why."),
    )
    document = document()

    @property
    def shown(self) -> dict[str, str]:
        """How it was shown, as an action takes it."""
        return {name: self.cleaned_data[name] for name in ("evidence", "document")}


class FactForm(ShownForm):
    """A dated fact of one kind. Its questions follow from the columns of the kind."""

    field_order = ("category", "effective_on", "lapses_on", "evidence", "document")

    effective_on = day(gettext_lazy("From which day"))
    lapses_on = day(
        gettext_lazy("Until which day"),
        help_text=gettext_lazy("The first day on which it no longer holds."),
        required=False,
    )

    def __init__(self, *args: Any, kind: type[DatedFact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = {column: _of_column(kind, column) for column in kind.FACTS.values()}
        if kind.SCOPE:
            asked[kind.SCOPE] = choice(COLUMNS[kind.SCOPE], categories(), required=False)
        self.fields = asked | self.fields
        if kind is CourtLimit:
            self.fields["document"].required = True
        if kind is CompetenceAssessment:
            self.fields["evidence"].label = gettext_lazy("Your reasons")
            self.fields["evidence"].help_text = gettext_lazy(
                "What they understood, weighed and said, about this decision and on this day."
            )
            self.fields["lapses_on"].required = True
        if kind in (IdentityCheck, Suspicion):
            del self.fields["document"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("effective_on"), cleaned.get("lapses_on")
        if starts and ends and ends <= starts:
            self.add_error("lapses_on", _("Choose a day after the one from which it holds."))
        return cleaned

    @property
    def shown(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("evidence", "document")}

    def fact(self, **subject: Any) -> DatedFact:
        """Return the fact, not on record yet."""
        columns = [*self.kind.FACTS.values(), *filter(None, [self.kind.SCOPE]), "effective_on", "lapses_on"]
        return self.kind(**subject, **{name: self.cleaned_data[name] for name in columns})


class JoinForm(ShownForm):
    """Somebody gets a place: a person who is known already, or a new one. ``known`` is who was found by name."""

    person = forms.ChoiceField(label=gettext_lazy("Who is it?"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Their name"),
        help_text=gettext_lazy("For somebody who is not in the list."),
        max_length=200,
        required=False,
    )
    relation = choice(
        gettext_lazy("What they are to the young person"), [one for one in Relation.choices if one[0] != Relation.SELF]
    )
    since_on = day(gettext_lazy("Since when"))
    level = choice(
        gettext_lazy("Authority, if papers say something of it"),
        [("", gettext_lazy("nothing is known of it yet")), *Level.choices],
        required=False,
    )

    field_order = ("person", "name", "relation", "since_on", "level", "evidence", "document")

    def __init__(self, *args: Any, known: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(person.pk): person for person in known}
        asked = self.fields["person"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [*((key, person.name) for key, person in self.known.items()), ("", _("Somebody new"))]
        if not self.known:
            del self.fields["person"]
        self.fields["evidence"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("person") and not str(cleaned.get("name", "")).strip():
            self.add_error("name", _("Write their name, or choose somebody from the list."))
        if cleaned.get("level") and not cleaned.get("evidence"):
            self.add_error("evidence", _("Say what shows this authority."))
        return cleaned

    @property
    def joining(self) -> Joining:
        typed = self.cleaned_data
        return Joining(
            relation=Relation(typed["relation"]),
            since_on=typed["since_on"],
            person=self.known.get(typed.get("person", "")),
            name=typed["name"].strip(),
            level=Level(typed["level"]) if typed["level"] else None,
            **self.shown,
        )


class AdmitForm(ShownForm):
    """A young person comes into care."""

    name = forms.CharField(label=gettext_lazy("The young person’s name"), max_length=200)
    born_on = day(
        gettext_lazy("Day of birth"),
        help_text=gettext_lazy("Without it their age is unknown, and nothing that hangs on it opens."),
        required=False,
    )
    setting = choice(gettext_lazy("Setting"), [one for one in Setting.choices if one[0] != Setting.UNKNOWN])
    started_on = day(gettext_lazy("Care begins on"))
    legal_basis = choice(gettext_lazy("How it was agreed"), LegalBasis.choices)
    therapist = forms.ModelChoiceField(
        Account.objects.none(), label=gettext_lazy("Therapist"), empty_label=gettext_lazy("Choose")
    )
    lead = forms.ModelChoiceField(
        Account.objects.none(),
        label=gettext_lazy("Clinical lead"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )

    field_order = (
        "name",
        "born_on",
        "setting",
        "started_on",
        "legal_basis",
        "evidence",
        "document",
        "therapist",
        "lead",
    )

    def __init__(self, *args: Any, clinicians: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        for name in ("therapist", "lead"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = clinicians
            field.label_from_instance = lambda account: str(account.display_name)  # type: ignore[method-assign,assignment]

    def clean_born_on(self) -> date | None:
        born_on: date | None = self.cleaned_data["born_on"]
        if born_on is not None and born_on > self.on:
            raise forms.ValidationError(_("This day has not come yet."))
        return born_on

    @property
    def admission(self) -> Admission:
        typed = self.cleaned_data
        by = [(typed["therapist"], Relation.THERAPIST)]
        if typed["lead"] and typed["lead"] != typed["therapist"]:
            by.append((typed["lead"], Relation.CLINICAL_LEAD))
        return Admission(
            name=typed["name"].strip(),
            born_on=typed["born_on"],
            setting=Setting(typed["setting"]),
            started_on=typed["started_on"],
            legal_basis=LegalBasis(typed["legal_basis"]),
            clinicians=by,
            **self.shown,
        )


class MoveForm(ShownForm):
    """Care goes on in another setting, or on another basis."""

    setting = choice(gettext_lazy("Setting"), [one for one in Setting.choices if one[0] != Setting.UNKNOWN])
    legal_basis = choice(gettext_lazy("How it was agreed"), LegalBasis.choices)
    on = day(gettext_lazy("From which day"))

    field_order = ("setting", "legal_basis", "on", "evidence", "document")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet. Record it on the day."))
        return on

    @property
    def move(self) -> Move:
        typed = self.cleaned_data
        return Move(
            setting=Setting(typed["setting"]),
            legal_basis=LegalBasis(typed["legal_basis"]),
            on=typed["on"],
            **self.shown,
        )


class BirthdayForm(OnceForm):
    """The day of birth is put right."""

    born_on = day(gettext_lazy("Day of birth"), required=False)
    because = words(gettext_lazy("How you know"))


class ReviewForm(OnceForm):
    """A second person has read a court order."""

    outcome = choice(gettext_lazy("Having read the order myself"), ReviewOutcome.choices)


class PartForm(OnceForm):
    """Whether a caregiver takes part, gone through with the young person."""

    part = choice(gettext_lazy("What is agreed"), Part.choices)
    effective_on = day(gettext_lazy("From which day"))
    because = words(gettext_lazy("What led to it"))
    view = choice(gettext_lazy("The young person"), YoungPersonsView.choices)
    words = words(gettext_lazy("In their words"), required=False)

    @property
    def review(self) -> Review:
        typed = self.cleaned_data
        return Review(
            part=Part(typed["part"]),
            view=YoungPersonsView(typed["view"]),
            effective_on=typed["effective_on"],
            because=typed["because"],
            words=typed["words"],
        )


def _of_column(kind: type[DatedFact], column: str) -> forms.ChoiceField:
    field = kind._meta.get_field(column)
    assert isinstance(field, CharField)
    label = gettext_lazy("Authority, as the papers say") if kind is Authority else COLUMNS[column]
    return choice(label, cast(Choices, field.choices), initial=str(field.default) if field.has_default() else "")
