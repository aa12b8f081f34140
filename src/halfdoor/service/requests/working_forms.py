"""What is typed while a request is worked on, checked. Forms do not save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from halfdoor.service.agreements.choices import WishValue
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.requests.conversation import CAN_BE_LEFT_OUT, WITH_THE_FAMILY, Weighed
from halfdoor.service.requests.forms import OnceForm
from halfdoor.service.requests.models import Afterwards, DepartureReview, OfferReply, SecondReading
from halfdoor.service.requests.queries.path import TITLES
from halfdoor.service.requests.words import Longer, Way

_WORDS = 2000


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CallCheckForm(OnceForm):
    """How it became clear who called or wrote."""

    way = forms.ChoiceField(
        label=gettext_lazy("Do you know that it is really them?"),
        help_text=gettext_lazy(
            "A number they give you proves nothing. For an office, call back through its public number."
        ),
        choices=[choice for choice in Way.choices if choice[0] != Way.NOT_YET],
        error_messages={"required": gettext_lazy("Choose how you know.")},
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("What it rests on"), max_length=_WORDS, required=False)


class ConversationForm(OnceForm):
    """What was said to whoever asks. One press writes down all of it."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What you said"),
        choices=[(kind.value, TITLES[kind]) for kind in WITH_THE_FAMILY],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    said = forms.CharField(
        label=gettext_lazy("What they said"),
        help_text=gettext_lazy("What worries them, what they hope for. Only clinicians of the circle read this."),
        max_length=_WORDS,
        required=False,
        widget=_lines(),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("kinds") or cleaned.get("said")):
            self.add_error("kinds", gettext_lazy("Choose what you said, or write what they said."))
        return cleaned


class LeaveOutForm(OnceForm):
    """A step that is left out, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which step"), choices=[(str(kind), TITLES[kind]) for kind in CAN_BE_LEFT_OUT]
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
        max_length=_WORDS,
    )


class TalkForm(OnceForm):
    """A talk with the young person."""

    said = forms.CharField(
        label=gettext_lazy("What they said, in their words"),
        error_messages={"required": gettext_lazy("Write what they said, in a few words.")},
        max_length=_WORDS,
        widget=_lines(),
    )
    would_like = forms.ChoiceField(
        label=gettext_lazy("What they would like"),
        choices=[
            ("", gettext_lazy("Nothing new")),
            *((one.value, one.label) for one in WishValue if one != "not_asked"),
        ],
        required=False,
    )


class WeighForm(OnceForm):
    """What sharing would do, weighed by a professional, with both sides of it."""

    serves = forms.CharField(
        label=gettext_lazy("What speaks for sharing"),
        error_messages={"required": gettext_lazy("Name at least one thing, or write that there is none.")},
        max_length=_WORDS,
        widget=_lines(),
    )
    harms = forms.CharField(
        label=gettext_lazy("What speaks against it"),
        help_text=gettext_lazy("For the young person, for trust, at home, and for anybody else."),
        error_messages={"required": gettext_lazy("Name at least one thing, or write that there is none.")},
        max_length=_WORDS,
        widget=_lines(),
    )
    harm = forms.ChoiceField(
        label=gettext_lazy("Would it do harm?"),
        choices=[
            ("none", gettext_lazy("No")),
            ("trust_only", gettext_lazy("It would cost trust, and nothing worse")),
            ("detrimental", gettext_lazy("It would do harm")),
            ("substantial_harm", gettext_lazy("It would do substantial harm")),
            ("serious_harm", gettext_lazy("It would put life or health in danger")),
        ],
        error_messages={"required": gettext_lazy("Choose what you find.")},
        widget=forms.RadioSelect,
    )
    interests = forms.ChoiceField(
        label=gettext_lazy("Taken together"),
        choices=[
            ("for_sharing", gettext_lazy("It would serve the young person")),
            ("nothing_against", gettext_lazy("I found nothing against it")),
            ("against_sharing", gettext_lazy("It would not serve the young person")),
        ],
        error_messages={"required": gettext_lazy("Choose what you find.")},
        widget=forms.RadioSelect,
    )

    @property
    def weighed(self) -> Weighed:
        typed = self.cleaned_data
        return Weighed(**{name: typed[name] for name in ("harm", "interests", "serves", "harms")})


class LongerForm(OnceForm):
    """The law's clock runs longer, and whoever asked reads why."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it takes longer"),
        help_text=gettext_lazy("They read exactly this sentence, with the new day."),
        choices=Longer.choices,
        error_messages={"required": gettext_lazy("Choose the reason.")},
        widget=forms.RadioSelect,
    )


class ExplainForm(OnceForm):
    """Why an exception was used, told to one side or kept from it."""

    is_told = forms.ChoiceField(
        label=gettext_lazy("Do they hear why?"),
        choices=[("yes", gettext_lazy("Yes, on their page")), ("no", gettext_lazy("No: it would add danger"))],
        initial="yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("Your words, or why they are not told"),
        help_text=gettext_lazy("The young person reads your words. The family reads the set words above."),
        max_length=_WORDS,
        required=False,
        widget=_lines(4),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_told") == "no" and not cleaned.get("words"):
            self.add_error("words", gettext_lazy("Say why telling would add danger."))
        return cleaned


class SecondReadingForm(OnceForm):
    """What a second reader says of an answer."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Can it go?"),
        choices=SecondReading.Outcome.choices,
        error_messages={"required": gettext_lazy("Choose whether it can go.")},
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("What you noticed"), max_length=_WORDS, required=False, widget=_lines())


class ReadingRuleForm(OnceForm):
    """For which answers the practice wants a second reader."""

    opening = forms.BooleanField(label=gettext_lazy("Every answer that shares something"), required=False)
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Every answer about"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class DepartureReviewForm(OnceForm):
    """What the clinical lead says of a departure."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What you think of it"),
        choices=DepartureReview.Outcome.choices,
        error_messages={"required": gettext_lazy("Choose what you think of it.")},
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("In your words"), max_length=_WORDS, required=False, widget=_lines())


class OfferOutcomeForm(OnceForm):
    """What became of an offer, as a clinician saw it."""

    word = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[(word.value, word.label) for word in (OfferReply.Word.HAPPENED, OfferReply.Word.FELL_THROUGH)],
        error_messages={"required": gettext_lazy("Choose what became of it.")},
        widget=forms.RadioSelect,
    )


class HowItWasForm(OnceForm):
    """How it was, for whoever asked."""

    how = forms.ChoiceField(
        label=gettext_lazy("How was our answer for you?"),
        choices=Afterwards.How.choices,
        error_messages={"required": gettext_lazy("Choose how it was.")},
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("In your words"), max_length=_WORDS, required=False, widget=_lines())


class HowItWasForMeForm(OnceForm):
    """How it was, for the young person."""

    how = forms.ChoiceField(
        label=gettext_lazy("How was it for you?"),
        choices=Afterwards.How.choices,
        error_messages={"required": gettext_lazy("Choose how it was. There is no wrong answer.")},
        widget=forms.RadioSelect,
    )
    consequences = forms.ChoiceField(
        label=gettext_lazy("Did anything happen at home because of it that was not good for you?"),
        help_text=gettext_lazy("Only the people you work with here see this. Nobody else, not now and not later."),
        choices=Afterwards.Consequences.choices,
        initial=Afterwards.Consequences.NOT_SAID,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("In your words"), max_length=_WORDS, required=False, widget=_lines())
