"""Legal advice on a case: who asked whom, about what, and what the answer was. For clinicians of the circle."""

from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.legal import actions, queries
from halfdoor.service.disclosures.legal.forms import AdviceForm, ConsultationForm
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
def consultations(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show what lawyers were asked about a young person, and take down a question."""
    account = account_of(request)
    with or_nothing_here():
        young_person = people.young_person_of(account, young_person_id)
    form = ConsultationForm(request.POST or None)
    if form.is_valid():
        at, typed = clock.now(), dict(form.cleaned_data)
        act = partial(actions.consult, young_person, by=account, at=at)
        once.only(lambda: act(**typed), form=typed.pop("once"), practice=account.practice, at=at)
        return redirect("rules:advice", young_person.pk)
    context = {
        "young_person": young_person,
        "form": form,
        "consulted": queries.consultations_about(young_person, page=request.GET.get("page", "1"), reader=account),
        "trail": _trail(young_person),
    }
    return render(request, "disclosures/therapist/advice.html", context)


@for_clinicians
def answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Take down what the advice was."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = queries.consultation_of(account, consultation_id)
    today = at.astimezone(ZoneInfo(account.practice.time_zone)).date()
    form = AdviceForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            actions.advise(asked, **form.cleaned_data, by=account, at=at)
            return redirect("rules:advice", asked.young_person_id)
        except actions.AlreadyAnswered:
            form.add_error(None, _("The answer is on record already. Ask anew for what came later."))
    trail = [*_trail(asked.young_person), (reverse("rules:advice", args=[asked.young_person_id]), _("Legal advice"))]
    return render(request, "disclosures/therapist/answer.html", {"asked": asked, "form": form, "trail": trail})


def _trail(about: YoungPerson) -> list[tuple[str, str]]:
    page = reverse("portals:young_person", args=[about.pk])
    return [(reverse("portals:today"), _("Today")), (page, about.name)]
