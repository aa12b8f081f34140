"""The questions about sentences that repeat private notes, and what their author answers."""

from collections.abc import Mapping
from hashlib import sha256

from django.http import QueryDict

from halfdoor.service.notes.actions import Reason
from halfdoor.service.notes.choices import Why
from halfdoor.service.notes.foresight import Preview
from halfdoor.service.notes.forms import ReasonForm


def asked_for(preview: Preview, data: QueryDict | None) -> list[ReasonForm]:
    """Return a form for each sentence that needs a reason, with the sentence it is about in it."""
    forms = []
    for sentence in dict.fromkeys(one.overlap.sentence for one in preview.repeated if one.needs_a_reason):
        form = ReasonForm(data, prefix=_prefix(sentence))
        form.sentence = sentence
        forms.append(form)
    return forms


def given(data: QueryDict) -> Mapping[str, Reason]:
    """Return the reasons that were sent, by sentence. A sentence that was changed since has none."""
    reasons = {}
    for sentence in data.getlist("sentence"):
        form = ReasonForm(data, prefix=_prefix(sentence))
        if form.is_valid():
            reasons[sentence] = Reason(Why(form.cleaned_data["why"]), form.cleaned_data["words"])
    return reasons


def _prefix(sentence: str) -> str:
    return f"why-{sha256(sentence.encode()).hexdigest()[:12]}"
