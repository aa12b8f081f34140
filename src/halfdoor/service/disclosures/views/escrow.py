"""Process notes in escrow: asked for by one officer, agreed to by another, read for a day, told to their author."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.escrow import actions, queries, reading, standing
from halfdoor.service.disclosures.escrow.actions import NotNow
from halfdoor.service.disclosures.escrow.forms import EscrowForm
from halfdoor.service.disclosures.escrow.queries import Found
from halfdoor.service.disclosures.escrow.reading import Begun
from halfdoor.service.disclosures.escrow.rows import Escrow, EscrowOutcome, WhyEscrow
from halfdoor.service.people.forms import OnceForm
from halfdoor.service.web.finding import or_nothing_here

_A_PAGE = 25
_KEPT = "reading in escrow"


@for_audience(Audience.LEAD)
@require_GET
def escrows(request: HttpRequest) -> HttpResponse:
    """List what was asked for so far, and say how to ask."""
    rows = queries.escrows_of(account_of(request))
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "disclosures/lead/escrows.html", {"page": page})


@for_audience(Audience.LEAD)
@proved_lately
def ask(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Ask to open what an author wrote for themselves about a young person."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = standing.whom(account, at=at).get(pk=young_person_id)
    form = EscrowForm(request.POST or None, authors=standing.authors_about(about, reader=account))
    if form.is_valid():
        typed = form.cleaned_data
        why, because = WhyEscrow(typed["why"]), typed["because"]
        act = partial(actions.ask, about, typed["author"], why=why, because=because, by=account, at=at)
        try:
            once.only(act, form=typed["once"], practice=account.practice, at=at)
            messages.success(request, _("It is asked. Nothing opens before a second person agrees."))
            return redirect("disclosures:escrows")
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    return render(request, "disclosures/lead/ask_escrow.html", {"about": about, "form": form, "trail": _trail()})


@for_audience(Audience.LEAD, Audience.THERAPIST)
@proved_lately
def escrow(request: HttpRequest, escrow_id: UUID) -> HttpResponse:
    """Show one, and take down what a second officer, whoever asked, or the author says."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = queries.escrow_of(account, escrow_id, at=at)
    if request.method == "POST":
        return _did(request, found, by=account, at=at)
    shown = {"found": found, "reading": OnceForm(), "trail": _trail(account.role)}
    return render(request, "disclosures/lead/escrow.html", shown)


def _did(request: HttpRequest, found: Found, *, by: Account, at: datetime) -> HttpResponse:
    """Do what was pressed, and show what became of it; an author who has read of it goes on with the day."""
    what, page = request.POST.get("do", ""), redirect("disclosures:escrow", found.escrow.pk)
    try:
        _do(what, found.escrow, by=by, at=at)
        messages.success(request, _("It is on record."))
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return page if by.role == Role.LEAD else redirect("portals:today")
    return redirect("portals:today") if what == "seen" else page


def _do(what: str, escrow: Escrow, *, by: Account, at: datetime) -> None:
    match what:
        case "agree":
            actions.settle(escrow, EscrowOutcome.AGREED, by=by, at=at)
        case "drop":
            actions.settle(escrow, EscrowOutcome.DROPPED, by=by, at=at)
        case "close":
            actions.close(escrow, by=by, at=at)
        case "seen":
            actions.seen(escrow, by=by, at=at)
        case _:
            raise NotNow(_("Choose one of the buttons."))


@for_audience(Audience.LEAD)
@proved_lately
def read(request: HttpRequest, escrow_id: UUID) -> HttpResponse:
    """Begin a reading where the button was pressed; show its notes, as often as they are loaded, while it lasts."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = queries.escrow_of(account, escrow_id, at=at)
    if found.escrow.asked_by_id != account.pk:
        raise Http404
    try:
        if request.method == "POST":
            return _begun(request, found.escrow, by=account, at=at)
        notes = reading.notes_in(_kept(request, escrow_id), found.escrow, by=account, at=at)
    except NotNow as closed:
        messages.info(request, str(closed))
        return redirect("disclosures:escrow", escrow_id)
    trail = [*_trail(), (reverse("disclosures:escrow", args=[escrow_id]), _("Who asked, and why"))]
    shown = {"found": found, "notes": notes, "trail": trail}
    return render(request, "disclosures/lead/read_escrow.html", shown)


def _begun(request: HttpRequest, escrow: Escrow, *, by: Account, at: datetime) -> HttpResponse:
    """Begin, unless this device is reading already or the button was pressed twice."""
    form = OnceForm(request.POST)
    if form.is_valid() and not reading.lasts(_kept(request, escrow.pk), escrow, by=by, at=at):
        act = partial(reading.begin, escrow, by=by, at=at)
        begun = once.only(act, form=form.cleaned_data["once"], practice=by.practice, at=at)
        if begun is not None:
            request.session[_KEPT] = {str(escrow.pk): begun.to_keep}
    return redirect("disclosures:read_escrow", escrow.pk)


def _kept(request: HttpRequest, escrow_id: UUID) -> Begun | None:
    return Begun.kept(request.session.get(_KEPT, {}).get(str(escrow_id)))


def _trail(role: str = "lead") -> list[tuple[str, str]]:
    if role == "lead":
        return [
            (reverse("portals:today"), _("Today")),
            (reverse("disclosures:escrows"), _("Process notes of colleagues")),
        ]
    return [(reverse("portals:today"), _("Today"))]
