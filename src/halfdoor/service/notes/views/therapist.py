"""Reading notes, and what a family agreed about secrets: the pages of clinicians."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.gate import StillToDo
from halfdoor.service.documents.choices import Kind
from halfdoor.service.documents.models import Signing
from halfdoor.service.documents.queries.answers import YES, said_to
from halfdoor.service.notes import actions, queries
from halfdoor.service.notes.choices import SecretsRule
from halfdoor.service.notes.forms import HandingForm, SecretsForm
from halfdoor.service.notes.words import as_line, kinds_shown, what_is_marked
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
@require_GET
def note_list(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show the notes about a young person a page at a time, and one's own unfinished ones."""
    account, shown, page = account_of(request), request.GET.get("shown", "all"), request.GET.get("page", "1")
    with or_nothing_here():
        place = queries.place_of(account, young_person_id)
    number = min(max(int(page), 1), 100_000) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    found = queries.notes_for(place, shown=shown, page=number, at=clock.now())
    names = queries.names_of({one.written_by for one in found.items}, reader=account)
    context = {
        "about": place.young_person,
        "drafts": queries.drafts_about(place.young_person, page=request.GET.get("begun", "1"), author=account),
        "page": found,
        "lines": [as_line(one, names) for one in found.items],
        "kinds": kinds_shown(shown),
        "shown": shown if shown in queries.SHOWN else "all",
        "trail": trail(place.young_person)[:2],
    }
    return render(request, "notes/therapist/list.html", context)


@for_clinicians
@require_GET
def note(request: HttpRequest, young_person_id: UUID, item_id: UUID) -> HttpResponse:
    """Show one note with its history."""
    account = account_of(request)
    with or_nothing_here():
        place = queries.place_of(account, young_person_id)
        opened = queries.open_note(place, item_id, reader=account, at=clock.now())
    context = {
        "about": place.young_person,
        "opened": opened,
        "marks": what_is_marked(opened.note),
        "line": as_line(opened.note, {}),
        "beside": [as_line(one, {}) for one in opened.beside],
        "trail": trail(place.young_person),
    }
    return render(request, "notes/therapist/note.html", context)


@for_clinicians
def hand_over(request: HttpRequest, young_person_id: UUID, item_id: UUID, membership_id: UUID) -> HttpResponse:
    """Show how it stands with one note for one person, and hand it over once what comes first is done."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        place = queries.place_of(account, young_person_id)
        shown = queries.handing(place, item_id, membership_id, reader=account, at=at)
    form = HandingForm(request.POST if request.method == "POST" else None, todo=shown.todo)
    if shown.opens and form.is_valid():
        try:
            done = form.cleaned_data.get("done", ())
            if actions.hand_over(shown.member, item_id, done=done, by=account, at=at).went:
                messages.success(request, _("It is theirs to read now, and on the ledger."))
            return redirect("notes:note", young_person_id, item_id)
        except StillToDo as refusal:
            form.add_error(None, str(refusal))
    context = {"about": place.young_person, "handing": shown, "form": form, "trail": trail(place.young_person)}
    return render(request, "notes/therapist/hand_over.html", context)


def _as_signed(signings: Sequence[Signing], *, at: datetime) -> dict[str, Any]:
    """Return the form as it follows from who signed the paper in their own account."""
    if not signings:
        return {}
    signed_on = day_in(signings[0].practice, at=max(one.signed_at for one in signings))
    return {
        "rule": SecretsRule.EACH_DECIDES,
        "signed_by": [one.membership_id for one in signings],
        "signed_on": signed_on,
    }


@for_clinicians
def secrets(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show what the family signed about secrets, and take down what they sign."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    family = (Relation.SELF, *(one for one in Relation if one in _FAMILY))
    circle = {str(one.pk): one for one in people.circle_of(about, reader=account) if one.relation in family}
    here = said_to(about, Kind.SECRETS, reader=account)
    begun = _as_signed([one for one in here if one.answer in YES], at=at)
    form = SecretsForm(request.POST or None, initial=begun, circle=circle, today=day_in(about.practice, at=at))
    if form.is_valid():
        typed = form.cleaned_data
        signed_by = [circle[key] for key in typed["signed_by"]]
        rule, signed_on = SecretsRule(typed["rule"]), typed["signed_on"]
        actions.agree_on_secrets(about, rule=rule, signed_on=signed_on, signed_by=signed_by, by=account, at=at)
        messages.success(request, _("It is on record, for sessions from that day on."))
        return redirect("notes:secrets", about.pk)
    context = {
        "about": about,
        "form": form,
        "here": here,
        "signed": queries.secrets_of(about, reader=account)[:20],
        "trail": trail(about),
    }
    return render(request, "notes/therapist/secrets.html", context)


def trail(about: YoungPerson) -> list[tuple[str, str]]:
    """Return the way to the notes about somebody."""
    return [
        (reverse("portals:today"), _("Today")),
        (reverse("portals:young_person", args=[about.pk]), about.name),
        (reverse("notes:list", args=[about.pk]), _("Notes")),
    ]


_FAMILY = (
    Relation.PARENT,
    Relation.STEP_PARENT,
    Relation.GUARDIAN,
    Relation.FOSTER_CARER,
    Relation.RELATIVE,
)
