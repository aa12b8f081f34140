"""What is typed about agreements, checked. Forms do not save."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.agreements.choices import OFTENEST_DAYS, Taken, Topic
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.agreements.queries.start import EXPLAINABLE
from halfdoor.service.agreements.words import PURPOSES, SHAREABLE, WAYS
from halfdoor.service.documents.choices import Kind, Manner
from halfdoor.service.documents.forms import LANGUAGE_NAMES
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership

OWN_PAGE = "own_page"
"""Asked for on somebody's own page, instead of written down here."""

_LONGEST, _USUAL = timedelta(days=366), timedelta(days=183)
_WORDS = 500
_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
_SUBJECTS = [(topic.value, topic.label) for topic in Topic if topic != Topic.NONE]


def _choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str | Promise]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def _of(words: Mapping[str, Promise], allowed: Sequence[str]) -> list[tuple[str, str | Promise]]:
    return [(name, words.get(name, name)) for name in allowed]


class TermsForm(forms.Form):
    """What a consent names. ``most`` is what it may name at most: what was asked for, or what was given before."""

    categories = forms.MultipleChoiceField(
        label=gettext_lazy("What may be told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what may be told.")},
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Only about these subjects"),
        help_text=gettext_lazy("Nothing ticked means: whatever it is about."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("What for?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what it is for.")},
    )
    until_on = forms.DateField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("The last day on which it holds."),
        widget=forms.DateInput(**_DAY),
    )

    def __init__(self, *args: Any, most: Terms | None = None, today: date, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"until_on": today + _USUAL, "purposes": ["support"]}
        if most:
            usual = {
                "categories": list(most.categories),
                "topics": list(most.topics),
                "purposes": list(most.purposes),
                "until_on": most.ends_on - timedelta(days=1),
            }
        super().__init__(*args, **{"initial": usual} | kwargs)
        self.most, self.today = most, today
        _choices(self, "categories", _of(SHAREABLE, most.categories if most else tuple(SHAREABLE)))
        _choices(self, "purposes", _of(PURPOSES, most.purposes if most else tuple(PURPOSES)))
        named = most.topics if most else ()
        _choices(self, "topics", [one for one in _SUBJECTS if not named or one[0] in named])
        self.fields["topics"].required = bool(named)

    def clean_until_on(self) -> date:
        """Take a day that has not passed and is not too far away, nor later than what was asked for."""
        day: date = self.cleaned_data["until_on"]
        last = self.most.ends_on - timedelta(days=1) if self.most else self.today + _LONGEST
        if not self.today <= day <= last:
            raise forms.ValidationError(
                _("Choose a day from today on, and not later than %(day)s.") % {"day": last.isoformat()}
            )
        return day

    @property
    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(
            categories=tuple(typed["categories"]),
            topics=tuple(typed["topics"]),
            purposes=tuple(typed["purposes"]),
            ends_on=typed["until_on"] + timedelta(days=1),
        )


class ProposeForm(TermsForm):
    """Who is asked to consent that whom may be told something; or who said so here."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    giver = forms.ChoiceField(label=gettext_lazy("Who consents?"), widget=forms.RadioSelect)
    recipient = forms.ChoiceField(label=gettext_lazy("Who may be told?"), widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=[
            (OWN_PAGE, gettext_lazy("ask them on their own page")),
            (Manner.ALOUD.value, gettext_lazy("they said yes aloud, to me")),
            (Manner.ON_PAPER.value, gettext_lazy("they signed on paper, which we keep")),
        ],
        initial=OWN_PAGE,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        max_length=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, givers: Sequence[Membership], recipients: Sequence[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {str(one.pk): one for one in givers}
        self.recipients = {str(one.pk): one for one in recipients}
        for name, members in (("giver", self.givers), ("recipient", self.recipients)):
            named = [(key, f"{one.person.name}, {one.get_relation_display()}") for key, one in members.items()]
            _choices(self, name, named)

    def clean(self) -> None:
        """Refuse a consent that somebody would give to be told themselves what they give."""
        if self.cleaned_data.get("giver") == self.cleaned_data.get("recipient"):
            self.add_error("recipient", _("Choose somebody else than who consents."))

    @property
    def giver_member(self) -> Membership:
        return self.givers[self.cleaned_data["giver"]]

    @property
    def recipient_member(self) -> Membership:
        return self.recipients[self.cleaned_data["recipient"]]


class ExplainForm(forms.Form):
    """What was gone through with whom, when, and how it was taken."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    member = forms.ChoiceField(label=gettext_lazy("With whom?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=gettext_lazy("Which words?"), choices=[(kind.value, kind.label) for kind in Kind if kind in EXPLAINABLE]
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), choices=[*LANGUAGE_NAMES.items()])
    explained_on = forms.DateField(label=gettext_lazy("On which day?"), widget=forms.DateInput(**_DAY))
    taken = forms.ChoiceField(label=gettext_lazy("How was it taken?"), choices=Taken.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("What they asked or said"),
        max_length=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    told_relations = forms.MultipleChoiceField(
        label=gettext_lazy("Told to the young person: these people hear"),
        help_text=gettext_lazy(
            "Only for a talk with the young person. Some rules ask whether they were told beforehand."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told_categories = forms.MultipleChoiceField(
        label=gettext_lazy("… about these things"),
        choices=[*SHAREABLE.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, members: Sequence[Membership], around: Sequence[Membership], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in members}
        self.today = today
        named = [(key, f"{one.person.name}, {one.get_relation_display()}") for key, one in self.members.items()]
        _choices(self, "member", named)
        there = {one.relation for one in around} - {Relation.SELF}
        _choices(self, "told_relations", [(one.value, one.label) for one in Relation if one in there])

    def clean_explained_on(self) -> date:
        """Refuse a day that has not come yet."""
        day: date = self.cleaned_data["explained_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose the day on which you talked, today or earlier."))
        return day

    @property
    def talk(self) -> dict[str, Any]:
        """When it was, how it was taken, and what the young person was told goes to whom."""
        typed = self.cleaned_data
        return {
            "on": typed["explained_on"],
            "taken": Taken(typed["taken"]),
            "words": typed["words"],
            "told_relations": typed["told_relations"],
            "told_categories": typed["told_categories"],
        }


class SubjectForm(forms.Form):
    """What a young person says about one subject."""

    topic = forms.ChoiceField(choices=_SUBJECTS)
    value = forms.ChoiceField(choices=[*WAYS.items()])


class ToldWishForm(SubjectForm):
    """What a young person told their clinician about one subject, for one person or for everybody."""

    whom = forms.ChoiceField(label=gettext_lazy("For whom?"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("About which subject?"), choices=_SUBJECTS)
    value = forms.ChoiceField(
        label=gettext_lazy("What would they like?"), choices=[*WAYS.items()], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        max_length=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in members}
        named = [(key, f"{one.person.name}, {one.get_relation_display()}") for key, one in self.members.items()]
        _choices(self, "whom", [("", gettext_lazy("everybody")), *named])


class CadenceForm(forms.Form):
    """After how many days a young person is asked again."""

    days = forms.IntegerField(
        label=gettext_lazy("Ask again after so many days"), min_value=OFTENEST_DAYS, max_value=366
    )


class WithdrawForm(forms.Form):
    """Why a consent is taken back, for whoever wants to say."""

    because = forms.CharField(
        label=gettext_lazy("Anything you want to say about it"),
        max_length=_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
