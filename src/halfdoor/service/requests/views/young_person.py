"""Somebody asked: the young person's own page for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.requests import actions
from halfdoor.service.requests.forms import ReplyForm
from halfdoor.service.requests.queries import young_people
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.YOUNG_PERSON)
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show who asked what, and take what the young person would like, the first time and every time after."""
    account = account_of(request)
    with or_nothing_here():
        asked = young_people.question_to(account, question_id)
    page = young_people.page_of(asked)
    form = ReplyForm(request.POST or None, initial=young_people.chosen_before(page))
    if form.is_valid():
        actions.reply(asked, form.said, by=account, at=clock.now())
        return redirect("requests:my_question", asked.pk)
    trail = [(reverse("portals:mine"), _("Who knows what about me"))]
    return render(request, "requests/young_person/question.html", {"question": page, "form": form, "trail": trail})
