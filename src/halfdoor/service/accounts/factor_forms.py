"""What is asked about ways in. Forms do not save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts.factor_rows import LeaveTo

WRONG_CODE = _("This code is not right, or it was used already. Wait for the next one and type that.")
WRONG_PASSKEY = _("That passkey did not work here. Try again, or use another way.")
TOO_MANY = _("That was a lot of tries. Wait an hour, or ask the practice for help.")


class CodeForm(forms.Form):
    """Six digits from an app, or a spare code."""

    code = forms.CharField(
        label=_("Code from your app, or one of your spare codes"),
        max_length=20,
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class NewAppForm(CodeForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits it shows now")


class PasswordForm(forms.Form):
    """One's password once more."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Type your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasskeyForm(forms.Form):
    """What the browser says about a passkey, put in by `passkey.js`."""

    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": WRONG_PASSKEY})


class NewPasskeyForm(PasskeyForm):
    """A new passkey, and what to call it."""

    name = forms.CharField(
        label=_("What shall we call it?"),
        help_text=_("So that you know later which one it is: my phone, the laptop at work."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WayForm(forms.Form):
    """One of one's own ways in."""

    way = forms.IntegerField(widget=forms.HiddenInput)


class NameForm(WayForm):
    """What to call one of them."""

    name = forms.CharField(
        label=_("Call it"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SignInRuleForm(forms.Form):
    """What a practice decides about signing in and leaving."""

    caregivers = forms.ChoiceField(
        label=_("When do caregivers need a passkey, or an app that shows codes?"),
        choices=[
            ("later", _("Within two weeks of their first visit")),
            ("at_once", _("Before they see anything")),
        ],
        error_messages={"required": _("Choose one.")},
        widget=forms.RadioSelect,
    )
    leave_to = forms.ChoiceField(
        label=_("Where does “Leave quickly” go?"),
        help_text=_("Somewhere that everybody here looks at anyway."),
        choices=LeaveTo.choices,
        error_messages={"required": _("Choose one.")},
        widget=forms.RadioSelect,
    )
