"""Opening a record in an emergency, and a second person who looks at it afterwards."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import emergencies
from halfdoor.service.people.choices import EmergencyOutcome, WhyEmergency
from halfdoor.service.people.forms_of_staff import EmergencyForm, EmergencyReviewForm
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)

_A_PAGE = 50


@for_clinicians
def emergency(request: HttpRequest) -> HttpResponse:
    """Open a record for an hour, and list what was opened so far as this clinician may read of it."""
    account, at = account_of(request), clock.now()
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        young_person = emergencies.sought(typed["name"], typed["born_on"], by=account)
        if young_person is None:
            emergencies.missed(by=account, at=at)
            form.add_error("name", _("There is nobody of this name and day of birth here. Look how both are written."))
        else:
            why, words = WhyEmergency(typed["why"]), typed["words"]
            act = partial(emergencies.open_record, young_person, why=why, words=words, by=account, at=at)
            try:
                once.only(act, form=typed["once"], practice=account.practice, at=at)
                return redirect("portals:young_person", young_person.pk)
            except emergencies.NotNow as reason:
                form.add_error(None, str(reason))
    rows = emergencies.shown_to(account).order_by("-opened_at")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "people/therapist/emergency.html", {"form": form, "page": page, "at": at})


@for_clinicians
def access(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Show one emergency, and take what a second person found."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = emergencies.shown_to(account).get(pk=access_id)
    form = EmergencyReviewForm(request.POST or None)
    if form.is_valid():
        outcome = EmergencyOutcome(form.cleaned_data["outcome"])
        words = form.cleaned_data["words"]
        try:
            emergencies.review(found, outcome=outcome, words=words, by=account, at=at)
            messages.success(request, _("It is on record."))
            return redirect("people:emergency")
        except emergencies.NotNow as reason:
            messages.error(request, str(reason))
            return redirect("people:emergency_access", found.pk)
    shown = {
        "access": found,
        "review": emergencies.review_of(found),
        "has_ended": emergencies.has_ended(found),
        "is_own": found.opened_by_id == account.pk,
        "form": form,
        "trail": [(reverse("people:emergency"), _("Emergency access"))],
    }
    return render(request, "people/therapist/emergency_access.html", shown)


@for_clinicians
@require_POST
def close(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """End it now. Whoever opened it can, and whoever may look at it."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        found = emergencies.shown_to(account).get(pk=access_id)
    emergencies.close(found, by=account, at=at)
    messages.success(request, _("It has ended. A second person will look at it."))
    return redirect("people:emergency")
