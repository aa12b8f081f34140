"""Our rules: what a practice answers by, and how it changes that. For clinicians; proposals are the lead's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.house import actions, drafts, guided, queries, sentences
from halfdoor.service.disclosures.house.forms import BecauseForm, FirstDayForm, GuidedForm, TextForm
from halfdoor.service.disclosures.house.queries import Case
from halfdoor.service.disclosures.house.rows import Finding, Proposal
from halfdoor.service.people.facts import day_in
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)
for_leads = for_audience(Audience.LEAD)


@for_clinicians
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules that hold, those that held, and what is proposed."""
    book = queries.rulebook(account_of(request), page=request.GET.get("page", "1"), at=clock.now())
    return render(request, "disclosures/lead/rules.html", {"book": book, "shipped_form": BecauseForm()})


@for_clinicians
@require_GET
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show one version of the rules, whether it holds or not."""
    with or_nothing_here():
        found = queries.version_of(account_of(request), version_id)
    told = sentences.told(queries.pack_of(found))
    return render(request, "disclosures/lead/version.html", {"version": found, "rules": told, "trail": _trail()})


@for_clinicians
@require_GET
def download(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Hand out one version as a file for `halfdoor packs`. Its name says nothing."""
    with or_nothing_here():
        found = queries.version_of(account_of(request), version_id)
    answer = HttpResponse(drafts.text_of(found), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rules.toml"'
    return answer


@for_leads
def propose(request: HttpRequest) -> HttpResponse:
    """Take down one wish, and make a rule of it."""
    account, at = account_of(request), clock.now()
    form = GuidedForm(request.POST or None)
    if form.is_valid():
        text = drafts.text_of(actions.newest(account.practice))
        name = drafts.pack_of(text, place=account.practice.place).id
        written = guided.with_rule(text, form.wanted, pack=name, on=day_in(account.practice, at=at))
        proposed = _propose(request, form, written)
        if proposed:
            return redirect("rules:proposal", proposed.pk)
    return render(request, "disclosures/lead/propose.html", {"form": form, "trail": _trail()})


@for_leads
def write(request: HttpRequest) -> HttpResponse:
    """Take the rules down as text, beginning from those that hold or from an earlier proposal."""
    account = account_of(request)
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm(initial=_begin(request))
    if request.method == "POST" and form.is_valid():
        proposed = _propose(request, form, form.cleaned_data["text"])
        if proposed:
            return redirect("rules:proposal", proposed.pk)
    context = {"form": form, "trail": _trail(), "place": account.practice.place}
    return render(request, "disclosures/lead/write.html", context)


@for_leads
@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    """Propose the rules that come with Halfdoor."""
    account, form = account_of(request), BecauseForm(request.POST)
    if form.is_valid():
        try:
            because = form.cleaned_data["because"]
            proposed = actions.propose_shipped(because=because, by=account, at=clock.now())
            return redirect("rules:proposal", proposed.pk)
        except actions.NotNow as refusal:
            form.add_error(None, str(refusal))
    book = queries.rulebook(account, at=clock.now())
    return render(request, "disclosures/lead/rules.html", {"book": book, "shipped_form": form})


@for_clinicians
@require_GET
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show what a proposal changes, and what can be done with it."""
    return _page(request, _proposal(request, proposal_id))


@for_clinicians
@require_POST
@proved_lately
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Approve a proposal, withdraw it, look again, or bring it into force."""
    found, account, at = _proposal(request, proposal_id), account_of(request), clock.now()
    form = FirstDayForm(request.POST) if request.POST.get("do") == "activate" else None
    try:
        match request.POST.get("do"):
            case "approve":
                fingerprint = request.POST.get("fingerprint", "")
                actions.approve(found, fingerprint=fingerprint, by=account, at=at)
                messages.success(request, _("You have approved it. A lead can bring it into force now."))
            case "withdraw":
                actions.withdraw(found, by=account, at=at)
            case "look":
                actions.look_again(found, by=account, at=at)
            case "activate" if form and form.is_valid():
                actions.activate(found, from_on=form.cleaned_data["from_on"], by=account, at=at)
                messages.success(request, _("It is decided. Every answer from that day on is by these rules."))
            case _:
                return _page(request, found, day_form=form)
    except (actions.NotNow, actions.NotTheirs) as refusal:
        messages.error(request, str(refusal) if isinstance(refusal, actions.NotNow) else _("This is the lead’s to do."))
    return redirect("rules:proposal", found.pk)


@for_clinicians
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Note that whoever reads has seen the newest change."""
    account = account_of(request)
    unseen = queries.unseen_by(account)
    if unseen:
        actions.see(unseen, by=account, at=clock.now())
    return redirect("rules:rules")


def _propose(request: HttpRequest, form: Any, text: str) -> Proposal | None:
    """Return the proposal; none where the form says now what is wrong with it."""
    try:
        return actions.propose(text, because=form.cleaned_data["because"], by=account_of(request), at=clock.now())
    except (drafts.Unusable, actions.NotNow) as refusal:
        form.add_error("text" if "text" in form.fields else None, str(refusal))
    return None


def _begin(request: HttpRequest) -> dict[str, str]:
    account, earlier = account_of(request), request.GET.get("from", "")
    if not earlier:
        return {"text": drafts.text_of(actions.newest(account.practice))}
    with or_nothing_here():
        found = queries.proposal_of(account, _key(earlier))
    return {"text": drafts.text_of(found.version), "because": found.because}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _proposal(request: HttpRequest, proposal_id: UUID) -> Proposal:
    with or_nothing_here():
        return queries.proposal_of(account_of(request), proposal_id)


def _page(request: HttpRequest, found: Proposal, *, day_form: FirstDayForm | None = None) -> HttpResponse:
    account = account_of(request)
    case: Case = queries.case_of(found, reader=account, at=clock.now())
    context: dict[str, Any] = {
        "case": case,
        "trail": _trail(),
        "day_form": day_form or FirstDayForm(initial={"from_on": case.today}),
        "remarks": queries.remarks_on(case),
    }
    if case.ready:
        for kind, name in ((Finding.Kind.LINE, "lines"), (Finding.Kind.CELL, "cells")):
            page = request.GET.get(name, "1")
            context[name] = queries.findings(case.ready, kind=kind, page=page, reader=account)
    return render(request, "disclosures/lead/proposal.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("portals:today"), _("Today")), (reverse("rules:rules"), _("Our rules"))]
