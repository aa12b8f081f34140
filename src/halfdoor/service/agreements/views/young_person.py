"""What I want told, by subject and person, and who may be told: the young person's own pages. Titles say nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import private_room
from halfdoor.service.agreements import actions, answering, starting
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.agreements.forms import SubjectForm
from halfdoor.service.agreements.queries import consents as queries
from halfdoor.service.agreements.queries import wishes as wish_queries
from halfdoor.service.agreements.views.going_on import FORM, change, step
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people.views.keeping import keeps
from halfdoor.service.web.finding import or_nothing_here

for_me = for_audience(Audience.YOUNG_PERSON)


@for_me
@private_room
def wishes(request: HttpRequest, membership_id: UUID | None = None) -> HttpResponse:
    """Show what I said by subject, for one person or for everybody, and take what I say now."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        shown = wish_queries.wishes_for_me(account, membership_id)
    form = SubjectForm(request.POST or None)
    if form.is_valid():
        topic, value = Topic(form.cleaned_data["topic"]), WishValue(form.cleaned_data["value"])
        source, whom = WishSource.OWN_PAGE, shown.member
        actions.wish(shown.me, topic=topic, value=value, source=source, about=whom, by=account, at=at)
        return redirect(request.path)
    if request.POST.get("do") == "still_right":
        starting.ask_again(shown.me, by=account, at=at)
        return redirect(request.path)
    return render(request, "agreements/young_person/wishes.html", {"wishes": shown})


@for_me
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """Show whom I let be told what, what I am asked, and whom else I could let be told something."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        context = {
            "asked": queries.asked_of_reader(account, at=at),
            "given": queries.given_by_me(account, page=request.GET.get("page", "1"), at=at),
            "people": queries.recipients_for_me(account),
        }
    return render(request, "agreements/young_person/consents.html", context)


@for_me
@keeps(FORM, "membership_id", lambda *one, at: queries.me_and(*one)[0].young_person)
def give(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Let somebody around me be told something: what, what for, until when; then read it and agree."""
    with or_nothing_here():
        giver, recipient = queries.me_and(account_of(request), membership_id)
        asked = answering.Asked(giver=giver, recipient=recipient)
        now = step(request, asked, about=membership_id)
    return _answered(request, now)


@for_me
@keeps(FORM, "proposal_id", lambda *one, at: queries.proposal_for_me(*one).giver.young_person)
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show what I am asked, let me make it smaller, and take a yes or a no."""
    with or_nothing_here():
        asked = answering.Asked.by(queries.proposal_for_me(account_of(request), proposal_id))
        now = step(request, asked, about=proposal_id)
    return _answered(request, now)


@for_me
@keeps(FORM, "consent_id", lambda *one, at: queries.page_for_me(*one, at=at).consent.row.young_person)
def consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show what I let be told and what has gone; make it smaller, or take it back."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        page = queries.page_for_me(account, consent_id, at=at)
    now = change(request, page)
    if now.instead:
        return redirect("agreements:my_consent", now.instead)
    return render(request, "agreements/young_person/consent.html", {"now": now, "trail": _trail()})


def _answered(request: HttpRequest, now: answering.Answering) -> HttpResponse:
    if now.was_answered:
        return redirect("agreements:my_consents")
    return render(request, "agreements/young_person/answer.html", {"now": now, "trail": _trail()})


def _trail() -> list[tuple[str, str]]:
    return [(reverse("agreements:my_consents"), _("Who may be told"))]
