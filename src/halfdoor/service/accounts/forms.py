"""The sign-in form."""

from operator import attrgetter
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.models import Practice


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name and password; and the practice, if this service has several."""

    practice = forms.ModelChoiceField(Practice.objects.order_by("name"), label=_("Practice"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        del self.fields["login"].widget.attrs["placeholder"]
        del self.fields["password"].widget.attrs["placeholder"]
        self.fields["practice"].label_from_instance = attrgetter("name")
        practices = list(Practice.objects.all()[:2])
        if len(practices) == 1:
            self.fields["practice"] = forms.ModelChoiceField(
                Practice.objects.all(), initial=practices[0], widget=forms.HiddenInput
            )

    def user_credentials(self) -> dict[str, Any]:
        """Return what the backend needs to find the account."""
        return {**super().user_credentials(), "practice": self.cleaned_data["practice"]}
