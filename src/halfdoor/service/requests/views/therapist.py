"""Somebody is asking: the pages of clinicians."""

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
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.gate import StillToDo
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.requests import actions
from halfdoor.service.requests.forms import AnswerForm, AskingForm, FactsForm, FollowUpForm, QuestionForm
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.requests.outlook import Outlook
from halfdoor.service.requests.queries import clinicians as queries
from halfdoor.service.requests.words import USUAL_ALTERNATIVES
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
def asking(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Take a request down, with what to say in view."""
    account, young_person = account_of(request), _young_person(request, young_person_id)
    circle = queries.callers(young_person, reader=account)
    form = AskingForm(request.POST or None, initial=request.GET.dict(), circle=circle)
    if form.is_valid():
        at = clock.now()
        act = partial(actions.receive, young_person, form.asked, asked_by=form.member, by=account, at=at)
        received = once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
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
@require_GET
def show_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show one request: what to say now, what could change it, and what has happened."""
    return _page(request, _request(request, request_id))


@for_clinicians
@require_POST
def record_facts(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put on record what came out on the telephone, and decide again."""
    asked, account, at = _request(request, request_id), account_of(request), clock.now()
    form = FactsForm(request.POST, names=queries.case_of(asked, reader=account, at=at).outlook.missing)
    if not form.is_valid():
        return _page(request, asked, facts_form=form)
    evidence = form.cleaned_data["evidence"]
    actions.record_facts(asked, form.stated, evidence=evidence, by=account, at=at)
    return redirect("requests:request", asked.pk)


@for_clinicians
@require_POST
def ask(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put the request to the young person's own page."""
    asked, form = _request(request, request_id), QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, question_form=form)
    try:
        actions.ask_young_person(asked, words=form.cleaned_data["words"], by=account_of(request), at=clock.now())
        messages.success(request, _("It stands on the young person’s own page now."))
    except actions.ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
    return redirect("requests:request", asked.pk)


@for_clinicians
@require_POST
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer whoever asked, or tell them when we come back."""
    asked, account, at = _request(request, request_id), account_of(request), clock.now()
    act = {"share": actions.share, "later": actions.come_back_later}.get(
        request.POST.get("do", ""), actions.keep_closed
    )
    form = _answer_form(queries.case_of(asked, reader=account, at=at), request.POST, opens=act is actions.share)
    if form.is_valid():
        try:
            send = partial(act, asked, form.told, by=account, at=at)
            once.only(send, form=form.cleaned_data["once"], practice=account.practice, at=at)
            return redirect("requests:request", asked.pk)
        except (StillToDo, actions.ChangedMeanwhile) as refusal:
            form.add_error(None, str(refusal))
    return _page(request, asked, answer_form=form)


@for_clinicians
@require_POST
def follow_up(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note that somebody came back to an answer, and how it was."""
    asked, form = _request(request, request_id), FollowUpForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, follow_up_form=form)
    actions.follow_up(asked, said=form.cleaned_data["said"], by=account_of(request), at=clock.now())
    return redirect("requests:request", asked.pk)


def _young_person(request: HttpRequest, young_person_id: UUID) -> YoungPerson:
    with or_nothing_here():
        return people.young_person_of(account_of(request), young_person_id)


def _request(request: HttpRequest, request_id: UUID) -> FamilyRequest:
    with or_nothing_here():
        return queries.request_of(account_of(request), request_id)


def _asking(request: HttpRequest, young_person: YoungPerson, form: AskingForm) -> dict[str, Any]:
    question = form.question(young_person)
    return {
        "young_person": young_person,
        "form": form,
        "outlook": Outlook(question, account_of(request), clock.now()) if question else None,
        "trail": _trail(young_person),
    }


def _page(request: HttpRequest, asked: FamilyRequest, **forms: object) -> HttpResponse:
    case = queries.case_of(asked, reader=account_of(request), at=clock.now())
    context = {
        "case": case,
        "trail": _trail(asked.young_person),
        "facts_form": FactsForm(names=case.outlook.missing),
        "question_form": QuestionForm(),
        "follow_up_form": FollowUpForm(auto_id="follow_up_%s"),
        "answer_form": _answer_form(case, None, opens=case.outlook.opens),
    }
    return render(request, "requests/therapist/request.html", context | forms)


def _answer_form(case: queries.Case, typed: Any, *, opens: bool) -> AnswerForm:
    initial = {"look_again_on": case.outlook.back_on, "alternatives": list(USUAL_ALTERNATIVES)}
    return AnswerForm(typed, opens=opens, todo=case.outlook.todo if opens else (), on=case.today, initial=initial)


def _trail(young_person: YoungPerson) -> list[tuple[str, str]]:
    page = reverse("portals:young_person", args=[young_person.pk])
    return [(reverse("portals:today"), _("Today")), (page, young_person.name)]
