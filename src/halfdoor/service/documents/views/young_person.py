"""What I agreed to: the young person's own papers. Their titles say nothing."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.documents import actions
from halfdoor.service.documents.forms import SignForm
from halfdoor.service.documents.handing import handed_out
from halfdoor.service.documents.queries import answers
from halfdoor.service.people import drafts
from halfdoor.service.people.views.keeping import keeps
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.YOUNG_PERSON)
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Show what is asked, and what I agreed to or said no to."""
    with or_nothing_here():
        shown = answers.papers_of_mine(account_of(request), at=clock.now())
    return render(request, "documents/young_person/papers.html", {"papers": shown})


@for_audience(Audience.YOUNG_PERSON)
@keeps("paper", "asking_id", lambda *one, at: answers.paper_for_me(*one, language="", at=at).young_person)
def paper(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """Show a paper, and take what somebody says to it."""
    account, at = account_of(request), clock.now()
    language = request.POST.get("language") or get_language() or ""
    with or_nothing_here():
        reading = answers.paper_for_me(account, asking_id, language=language, at=at)
    kept = drafts.begun(account, about=asking_id, form="paper")
    form = SignForm(request.POST or None, shown=reading.shown, kept=kept)
    if form.is_valid():
        act = partial(actions.sign, reading.standing.member, reading.shown, form.said, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        drafts.forget(about=asking_id, form="paper", by=account)
        return redirect("documents:my_paper", asking_id)
    trail = [(reverse("documents:my_papers"), _("What I agreed to"))]
    return render(request, "documents/young_person/paper.html", {"reading": reading, "form": form, "trail": trail})


@for_audience(Audience.YOUNG_PERSON)
@require_GET
def file(request: HttpRequest, signing_id: UUID) -> HttpResponse:
    """Hand out the sealed file of what one signed oneself."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = answers.file_for_me(account, signing_id)
    return handed_out(found, to=account, at=at)
