"""The papers of one circle: who is asked for what, what they answered, and signing beside them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.documents import actions
from halfdoor.service.documents.choices import RULES
from halfdoor.service.documents.forms import RecordForm, SignForm
from halfdoor.service.documents.handing import handed_out
from halfdoor.service.documents.queries import answers
from halfdoor.service.documents.showing import Shown
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
def papers(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show what is signed and what is missing; ask for one paper, or for all that is usual at the start."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    rows = answers.overview(about, reader=account, at=at)
    waiting = {str(one.asking.pk): one.asking for row in rows for one in row.standings if one.asking}
    if asking := waiting.get(request.POST.get("stop", "")):
        actions.stop_asking(asking, by=account, at=at)
        return redirect("documents:papers", about.pk)
    if request.method == "POST":
        wanted = request.POST.getlist("ask")
        pairs = [(row.member, kind) for row in rows for kind in row.askable if f"{row.member.pk}:{kind}" in wanted]
        asked = actions.ask(pairs, by=account, at=at)
        messages.success(request, _("It stands on their own pages now.") if asked else _("Nobody was chosen."))
        return redirect("documents:papers", about.pk)
    context = {"about": about, "rows": rows, "trail": _trail(about)}
    return render(request, "documents/therapist/papers.html", context)


@for_clinicians
def record(request: HttpRequest, young_person_id: UUID, membership_id: UUID, kind: str) -> HttpResponse:
    """Write down what somebody said aloud or signed on paper, with the words in view."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    rows = {row.member.pk: row for row in answers.overview(about, reader=account, at=at)}
    if membership_id not in rows or kind not in rows[membership_id].askable:
        raise Http404
    member = rows[membership_id].member
    form = RecordForm(request.POST or None, initial={"language": get_language()})
    language = str(form.data.get("language") or get_language())
    shown = answers.shown_in_force(about, kind, language=language, at=at)
    if form.is_valid():
        act = partial(actions.sign, member, shown, form.said(member.person.name), by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        return redirect("documents:papers", about.pk)
    context = {"about": about, "member": member, "shown": shown, "form": form, "trail": _trail(about, papers=True)}
    return render(request, "documents/therapist/record.html", context)


@for_clinicians
def signed(request: HttpRequest, signing_id: UUID) -> HttpResponse:
    """Show what somebody answered to which words, and take a clinician's signature beside it."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = answers.signing_for_clinician(account, signing_id)
        own = (
            people.memberships_of(account)
            .filter(young_person=found.young_person, relation__in=people.CLINICIANS)[:1]
            .get()
        )
    title, _gap, body = found.shown.partition("\n\n")
    shown = Shown(found.version, found.language, title, body.removesuffix("\n"))
    form = SignForm(request.POST or None, shown=shown)
    if form.is_valid():
        act = partial(actions.countersign, found, own, shown, form.said, by=account, at=at)
        try:
            once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
            return redirect("documents:signed", found.pk)
        except (actions.SignedBefore, actions.NotTheirs) as refusal:
            form.add_error(None, str(refusal))
    context: dict[str, Any] = {"signing": found, "beside": answers.beside(found), "shown": shown, "form": form}
    context |= {"asks": RULES[found.version.kind].with_therapist, "trail": _trail(found.young_person, papers=True)}
    return render(request, "documents/therapist/signed.html", context)


@for_clinicians
@require_GET
def file(request: HttpRequest, signing_id: UUID) -> HttpResponse:
    """Hand out the sealed file of an answer."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = answers.file_for_clinician(account, signing_id)
    return handed_out(found, to=account, at=at)


def _trail(about: YoungPerson, *, papers: bool = False) -> list[tuple[str, str]]:
    trail = [
        (reverse("portals:today"), _("Today")),
        (reverse("portals:young_person", args=[about.pk]), about.name),
    ]
    return [*trail, (reverse("documents:papers", args=[about.pk]), _("Papers"))] if papers else trail
