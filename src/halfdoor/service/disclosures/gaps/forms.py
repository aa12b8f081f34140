"""What a lead says of lines that a restore forgot."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from halfdoor.service.disclosures.gaps.rows import LostLineReview


class GoThroughForm(forms.Form):
    """The lines of one young person, and what came of them. Only lines that wait can be named."""

    outcome = forms.ChoiceField(choices=LostLineReview.Outcome)

    def __init__(self, *given: Any, lines: Sequence[UUID], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["lines"] = forms.TypedMultipleChoiceField(choices=[(str(key), key) for key in lines], coerce=UUID)

    def clean_outcome(self) -> LostLineReview.Outcome:
        """Return it as what it is."""
        return LostLineReview.Outcome(self.cleaned_data["outcome"])
