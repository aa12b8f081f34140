"""Putting a consent forward for a clinician: on somebody's own page, or as they gave it here and now."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import consents
from halfdoor.service.agreements.forms import OWN_PAGE, ProposeForm
from halfdoor.service.agreements.queries.consents import shown_with
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer, Manner


def put_forward(form: ProposeForm, *, language: str, by: Account, at: datetime) -> bool:
    """
    Ask somebody on their own page, or put on record what they said or signed here.

    :raises NotTheirsToGive: if they may not decide about it
    :raises NoPaper: if there is no paper to read it on
    """
    giver, recipient, terms = form.giver_member, form.recipient_member, form.terms
    try:
        shown = shown_with(giver, recipient, terms, language=language, at=at)
    except ObjectDoesNotExist as error:
        raise consents.NoPaper(
            _("The practice has no paper for a consent to share yet. Put it on the shelf first, under Papers.")
        ) from error
    if form.cleaned_data["how"] == OWN_PAGE:
        consents.propose(giver, recipient, terms, by=by, at=at)
        return True
    said = Said(
        answer=Answer.AGREED,
        manner=Manner(form.cleaned_data["how"]),
        printed_name=giver.person.name,
        words=form.cleaned_data["words"],
    )
    consents.give(giver, recipient, terms, shown=shown, said=said, by=by, at=at)
    return True
