"""What is typed about who can sign in, checked. Forms do not save."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts import factors, inviting, making
from halfdoor.service.accounts.choices import IN_PERSON, Handed, Known, WhyClosed, WhyOpened
from halfdoor.service.accounts.inviting import Giving
from halfdoor.service.accounts.making import Newcomer
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people.forms import OnceForm, choice, day

_HOLDS = {"room": inviting.IN_THE_ROOM, "days": inviting.HOLDS}


class NameForm(OnceForm):
    """A sign-in name, and the language in which pages begin."""

    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        help_text=gettext_lazy("Small letters, digits and dots: for example lena.vance. It is theirs for good."),
        max_length=80,
        validators=[making.check_sign_in_name],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = choice(gettext_lazy("Their language"), settings.LANGUAGES)


class NewSignInForm(NameForm):
    """Somebody who works here is to sign in."""

    display_name = forms.CharField(label=gettext_lazy("Their name"), max_length=200)
    role = choice(gettext_lazy("What they do here"), [])

    field_order = ("display_name", "role", "username", "language")

    def __init__(self, *args: Any, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = (Role.THERAPIST, Role.OFFICE, Role.TEAM, *([Role.LEAD] if by.role == Role.LEAD else []))
        asked = self.fields["role"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [(str(role), role.label) for role in roles]

    @property
    def newcomer(self) -> Newcomer:
        typed = self.cleaned_data
        return Newcomer(typed["username"], typed["display_name"].strip(), Role(typed["role"]), typed["language"])


class GiveCodeForm(OnceForm):
    """A code is handed over. A young person gets theirs from somebody they meet, into their own hands."""

    known = choice(gettext_lazy("How do you know whom you give it to?"), [])
    handed = choice(gettext_lazy("How do they get it?"), [])
    in_hand = forms.BooleanField(label=gettext_lazy("I give it into their own hands, and nobody else sees it"))
    factors_too = forms.BooleanField(
        label=gettext_lazy("Their passkeys and apps are lost or in other hands: take them away too"), required=False
    )
    holds = choice(
        gettext_lazy("How long it opens"),
        [("room", gettext_lazy("half an hour: they are in the room")), ("days", gettext_lazy("three days"))],
        initial="room",
    )
    language = choice(gettext_lazy("The sheet is written in"), settings.LANGUAGES)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        young = account.role == Role.YOUNG_PERSON
        known, handed = self.fields["known"], self.fields["handed"]
        assert isinstance(known, forms.ChoiceField)
        assert isinstance(handed, forms.ChoiceField)
        ways = IN_PERSON if young else (*IN_PERSON, Known.CALLED_BACK)
        known.choices = [(str(one), one.label) for one in ways]
        handed.choices = [(str(one), one.label) for one in (Handed.IN_HAND, Handed.CLOSED_LETTER)]
        del self.fields["handed" if young else "in_hand"]
        if young or not factors.ways_of(account):
            del self.fields["factors_too"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("handed") == Handed.CLOSED_LETTER and cleaned.get("holds") == "room":
            self.add_error("holds", _("A letter takes longer than half an hour."))
        return cleaned

    @property
    def giving(self) -> Giving:
        """How it is handed over."""
        typed = self.cleaned_data
        holds: timedelta = _HOLDS[typed["holds"]]
        handed = Handed(typed.get("handed", Handed.IN_HAND))
        return Giving(handed, Known(typed["known"]), holds, typed.get("factors_too", False))


class CloseForm(OnceForm):
    """Somebody is let in no more."""

    why = choice(gettext_lazy("Why"), WhyClosed.choices)
    left_on = day(gettext_lazy("Since which day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_left_on(self) -> date:
        left_on: date = self.cleaned_data["left_on"]
        if left_on > self.today:
            raise forms.ValidationError(_("This day has not come yet. Close it on the day: it holds at once."))
        return left_on


class OpenAgainForm(OnceForm):
    """Somebody who was let in no more comes back."""

    why = choice(gettext_lazy("Why"), WhyOpened.choices)
