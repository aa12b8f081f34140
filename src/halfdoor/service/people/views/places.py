"""An account for somebody who has a place in a circle of care."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from halfdoor.service.accounts.making import NameTaken
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import queries, sign_ins
from halfdoor.service.people.forms_of_sign_ins import NameForm
from halfdoor.service.people.models import Membership
from halfdoor.service.people.views.circles import trail
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)


@for_keepers
def of_member(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> HttpResponse:
    """Make an account for somebody around a young person, or go to the one they have."""
    reader = account_of(request)
    with or_nothing_here():
        young_person = queries.kept_young_person(reader, young_person_id)
        return _way_in(request, queries.kept_member(young_person, membership_id, reader=reader))


@for_keepers
def of_young_person(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Make an account for a young person, or go to the one they have."""
    reader = account_of(request)
    with or_nothing_here():
        young_person = queries.kept_young_person(reader, young_person_id)
        return _way_in(request, sign_ins.own_place(young_person, reader=reader))


def _way_in(request: HttpRequest, member: Membership) -> HttpResponse:
    by, at = account_of(request), clock.now()
    if not sign_ins.may_have_one(member, by=by):
        raise Http404
    if member.person.account_id:
        return redirect("people:sign_in", member.person.account_id)
    initial = {"language": by.practice.language, "username": sign_ins.suggested_name(member.person.name)}
    form = NameForm(request.POST or None, initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        act = partial(sign_ins.make_for, member, typed["username"], language=typed["language"], by=by, at=at)
        try:
            made = once.only(act, form=typed["once"], practice=by.practice, at=at)
        except NameTaken as why:
            form.add_error("username", str(why))
        else:
            return redirect("people:give_code", made.pk) if made else redirect(request.path)
    context = {"form": form, "member": member, "trail": trail(member.young_person)}
    return render(request, "people/therapist/member_sign_in.html", context)
