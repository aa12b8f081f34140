"""Going on with a consent where somebody was interrupted: what they typed is kept until they answer. No address."""

from uuid import UUID

from django.http import HttpRequest

from halfdoor.service.accounts.interrupted import typed_in
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.agreements import answering
from halfdoor.service.agreements.queries.consents import ConsentPage
from halfdoor.service.core import clock
from halfdoor.service.people import drafts

FORM = "consent"


def step(request: HttpRequest, asked: answering.Asked, *, about: UUID) -> answering.Answering:
    """Take one step of answering; what was typed is kept until there is an answer, and forgotten with it."""
    account, at = account_of(request), clock.now()
    kept = drafts.typed_by(account, about=about).get(FORM, {})
    now = answering.step(asked, request.POST or None, kept=kept, by=account, at=at)
    if now.was_answered:
        drafts.forget(about=about, form=FORM, by=account)
    elif request.method == "POST":
        typed = kept | typed_in(request)
        drafts.keep(asked.giver.young_person, about=about, form=FORM, typed=typed, by=account, at=at)
    return now


def change(request: HttpRequest, page: ConsentPage) -> answering.Changing:
    """Make a consent smaller or take it back, if that was asked; what was typed is forgotten with it."""
    account, about = account_of(request), page.consent.row.pk
    kept = drafts.typed_by(account, about=about).get(FORM, {})
    now = answering.change(page, request.POST or None, kept=kept, by=account, at=clock.now())
    if now.instead:
        drafts.forget(about=about, form=FORM, by=account)
    return now
