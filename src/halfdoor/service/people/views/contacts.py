"""How people can be reached: one person at a time, and what two people share, for a person to decide."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import queries, reaching
from halfdoor.service.people.choices import ContactKind, SharedContactOutcome
from halfdoor.service.people.forms_of_staff import ContactForm, SharedContactForm
from halfdoor.service.people.masking import masked
from halfdoor.service.people.models import Contact, Membership
from halfdoor.service.people.views.circles import trail
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)
for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@dataclass(frozen=True, slots=True)
class _Row:
    """A contact on a page: masked, unless somebody asked to see this one."""

    contact: Contact
    is_held: bool
    is_whole: bool

    @property
    def value(self) -> str:
        value, kind = str(self.contact.value), ContactKind(self.contact.kind)
        return value if self.is_whole else masked(kind, value)


@for_keepers
def ways(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> HttpResponse:
    """Show how one member of a circle can be reached, and put down another way."""
    account, member = account_of(request), _member(request, young_person_id, membership_id)
    form, at = ContactForm(request.POST or None, place=account.practice.place), clock.now()
    if form.is_valid():
        typed = {"kind": ContactKind(form.cleaned_data["kind"]), "value": form.cleaned_data["value"]}
        act = partial(reaching.put_down, member.person, **typed, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        messages.success(request, _("It is on record."))
        return redirect("people:ways", young_person_id, membership_id)
    found = reaching.with_sign_ins(reaching.ways_to_reach(member.person, reader=account), practice=account.practice)
    asked_for = request.GET.get("show", "")
    rows = [_Row(one, reaching.is_held(one), is_whole=str(one.pk) == asked_for) for one in found]
    context = {"member": member, "contacts": rows, "form": form, "trail": trail(member.young_person)}
    return render(request, "people/therapist/contacts.html", context)


@for_keepers
@require_POST
def put_away(request: HttpRequest, young_person_id: UUID, membership_id: UUID, contact_id: UUID) -> HttpResponse:
    """Stop using one contact."""
    account, member = account_of(request), _member(request, young_person_id, membership_id)
    with or_nothing_here():
        contact = reaching.ways_to_reach(member.person, reader=account).get(pk=contact_id)
    reaching.put_away(contact, by=account, at=clock.now())
    return redirect("people:ways", young_person_id, membership_id)


@for_clinicians
def shared(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Decide about a contact that somebody else uses too."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        contact: Contact = reaching.held_contact(account, contact_id)
    form = SharedContactForm(request.POST or None)
    if form.is_valid():
        said = {"outcome": SharedContactOutcome(form.cleaned_data["outcome"]), "because": form.cleaned_data["because"]}
        act = partial(reaching.decide, contact, **said, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        messages.success(request, _("It is on record."))
        return redirect("portals:today")
    row = _Row(contact, is_held=True, is_whole="show" in request.GET)
    context = {"row": row, "form": form, "trail": [(reverse("portals:today"), _("Today"))]}
    return render(request, "people/therapist/shared_contact.html", context)


def _member(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> Membership:
    """Return somebody in a circle that whoever asks keeps; the young person is one of them here."""
    account = account_of(request)
    with or_nothing_here():
        young_person = queries.kept_young_person(account, young_person_id)
        for member in queries.kept_circle(young_person, reader=account):
            if member.pk == membership_id:
                return member
        raise Membership.DoesNotExist
