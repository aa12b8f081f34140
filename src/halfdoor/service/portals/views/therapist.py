"""Today, and a young person's page: the pages of clinicians."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import queries as people
from halfdoor.service.people.birthdays import talk_about
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.portals.forms import TalkForm
from halfdoor.service.portals.queries import birthdays, clinicians
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what is waiting, each a link to doing it."""
    page, waiting = (request.GET.get(name, "1") for name in ("page", "waiting"))
    shown = clinicians.today(account_of(request), page=page, waiting=waiting, at=clock.now())
    return render(request, "portals/therapist/today.html", {"today": shown})


@for_clinicians
@require_GET
def young_person(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show a young person's circle of care and who has asked."""
    account = account_of(request)
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    file = clinicians.file_of(about, page=request.GET.get("page", "1"), reader=account, at=clock.now())
    return render(request, "portals/therapist/young_person.html", {"file": file, "trail": trail_of(about)[:1]})


@for_clinicians
def birthday(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show the next birthday that changes rights, and take that it was gone through with the young person."""
    account, at, form = account_of(request), clock.now(), TalkForm(request.POST if request.method == "POST" else None)
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    coming = birthdays.coming(about, reader=account, at=at)
    if coming is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        talk_about(about, coming.birthday, words=form.cleaned_data["words"], by=account, at=at)
        return redirect("portals:today")
    context = {"coming": coming, "form": form, "trail": trail_of(about)}
    return render(request, "portals/therapist/birthday.html", context)


def trail_of(about: YoungPerson) -> list[tuple[str, str]]:
    """Return the way back from a page below a young person's."""
    return [
        (reverse("portals:today"), _("Today")),
        (reverse("portals:young_person", args=[about.pk]), about.name),
    ]
