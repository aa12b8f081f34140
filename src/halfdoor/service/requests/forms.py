"""What is typed about a request, checked. Forms do not save."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.agreements.choices import Topic
from halfdoor.service.disclosures.choices import Purpose
from halfdoor.service.disclosures.gate import Caller, Question
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.facts import ASKABLE
from halfdoor.service.requests.models import Reply
from halfdoor.service.requests.officials import PATHS, Path
from halfdoor.service.requests.pieces import all_pieces
from halfdoor.service.requests.words import ALTERNATIVES, ASKABLE_BY_FAMILY, OFFICES, TOPICS, Channel, Paper, Way

STRANGER = "stranger"
"""The choice of a therapist who takes a call from somebody outside the circle of care."""

_WORDS = 2000
_DAYS_TO_LOOK_AGAIN = 90


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class OnceForm(forms.Form):
    """A form that is accepted once; see `core.once`. What is sent without an id came from no page."""

    once = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}), initial=uuid4, required=False)


class AskingForm(OnceForm):
    """Somebody is asking: who, about what, why. ``circle`` is who in the circle of care may be asking, by id."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is asking?"),
        error_messages={"required": gettext_lazy("Choose who is asking.")},
        widget=forms.RadioSelect,
    )
    caller = forms.CharField(
        label=gettext_lazy("Who do they say they are?"),
        help_text=gettext_lazy("Only for somebody who is not in the circle of care. Their words, and their number."),
        max_length=_WORDS,
        required=False,
    )
    category = forms.ChoiceField(label=gettext_lazy("About what?"), choices=[*TOPICS.items()])
    purpose = forms.ChoiceField(label=gettext_lazy("What for?"), choices=Purpose.choices, initial=Purpose.SUPPORT)
    sure = forms.ChoiceField(
        label=gettext_lazy("Do you know that it is really them?"),
        help_text=gettext_lazy(
            "A number they give you proves nothing. For an office, call back through its public number."
        ),
        choices=[choice for choice in Way.choices if choice[0] != Way.SOMEBODY_ELSE],
        initial=Way.NOT_YET,
        required=False,
        widget=forms.RadioSelect,
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("What does the office bring?"),
        help_text=gettext_lazy("Only for a lawyer, the police, a court, a school, an insurer or another clinic."),
        choices=Paper.choices,
        initial=Paper.NONE,
        required=False,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they ask?"),
        choices=Channel.choices,
        initial=Channel.TELEPHONE,
        widget=forms.RadioSelect,
    )
    motive = forms.CharField(
        label=gettext_lazy("What is behind it?"),
        help_text=gettext_lazy(
            "In their words: what worries them, what they hope for. It can wait until after the call."
        ),
        max_length=_WORDS,
        required=False,
        widget=_lines(),
    )

    def __init__(self, *args: Any, circle: Mapping[UUID, Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = circle
        members = [
            (str(key), f"{member.person.name}, {member.get_relation_display()}") for key, member in circle.items()
        ]
        stranger = (STRANGER, gettext_lazy("Somebody else, or I am not sure who it is"))
        _choices(self, "who", [*members, *OFFICES.items(), stranger])
        _choices(self, "channel", [choice for choice in Channel.choices if choice[0] != Channel.PORTAL])

    def question(self, young_person: YoungPerson) -> Question | None:
        """Return what is asked as the gate takes it, as soon as it is clear who asks about what."""
        chosen: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        who, category = str(chosen.get("who", "")), str(chosen.get("category", ""))
        members = {str(key): member for key, member in self.circle.items()}
        if category not in TOPICS or who not in (*members, *OFFICES, STRANGER):
            return None
        purpose = chosen.get("purpose") if chosen.get("purpose") in Purpose.values else Purpose.SUPPORT
        is_sure, paper = chosen.get("sure") in Way.sure(), str(chosen.get("paper") or Paper.NONE)
        recipient = members.get(who, Caller()) if is_sure else Caller()
        if who in OFFICES:
            recipient = Caller(relation=who, identity="verified" if is_sure else "unverified")
        return Question(
            young_person=young_person,
            recipient=recipient,
            category=category,
            purpose=str(purpose),
            stated={"order": paper} if who in OFFICES and paper in Paper.values else {},
        )

    @property
    def member(self) -> Membership | None:
        """Who asks; nobody for somebody outside the circle."""
        who = self.cleaned_data["who"]
        return None if who in (*OFFICES, STRANGER) else self.circle[UUID(who)]

    @property
    def office(self) -> str:
        """In what office somebody asks, if in one."""
        who: str = self.cleaned_data["who"]
        return who if who in OFFICES else ""

    @property
    def path(self) -> Path | None:
        """The way for the office in which somebody asks, as soon as it is chosen."""
        chosen: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        return PATHS.get(str(chosen.get("who", "")))

    @property
    def asked(self) -> Asked:
        typed = self.cleaned_data
        caller = typed["caller"] if self.member is None else ""
        return Asked(
            category=typed["category"],
            channel=Channel(typed["channel"]),
            purpose=typed["purpose"],
            caller=caller,
            motive=typed["motive"],
            sure=Way(typed["sure"] or Way.NOT_YET),
            office=self.office,
            paper=Paper(typed["paper"] or Paper.NONE),
        )


class FamilyAskingForm(OnceForm):
    """A caregiver asks from their own page."""

    category = forms.ChoiceField(
        label=gettext_lazy("What would you like to know about?"),
        choices=[(name, TOPICS[name]) for name in ASKABLE_BY_FAMILY],
        error_messages={"required": gettext_lazy("Choose what you would like to know about.")},
        widget=forms.RadioSelect,
    )
    motive = forms.CharField(
        label=gettext_lazy("What makes you ask?"),
        help_text=gettext_lazy("What you have noticed, what worries you, what would help. As short as you like."),
        max_length=_WORDS,
        required=False,
        widget=_lines(4),
    )

    @property
    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(category=typed["category"], channel=Channel.PORTAL, motive=typed["motive"])


class FactsForm(OnceForm):
    """The facts that could still change an answer, by name; what is left out stays unknown."""

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in names:
            ask = ASKABLE[name]
            self.fields[name] = forms.ChoiceField(
                label=str(ask.words), choices=ask.choices, required=False, widget=forms.RadioSelect
            )
        self.fields["evidence"] = forms.CharField(
            label=gettext_lazy("What it rests on"),
            help_text=gettext_lazy("The paper you saw, the number you called, your reasons."),
            max_length=_WORDS,
            required=False,
        )

    @property
    def stated(self) -> dict[str, str]:
        """What was filled in, without the evidence."""
        return {name: value for name, value in self.cleaned_data.items() if value and name not in ("evidence", "once")}


class FollowUpForm(OnceForm):
    """How it was, asked afterwards."""

    said = forms.CharField(
        label=gettext_lazy("How it was"),
        help_text=gettext_lazy("For whoever asked, and for the young person. Only clinicians of the circle read this."),
        max_length=_WORDS,
        widget=_lines(),
    )


class QuestionForm(OnceForm):
    """What the therapist adds to the question on the young person's own page."""

    words = forms.CharField(
        label=gettext_lazy("A word from you"),
        help_text=gettext_lazy("The young person reads this above the choices. You can leave it empty."),
        max_length=_WORDS,
        required=False,
        widget=_lines(),
    )
    reasons = forms.CharField(
        label=gettext_lazy("Why you ask first"),
        help_text=gettext_lazy("The rules would let it go unasked. The clinical lead reads your reasons."),
        max_length=_WORDS,
        required=False,
        widget=_lines(),
    )


class ReplyForm(OnceForm):
    """What the young person would like."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What would you like?"),
        choices=Reply.Choice.choices,
        error_messages={"required": gettext_lazy("Choose what you would like. There is no wrong answer.")},
        widget=forms.RadioSelect,
    )
    part = forms.CharField(
        label=gettext_lazy("Which part may be told?"),
        max_length=_WORDS,
        required=False,
        widget=_lines(),
    )
    say_so = forms.ChoiceField(
        label=gettext_lazy("What do we say to them?"),
        choices=[
            ("ours", gettext_lazy("Don’t say that I said no. It will read as our own answer.")),
            ("mine", gettext_lazy("You can say that it was me who said no.")),
        ],
        widget=forms.RadioSelect,
        initial="ours",
    )
    pressed = forms.ChoiceField(
        label=gettext_lazy("Is anybody pushing you to say yes, or to say no?"),
        help_text=gettext_lazy("Only the people you work with here see this. Nobody else, not now and not later."),
        choices=Reply.Pressed.choices,
        widget=forms.RadioSelect,
        initial=Reply.Pressed.NOT_SAID,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("choice") == Reply.Choice.THIS_PART and not cleaned.get("part"):
            self.add_error("part", _("Write which part may be told, or choose something else."))
        return cleaned

    @property
    def said(self) -> Said:
        typed = self.cleaned_data
        return Said(
            choice=Reply.Choice(typed["choice"]),
            part=typed["part"],
            may_say_so=typed["say_so"] == "mine",
            pressed=typed["pressed"],
        )


class AnswerForm(OnceForm):
    """
    What whoever asked is told, and what comes next. ``opens`` says whether something may go now, ``todo`` what has to
    be done before it goes (code and words), ``on`` is today where the practice is. ``departs`` is the more closed
    answer for which somebody may decide: see `departing`.
    """

    text = forms.CharField(
        label=gettext_lazy("What you tell them"),
        help_text=gettext_lazy(
            "They get exactly these words, on their own page too. What went out is on record for good."
        ),
        error_messages={"required": gettext_lazy("Write what you tell them.")},
        max_length=4 * _WORDS,
        widget=_lines(6),
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("What it touches on"),
        help_text=gettext_lazy("A topic the young person keeps private stays here, whoever asks."),
        choices=Topic.choices,
        required=False,
    )
    said = forms.CharField(
        label=gettext_lazy("What you said"),
        help_text=gettext_lazy("For the record. Only clinicians of the circle read this."),
        max_length=_WORDS,
        required=False,
        widget=_lines(),
    )
    alternatives = forms.MultipleChoiceField(
        label=gettext_lazy("What you offer"),
        choices=[*ALTERNATIVES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pieces = forms.MultipleChoiceField(
        label=gettext_lazy("General texts to go with it"),
        help_text=gettext_lazy("They say nothing about anybody. Choose none, and the usual ones go."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    look_again_on = forms.DateField(
        label=gettext_lazy("The day you come back to it"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    in_general = forms.CharField(
        label=gettext_lazy("Only in general terms, because"),
        help_text=gettext_lazy(
            "If you tell less than the rules allow, say why. The clinical lead reads it. Leave it empty otherwise."
        ),
        max_length=_WORDS,
        required=False,
    )
    reasons = forms.CharField(
        label=gettext_lazy("Why you keep it back"),
        help_text=gettext_lazy("The rules would let it go. The clinical lead reads your reasons."),
        max_length=_WORDS,
        widget=_lines(),
    )
    done = forms.MultipleChoiceField(
        label=gettext_lazy("Done before it goes"),
        error_messages={"required": gettext_lazy("Do this first, then say here that it is done.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        opens: bool,
        todo: Sequence[tuple[str, str | Promise]],
        on: date,
        departs: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        _choices(self, "done", todo)
        _choices(self, "pieces", [(piece.code, piece.title) for piece in all_pieces().values()])
        left_out = ["said", "alternatives", "pieces"] if opens else ["text", "topic", "done", "in_general"]
        left_out += [] if departs == "withhold" else ["reasons"]
        left_out += [] if departs == "share_limited" else ["in_general"]
        left_out += [] if todo else ["done"]
        for name in set(left_out):
            del self.fields[name]

    def clean_look_again_on(self) -> date:
        day: date = self.cleaned_data["look_again_on"]
        if not self.on <= day <= self.on + timedelta(days=_DAYS_TO_LOOK_AGAIN):
            raise forms.ValidationError(_("Choose a day from today on, within the next three months."))
        return day

    @property
    def told(self) -> Told:
        typed = self.cleaned_data
        return Told(
            look_again_on=typed["look_again_on"],
            text=typed.get("text", ""),
            topic=Topic(typed.get("topic", "")),
            said=typed.get("said", ""),
            alternatives=tuple(typed.get("alternatives", ())),
            done=tuple(typed.get("done", ())),
            pieces=tuple(typed.get("pieces", ())),
            instead="withhold" if typed.get("reasons") else "share_limited" if typed.get("in_general") else "",
            reasons=typed.get("reasons", "") or typed.get("in_general", ""),
        )
