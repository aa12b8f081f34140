"""Consents to share of caregivers: giving, making smaller, taking back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.agreements import answering
from halfdoor.service.agreements.queries import consents as queries
from halfdoor.service.agreements.views.going_on import FORM, change, step
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people.views.keeping import keeps
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.CAREGIVER)
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """Show what one is asked to consent to, and what one has consented to."""
    account, at = account_of(request), clock.now()
    given = queries.given_by_family(account, page=request.GET.get("page", "1"), at=at)
    context = {"asked": queries.asked_of_reader(account, at=at), "given": given}
    return render(request, "agreements/caregiver/consents.html", context)


@for_audience(Audience.CAREGIVER)
@keeps(FORM, "proposal_id", lambda *one, at: queries.proposal_for_family(*one, at=at).giver.young_person)
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show what one is asked to consent to, let it be made smaller, and take a yes or a no."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = answering.Asked.by(queries.proposal_for_family(account, proposal_id, at=at))
        now = step(request, asked, about=proposal_id)
    if now.was_answered:
        return redirect("agreements:family_consents")
    return render(request, "agreements/caregiver/answer.html", {"now": now, "trail": _trail()})


@for_audience(Audience.CAREGIVER)
@keeps(FORM, "consent_id", lambda *one, at: queries.page_for_family(*one, at=at).consent.row.young_person)
def consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show a consent one gave and what has gone on it; make it smaller, or take it back."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        page = queries.page_for_family(account, consent_id, at=at)
    now = change(request, page)
    if now.instead:
        return redirect("agreements:family_consent", now.instead)
    return render(request, "agreements/caregiver/consent.html", {"now": now, "trail": _trail()})


def _trail() -> list[tuple[str, str]]:
    return [(reverse("portals:week"), _("This week")), (reverse("agreements:family_consents"), _("Consents to share"))]
