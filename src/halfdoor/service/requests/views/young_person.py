"""Somebody asked: the young person's own page for it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import drafts
from halfdoor.service.people.views.keeping import keeps
from halfdoor.service.requests import actions, afterwards, offers
from halfdoor.service.requests.forms import ReplyForm
from halfdoor.service.requests.queries import young_people
from halfdoor.service.requests.working_forms import HowItWasForMeForm
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.YOUNG_PERSON)
@keeps("reply", "question_id", lambda *one, at: young_people.question_to(*one).young_person)
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show who asked what, and take what the young person would like, the first time and every time after."""
    account = account_of(request)
    with or_nothing_here():
        asked = young_people.question_to(account, question_id)
    page = young_people.page_of(asked)
    kept = drafts.begun(account, about=question_id, form="reply")
    form = ReplyForm(request.POST or None, initial=young_people.chosen_before(page) | kept)
    if form.is_valid():
        at = clock.now()
        act = partial(actions.reply, asked, form.said, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        drafts.forget(about=question_id, form="reply", by=account)
        return redirect("requests:my_question", asked.pk)
    trail = [(reverse("portals:mine"), _("Who knows what about me"))]
    return render(
        request, "requests/young_person/question.html", {"question": page, "form": form, "kept": kept, "trail": trail}
    )


@for_audience(Audience.YOUNG_PERSON)
@require_POST
def meeting(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Say what one thinks of meeting together."""
    account = account_of(request)
    with or_nothing_here():
        offer = young_people.meeting_for(account, offer_id)
    word = request.POST.get("word", "")
    if word in offers.FAMILY_WORDS:
        offers.say_for_young_person(offer, word, by=account, at=clock.now())
    return redirect("portals:mine")


@for_audience(Audience.YOUNG_PERSON)
@keeps("how_it_was", "request_id", lambda *one, at: young_people.answered_about(*one).young_person)
def how_it_was(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask how it was after something was answered, and whether it had consequences."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = young_people.answered_about(account, request_id)
    kept = drafts.begun(account, about=request_id, form="how_it_was")
    form = HowItWasForMeForm(request.POST or None, initial=kept)
    if form.is_valid():
        typed = form.cleaned_data
        said = {"words": typed["words"], "consequences": typed["consequences"]}
        act = partial(afterwards.from_young_person, asked, typed["how"], **said, by=account, at=at)
        once.only(act, form=typed["once"], practice=account.practice, at=at)
        drafts.forget(about=request_id, form="how_it_was", by=account)
        return redirect("portals:mine")
    trail = [(reverse("portals:mine"), _("Who knows what about me"))]
    context = {"over": young_people.over_page(asked), "form": form, "kept": kept, "trail": trail}
    return render(request, "requests/young_person/how_it_was.html", context)
