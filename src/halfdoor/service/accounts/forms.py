"""What is typed at the doors, and about one's own way in, checked. Forms do not save."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts.inviting import Coming
from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.passwords import Change
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared

# A telephone would begin a name with a capital letter, and put a word it knows in its place.
_AS_TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name and password; and the practice, if this service has several."""

    practice = forms.ModelChoiceField(Practice.objects.order_by("name"), label=_("Practice"), empty_label=None)

    def __init__(self, *args: Any, remembers: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        if not remembers:
            for name in ("login", "password"):
                self.fields[name].widget.attrs["autocomplete"] = "off"
        del self.fields["login"].widget.attrs["placeholder"]
        del self.fields["password"].widget.attrs["placeholder"]
        self.fields["login"].widget.attrs |= _AS_TYPED
        _ask_for_the_practice(self)

    def user_credentials(self) -> dict[str, Any]:
        """Return what the backend needs to find the account."""
        return {**super().user_credentials(), "practice": self.cleaned_data["practice"]}


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new_password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 15 characters, of any kind. Four or five words that nobody else would put together."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def whose(self) -> Account:
        """Return whose password it will be, as far as anybody has said."""
        return Account()

    def clean(self) -> dict[str, Any]:
        """Check the password by what is known of its owner, and that it was typed alike twice."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("new_password")
        if not chosen:
            return cleaned
        try:
            validate_password(chosen, self.whose())
        except ValidationError as wrong:
            self.add_error("new_password", wrong)
        if cleaned.get("again") not in (None, chosen):
            self.add_error("again", _("The two are not alike. Type both again."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """One's own password is changed by whoever knows the old one."""

    field_order = ("old_password", "new_password", "again")

    old_password = forms.CharField(
        label=_("Your present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def whose(self) -> Account:
        """Return whose password it is."""
        return self.account

    @property
    def change(self) -> Change:
        """What takes the place of what."""
        return Change(self.cleaned_data["old_password"], self.cleaned_data["new_password"])


class ComeInForm(NewPasswordForm):
    """Somebody comes in with a code, and chooses a password."""

    field_order = ("practice", "username", "code", "new_password", "again")

    practice = forms.ModelChoiceField(Practice.objects.order_by("name"), label=_("Practice"), empty_label=None)
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("It stands on the sheet with your code."),
        max_length=80,
        widget=forms.TextInput(attrs=_AS_TYPED | {"autocomplete": "username"}),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Ten letters and digits. Capitals and the line between do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs=_AS_TYPED | {"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_the_practice(self)

    def whose(self) -> Account:
        """Return somebody of this sign-in name, whether there is anybody or not."""
        return Account(username=self.cleaned_data.get("username", ""))

    @property
    def coming(self) -> Coming:
        """Who comes in, with what."""
        typed = self.cleaned_data
        return Coming(typed["practice"], typed["username"], typed["code"], typed["new_password"])


_TWO = Prepared(lambda: Practice.objects.all()[:2])
"""Two are as many as have to be chosen from."""


def _ask_for_the_practice(form: forms.Form) -> None:
    """Let somebody choose their practice by its name; where there is only one, there is nothing to choose."""
    practices = list(_TWO.rows(Practice))
    asked = form.fields["practice"]
    assert isinstance(asked, forms.ModelChoiceField), "a practice is chosen among those on record"
    asked.label_from_instance = lambda practice: str(practice.name)  # type: ignore[method-assign,assignment]
    if len(practices) == 1:
        form.fields["practice"] = forms.ModelChoiceField(
            Practice.objects.all(), initial=practices[0], widget=forms.HiddenInput
        )
