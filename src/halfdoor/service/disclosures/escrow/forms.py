"""What is typed about process notes in escrow, checked. Forms do not save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.escrow.rows import WhyEscrow
from halfdoor.service.people.forms import OnceForm, choice, words


class EscrowForm(OnceForm):
    """Whose process notes, and why without them."""

    author = forms.ModelChoiceField(
        Account.objects.none(), label=gettext_lazy("Whose process notes"), empty_label=gettext_lazy("Choose")
    )
    why = choice(gettext_lazy("Why"), WhyEscrow.choices)
    because = words(
        gettext_lazy("What you need to know, and why nothing else will do"),
        help_text=gettext_lazy("The second person and other leads read this. It is sealed with the record."),
    )

    def __init__(self, *args: Any, authors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["author"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = authors
        field.label_from_instance = lambda account: str(account.display_name)  # type: ignore[method-assign,assignment]
