"""How long records are kept, for those who keep them."""

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
from halfdoor.service.people.facts import day_in
from halfdoor.service.records import actions, queries
from halfdoor.service.records.actions import NotNow
from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, Outcome, RecordKind
from halfdoor.service.records.forms import HoldForm, KeeperForm, KnownForm, LiftForm
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.LEAD, Audience.OFFICE, Audience.THERAPIST)
for_clinicians = for_audience(Audience.LEAD, Audience.THERAPIST)


@for_audience(Audience.LEAD, Audience.OFFICE)
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """Show how long every record of the practice is kept, those that may go first."""
    only, page = request.GET.get("only", ""), request.GET.get("page", "1")
    found = queries.shelves(account_of(request), only=only, page=page, at=clock.now())
    return render(request, "records/staff/records.html", {"shelves": found, "only": only})


@for_audience(Audience.LEAD)
def keeper(request: HttpRequest) -> HttpResponse:
    """Take down what the practice's records are, and who keeps them."""
    form = KeeperForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        which = RecordKind(said["record"]), KeptBy(said["kept_by"])
        actions.say_who_keeps(*which, by=account_of(request), at=clock.now())
        return redirect("records:records")
    trail = [(reverse("records:records"), _("How long we keep records"))]
    return render(request, "records/staff/keeper.html", {"form": form, "trail": trail})


@for_keepers
@require_GET
def record(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show how long one record is kept, by which rules, and what holds it."""
    return page(request, young_person_id)


@for_clinicians
@require_POST
def known(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Take down what is known of a young person that says how long their record is kept."""
    account, at = account_of(request), clock.now()
    form = KnownForm(request.POST, today=day_in(account.practice, at=at))
    with or_nothing_here():
        about = queries.young_person_of(account, young_person_id)
    if form.is_valid():
        alleged, died_on = Alleged(form.cleaned_data["abuse_alleged"]), form.cleaned_data["died_on"]
        actions.say_known(about, abuse_alleged=alleged, died_on=died_on, by=account, at=at)
        return redirect("records:record", young_person_id)
    return page(request, young_person_id, known_form=form)


@for_keepers
@require_POST
def hold(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Hold a record. It takes one person, and holds at once."""
    account, form = account_of(request), HoldForm(request.POST)
    with or_nothing_here():
        about = queries.young_person_of(account, young_person_id)
    if form.is_valid():
        kind, because = HoldKind(form.cleaned_data["kind"]), form.cleaned_data["because"]
        actions.hold(about, kind, because=because, by=account, at=clock.now())
        messages.success(request, _("The record is held. Nothing of it goes until two people lift this."))
        return redirect("records:record", young_person_id)
    return page(request, young_person_id, hold_form=form)


@for_keepers
@proved_lately
def ask_to_lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Ask a second person that a hold be lifted."""
    account, form = account_of(request), LiftForm(request.POST or None)
    with or_nothing_here():
        held = queries.hold_of(account, hold_id)
    if form.is_valid():
        try:
            actions.ask_to_lift(held, because=form.cleaned_data["because"], by=account, at=clock.now())
            messages.success(request, _("It waits for a second person. Until then the record is held."))
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect("records:record", held.young_person_id)
    back = reverse("records:record", args=[held.young_person_id])
    trail = [(reverse("portals:today"), _("Today")), (back, _("How long it is kept"))]
    return render(request, "records/staff/lift.html", {"hold": held, "form": form, "trail": trail, "back": back})


@for_clinicians
@require_POST
@proved_lately
def settle_lifting(request: HttpRequest, lifting_id: UUID) -> HttpResponse:
    """Lift a hold as a second person, or leave it as it is."""
    account = account_of(request)
    with or_nothing_here():
        asked = queries.lifting_of(account, lifting_id)
    outcome = Outcome.AGREED if request.POST.get("do") == "agree" else Outcome.DROPPED
    try:
        actions.settle_lifting(asked, outcome, by=account, at=clock.now())
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return redirect("portals:today") if outcome is Outcome.AGREED else redirect("records:record", asked.young_person_id)


def page(request: HttpRequest, young_person_id: UUID, **forms: Any) -> HttpResponse:
    """Return the page about one record, with whatever was typed and has to be mended."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = queries.young_person_of(account, young_person_id)
    found = queries.record_of(account, about, at=at)
    said = found.standing.known
    initial = {"abuse_alleged": said.abuse_alleged if said else Alleged.UNKNOWN, "died_on": said and said.died_on}
    shown = {
        "record": found,
        "known_form": KnownForm(today=day_in(account.practice, at=at), initial=initial),
        "hold_form": HoldForm(),
        "trail": [(reverse("portals:today"), _("Today"))],
    }
    return render(request, "records/staff/record.html", shown | forms)
