"""Taking in a file of people: looked at first, then on record as a whole."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import importing
from halfdoor.service.people.forms_of_staff import PeopleFileForm
from halfdoor.service.people.sheets import COLUMNS, Faulty

for_keepers = for_audience(Audience.LEAD, Audience.OFFICE)

_MOST_SHOWN = 200


@for_keepers
def take(request: HttpRequest) -> HttpResponse:
    """Say what a file would bring, or everything that is wrong in it; take it in when that was asked for."""
    form, account, at = PeopleFileForm(request.POST or None, request.FILES or None), account_of(request), clock.now()
    context: dict[str, object] = {"form": form, "columns": COLUMNS}
    if form.is_valid():
        content, looks = form.cleaned_data["file"].read(), form.cleaned_data["how"] == "look"
        act = partial(importing.take_in, content, dry_run=looks, by=account, at=at)
        try:
            used = None if looks else form.cleaned_data["once"]
            taken = once.only(act, form=used, practice=account.practice, at=at)
        except Faulty as wrong:
            context |= {"faults": wrong.faults[:_MOST_SHOWN], "how_many": len(wrong.faults)}
        else:
            if not looks:
                messages.success(request, _("The file is on record."))
                return redirect("people:kept")
            context["taken"] = taken
    context["trail"] = [(reverse("people:kept"), _("Circles of care"))]
    return render(request, "people/office/file.html", context)
