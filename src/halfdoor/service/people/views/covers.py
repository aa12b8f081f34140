"""Who covers for whom, from which day to which: a list, a new one, and the end of one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import covering, queries
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.forms_of_staff import CoverForm
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)

_A_PAGE = 50


@for_keepers
def covers(request: HttpRequest) -> HttpResponse:
    """List who covers for whom, and name a cover."""
    account, at = account_of(request), clock.now()
    today = day_in(account.practice, at=at)
    clinicians = queries.clinicians_of(account.practice)
    initial = {"starts_on": today, "clinician": account.pk}
    form = CoverForm(request.POST or None, initial=initial, clinicians=clinicians, by=account, today=today)
    if form.is_valid():
        once_only = form.cleaned_data["once"]
        try:
            act = lambda: covering.arrange(form.absence, by=account, at=at)  # noqa: E731
            once.only(act, form=once_only, practice=account.practice, at=at)
        except covering.CannotCover as why:
            form.add_error("cover", str(why))
        else:
            messages.success(request, _("It is on record."))
            return redirect("people:covers")
    page = Paginator(covering.covers_of(account, at=at), _A_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "people/therapist/covers.html", {"page": page, "form": form, "today": today})


@for_keepers
@require_POST
def end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """End a cover now."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        cover = covering.cover_of(account, cover_id, at=at)
    covering.end(cover, by=account, at=at)
    messages.success(request, _("The cover has ended."))
    return redirect("people:covers")
