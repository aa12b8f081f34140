"""Asking, and reading the answer: the pages of whoever asks."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import drafts
from halfdoor.service.people.views.keeping import keeps
from halfdoor.service.requests import afterwards, asking, offers
from halfdoor.service.requests.forms import FamilyAskingForm
from halfdoor.service.requests.queries import families
from halfdoor.service.requests.wording import emergency_number
from halfdoor.service.requests.working_forms import HowItWasForm
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.CAREGIVER)
@keeps("ask", "membership_id", lambda *one, at: families.place_of(*one, at=at).young_person)
def ask(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Ask about one's own child."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        member = families.place_of(account, membership_id, at=at)
    kept = drafts.begun(account, about=membership_id, form="ask")
    form = FamilyAskingForm(request.POST or None, initial=kept)
    if form.is_valid():
        act = partial(asking.ask, member, form.asked, by=account, at=at)
        try:
            asked = once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
            drafts.forget(about=membership_id, form="ask", by=account)
            return redirect("requests:family_request", asked.pk) if asked else redirect("portals:week")
        except asking.TooManyOpen as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "kept": kept,
        "child": member.young_person,
        "emergency": emergency_number(account.practice.place),
    }
    return render(request, "requests/caregiver/ask.html", context | {"trail": _trail()})


@for_audience(Audience.CAREGIVER)
@require_GET
def show_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show a question one asked, and its answer."""
    kept = drafts.begun(account_of(request), about=request_id, form="how_it_was")
    return _page(request, request_id, HowItWasForm(initial=kept), kept=bool(kept))


@for_audience(Audience.CAREGIVER)
@require_GET
def letter(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show an answer as a letter to print or keep."""
    with or_nothing_here():
        asked = families.asked_page(account_of(request), request_id, at=clock.now())
    if asked.answer is None:
        return redirect("requests:family_request", request_id)
    context = {"asked": asked, "practice": account_of(request).practice.name, "at": clock.now(), "trail": _trail()}
    return render(request, "requests/caregiver/letter.html", context)


@for_audience(Audience.CAREGIVER)
@require_POST
def say_to_offer(request: HttpRequest, request_id: UUID, code: str) -> HttpResponse:
    """Say what one thinks of an offer."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = families.own_request(account, request_id, at=at)
    word = request.POST.get("word", "")
    if code in families.offered_codes(asked) and word in offers.FAMILY_WORDS:
        offers.say_for_family(asked, code, word, by=account, at=at)
    return redirect("requests:family_request", request_id)


@for_audience(Audience.CAREGIVER)
@require_POST
def ask_for_review(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask that somebody else looks at an answer."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = families.own_request(account, request_id, at=at)
    afterwards.ask_for_review(asked, by=account, at=at)
    return redirect("requests:family_request", request_id)


@for_audience(Audience.CAREGIVER)
@keeps("how_it_was", "request_id", lambda *one, at: families.own_request(*one, at=at).young_person)
def say_how_it_was(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say how an answer was. Whoever comes back to it finds the form on the page of the question."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = families.own_request(account, request_id, at=at)
    if request.method != "POST":
        return redirect("requests:family_request", request_id)
    form = HowItWasForm(request.POST)
    if not form.is_valid():
        return _page(request, request_id, form)
    typed = form.cleaned_data
    act = partial(afterwards.from_family, asked, typed["how"], words=typed["words"], by=account, at=at)
    once.only(act, form=typed["once"], practice=account.practice, at=at)
    drafts.forget(about=request_id, form="how_it_was", by=account)
    return redirect("requests:family_request", request_id)


def _page(request: HttpRequest, request_id: UUID, form: HowItWasForm, *, kept: bool = False) -> HttpResponse:
    with or_nothing_here():
        asked = families.asked_page(account_of(request), request_id, at=clock.now())
    context = {"asked": asked, "request_id": request_id, "how": form, "kept": kept, "trail": _trail()}
    return render(request, "requests/caregiver/request.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("portals:week"), _("This week"))]
