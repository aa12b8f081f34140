"""What is chosen about notices. Forms do not save."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoticesForm(forms.Form):
    """Whether one wants a word by e-mail."""

    wanted = forms.ChoiceField(
        label=_("Would you like an e-mail when there is something new for you here?"),
        choices=[("yes", _("Yes, please")), ("no", _("No, thank you"))],
        error_messages={"required": _("Choose yes or no.")},
        widget=forms.RadioSelect,
    )

    @property
    def is_wanted(self) -> bool:
        """What was chosen."""
        return bool(self.cleaned_data["wanted"] == "yes")
