"""Papers of caregivers: reading, signing, saying no, and taking a copy home."""

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


@for_audience(Audience.CAREGIVER)
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Show what is to be signed, and what was."""
    shown = answers.papers_of_family(account_of(request), at=clock.now())
    return render(request, "documents/caregiver/papers.html", {"children": shown})


@for_audience(Audience.CAREGIVER)
@keeps(
    "paper",
    "asking_id",
    lambda *one, at: answers.paper_for_family(*one, language="", at=at).young_person,
)
def paper(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """Show a paper, and take what somebody says to it."""
    account, at = account_of(request), clock.now()
    language = request.POST.get("language") or get_language() or ""
    with or_nothing_here():
        reading = answers.paper_for_family(account, asking_id, language=language, at=at)
    kept = drafts.begun(account, about=asking_id, form="paper")
    form = SignForm(request.POST or None, shown=reading.shown, kept=kept)
    if form.is_valid():
        act = partial(actions.sign, reading.standing.member, reading.shown, form.said, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        drafts.forget(about=asking_id, form="paper", by=account)
        return redirect("documents:family_paper", asking_id)
    trail = [(reverse("portals:week"), _("This week")), (reverse("documents:family_papers"), _("Papers"))]
    return render(request, "documents/caregiver/paper.html", {"reading": reading, "form": form, "trail": trail})


@for_audience(Audience.CAREGIVER)
@require_GET
def file(request: HttpRequest, signing_id: UUID) -> HttpResponse:
    """Hand out the sealed file of what one signed oneself."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = answers.file_for_family(account, signing_id, at=at)
    return handed_out(found, to=account, at=at)
