"""Somebody is asking: the first screen, and the page of a request."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import asks
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.gate import StillToDo
from halfdoor.service.people import drafts
from halfdoor.service.people import queries as people
from halfdoor.service.people.drafts import typed_before
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.requests import actions, second_reading
from halfdoor.service.requests.forms import AskingForm, FactsForm, FollowUpForm, QuestionForm
from halfdoor.service.requests.outlook import Outlook
from halfdoor.service.requests.queries import clinicians as queries
from halfdoor.service.requests.views.page import answer_form, do, find, page_of
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
def asking(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Take a request down, with what to say in view."""
    account, young_person = account_of(request), _young_person(request, young_person_id)
    circle = queries.callers(young_person, reader=account)
    kept = drafts.typed_by(account, about=young_person.pk).get("asking", {})
    form = AskingForm(request.POST or None, initial=typed_before(kept) | request.GET.dict(), circle=circle)
    if form.is_valid():
        at = clock.now()
        act = partial(actions.receive, young_person, form.asked, asked_by=form.member, by=account, at=at)
        received = once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        drafts.forget(about=young_person.pk, form="asking", by=account)
        return redirect("requests:request", received.pk) if received else redirect("portals:today")
    return render(request, "requests/therapist/asking.html", _asking(request, young_person, form))


@for_clinicians
@require_POST
def show_outlook(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show what to say to whoever is chosen. Nothing is written down."""
    account, young_person = account_of(request), _young_person(request, young_person_id)
    form = AskingForm(request.POST, circle=queries.callers(young_person, reader=account))
    form.is_valid()
    name = "outlook" if getattr(request, "htmx", False) else "asking"
    return render(request, f"requests/therapist/{name}.html", _asking(request, young_person, form))


@for_clinicians
@require_POST
def keep_asking(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Keep what was typed about somebody who is asking, for whoever typed it."""
    account, young_person = account_of(request), _young_person(request, young_person_id)
    typed = dict(request.POST.lists())
    drafts.keep(young_person, about=young_person.pk, form="asking", typed=typed, by=account, at=clock.now())
    if getattr(request, "htmx", False):
        return render(request, "requests/therapist/kept_at.html", {"at": clock.now()})
    return redirect("requests:asking", young_person.pk)


@for_clinicians
@require_GET
def show_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show one request: what to say now, what could change it, and what has happened."""
    return page_of(request, find(request, request_id))


@for_clinicians
@require_POST
def keep(request: HttpRequest, request_id: UUID, form: str) -> HttpResponse:
    """Keep what was typed and not sent, for whoever typed it."""
    asked, account, at = find(request, request_id), account_of(request), clock.now()
    typed = dict(request.POST.lists())
    drafts.keep(asked.young_person, about=asked.pk, form=form[:20], typed=typed, by=account, at=at)
    if getattr(request, "htmx", False):
        return render(request, "requests/therapist/kept_at.html", {"at": at})
    return redirect("requests:request", asked.pk)


@for_clinicians
@require_POST
def record_facts(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put on record what came out on the telephone, and decide again."""
    asked, account, at = find(request, request_id), account_of(request), clock.now()
    form = FactsForm(request.POST, names=queries.case_of(asked, reader=account, at=at).outlook.missing)
    if not form.is_valid():
        return page_of(request, asked, facts=form)
    evidence = form.cleaned_data["evidence"]
    return do(request, asked, "facts", form, partial(actions.record_facts, asked, form.stated, evidence=evidence))


@for_clinicians
@require_POST
def ask(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put the request to the young person's own page."""
    asked, form = find(request, request_id), QuestionForm(request.POST)
    if not form.is_valid():
        return page_of(request, asked, question=form)
    words, reasons = form.cleaned_data["words"], form.cleaned_data["reasons"]
    act = partial(actions.ask_young_person, asked, words=words, reasons=reasons)
    try:
        response = do(request, asked, "question", form, act)
        messages.success(request, _("It stands on the young person’s own page now."))
    except actions.ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
        return redirect("requests:request", asked.pk)
    return response


@for_clinicians
@require_POST
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer whoever asked, or tell them when we come back; or give the answer to a second reader first."""
    what, at = request.POST.get("do", "close"), clock.now()
    name = what if what in ("share", "later", "keep_back") else "close"
    asked_again = asks(request, at=at) if name == "keep_back" or request.POST.get("in_general") else None
    if asked_again is not None:
        return asked_again
    asked = find(request, request_id)
    case = queries.case_of(asked, reader=account_of(request), at=at)
    form = answer_form(case, request.POST, what=name)
    if form.is_valid():
        try:
            return do(request, asked, "answer", form, _answering(name, case, form.told))
        except (StillToDo, actions.ChangedMeanwhile) as refusal:
            form.add_error(None, str(refusal))
    return page_of(request, asked, **{"keep_back" if name == "keep_back" else "answer": form})


@for_clinicians
@require_POST
def follow_up(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note that somebody came back to an answer, and how it was."""
    asked, form = find(request, request_id), FollowUpForm(request.POST)
    if not form.is_valid():
        return page_of(request, asked, follow_up=form)
    said = form.cleaned_data["said"]
    return do(request, asked, "follow_up", form, partial(actions.follow_up, asked, said=said))


def _answering(name: str, case: queries.Case, told: actions.Told) -> Callable[..., object]:
    """Return what is done with an answer: given, promised for later, or read by a second person first."""
    if name == "later":
        return partial(actions.come_back_later, case.request, told)
    act = "share" if name == "share" else "close"
    if case.outlook.opens is not (act == "share" or bool(told.instead)):
        raise actions.ChangedMeanwhile
    if second_reading.is_wanted(case.request, act):
        return partial(second_reading.propose, case.request, act, told)
    return partial(second_reading.ACTS[act], case.request, told)


def _young_person(request: HttpRequest, young_person_id: UUID) -> YoungPerson:
    with or_nothing_here():
        return people.young_person_of(account_of(request), young_person_id)


def _asking(request: HttpRequest, young_person: YoungPerson, form: AskingForm) -> dict[str, Any]:
    question = form.question(young_person)
    page = reverse("portals:young_person", args=[young_person.pk])
    return {
        "young_person": young_person,
        "form": form,
        "outlook": Outlook(question, account_of(request), clock.now()) if question else None,
        "office": form.path,
        "trail": [(reverse("portals:today"), _("Today")), (page, young_person.name)],
    }
