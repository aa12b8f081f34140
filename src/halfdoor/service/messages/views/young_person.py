"""Notices, as a young person chooses them."""

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.messages import actions, queries
from halfdoor.service.messages.forms import NoticesForm


@for_audience(Audience.YOUNG_PERSON)
def notices(request: HttpRequest) -> HttpResponse:
    """Choose whether one wants a word when there is something new."""
    account = account_of(request)
    form = NoticesForm(request.POST or None, initial={"wanted": "yes" if queries.wants_one(account) else "no"})
    if form.is_valid():
        actions.choose(wanted=form.is_wanted, by=account, at=clock.now())
        words.success(request, _("It is so from now on."))
        return redirect("messages:me_notices")
    context = {"form": form, "has_an_address": queries.has_an_address(account)}
    return render(request, "messages/young_person/notices.html", context)
