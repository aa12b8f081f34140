"""The ledger about one young person, its lines, and accounts of it: pages of clinicians."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock, jobs
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures import accounting, lines, tasks
from halfdoor.service.disclosures.accounting_files import FILES
from halfdoor.service.disclosures.choices import Copy, InWriting
from halfdoor.service.disclosures.forms import HoldForm, SoughtForm
from halfdoor.service.disclosures.views.files import as_file, asked_for, asked_part, shown
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)
_FEW = 20


@for_clinicians
@require_GET
def ledger(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show what was shared, refused and looked at again, newest first, by what is looked for."""
    account, about = account_of(request), _about(request, young_person_id)
    form = SoughtForm(request.GET, members=people.circle_of(about, reader=account))
    asked = request.GET.copy()
    page = (asked.pop("page", None) or ["1"])[-1]
    context = {
        "about": about,
        "form": form,
        "page": lines.page_of(about, form.sought, page=page, reader=account),
        "asked": f"{asked.urlencode()}&" if asked else "",
        "check": lines.latest_check(account.practice),
        "trail": _trail(about)[:-1],
    }
    return render(request, "disclosures/therapist/ledger.html", context)


@for_clinicians
@require_GET
def line(request: HttpRequest, young_person_id: UUID, line_id: UUID) -> HttpResponse:
    """Show one line: its decision, decided again, and its place in the chain."""
    account, about = account_of(request), _about(request, young_person_id)
    with or_nothing_here():
        found = lines.line_of(about, line_id, reader=account)
    context = {"about": about, "opened": lines.opened(found), "form": HoldForm(), "trail": _trail(about)}
    return render(request, "disclosures/therapist/line.html", context)


@for_clinicians
@require_POST
def check(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Have the whole chain read in the background."""
    account, about, at = account_of(request), _about(request, young_person_id), clock.now()
    jobs.enqueue(tasks.read_chain, practice=account.practice_id, dedupe_key="read-chain", at=at)
    messages.success(request, _("The whole ledger is being read. What was found stands here in a moment."))
    return redirect("disclosures:ledger", about.pk)


@for_clinicians
@require_GET
def account(request: HttpRequest, young_person_id: UUID, ending: str = "") -> HttpResponse:
    """Show an account of what was shared, in one of its copies, or give it as a file."""
    reader, about, at = account_of(request), _about(request, young_person_id), clock.now()
    form, period = asked_for(request, accounting.usual_period(about, at=at))
    part = asked_part(request, ending)
    copy = Copy.STAFF if request.GET.get("copy") == Copy.STAFF else Copy.OWN
    found = accounting.account_of(about, copy, period, part=part, by=reader, at=at)
    if ending in FILES:
        return as_file(found, ending)
    context = shown(found, part) | {
        "about": about,
        "form": form,
        "copy": copy,
        "given": Paginator(accounting.given_before(about, reader=reader), _FEW).get_page(request.GET.get("page")),
        "trail": _trail(about),
    }
    return render(request, "disclosures/therapist/account.html", context)


@for_clinicians
@require_POST
@proved_lately
def hold(request: HttpRequest, young_person_id: UUID, line_id: UUID) -> HttpResponse:
    """Leave a line out of accounts until a day, as police or an agency asked."""
    account, about, form, at = (
        account_of(request),
        _about(request, young_person_id),
        HoldForm(request.POST),
        clock.now(),
    )
    with or_nothing_here():
        found = lines.line_of(about, line_id, reader=account)
    if form.is_valid():
        said = form.cleaned_data
        try:
            how = {"until": said["until"], "in_writing": InWriting(said["in_writing"]), "said": said["said"]}
            accounting.hold(found, **how, by=account, at=at)
        except accounting.HeldTooLong:
            form.add_error("until", _("What was said by word of mouth holds for 30 days at most."))
        else:
            return redirect("disclosures:line", about.pk, found.pk)
    context = {"about": about, "opened": lines.opened(found), "form": form, "trail": _trail(about)}
    return render(request, "disclosures/therapist/line.html", context)


def _about(request: HttpRequest, young_person_id: UUID) -> YoungPerson:
    with or_nothing_here():
        return people.young_person_of(account_of(request), young_person_id)


def _trail(about: YoungPerson) -> list[tuple[str, str]]:
    return [
        (reverse("portals:today"), _("Today")),
        (reverse("portals:young_person", args=[about.pk]), about.name),
        (reverse("disclosures:ledger", args=[about.pk]), _("Ledger")),
    ]
