"""Consents, wishes and the start of one young person: the pages of clinicians."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.agreements import actions, answering, starting
from halfdoor.service.agreements.choices import Outcome, Topic, WishSource, WishValue
from halfdoor.service.agreements.consents import CannotBeGiven, end_proposal
from halfdoor.service.agreements.forms import CadenceForm, ExplainForm, ProposeForm, ToldWishForm
from halfdoor.service.agreements.proposing import put_forward
from halfdoor.service.agreements.queries import consents as queries
from halfdoor.service.agreements.queries import start, wishes
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.documents.queries.answers import text_in_force
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
def agreements(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show consents, wishes and what was explained; note a wish that was told, or that one asked again."""
    account, at = account_of(request), clock.now()
    about, circle = _about(request, young_person_id)
    do = request.POST.get("do", "")
    wish_form = ToldWishForm(request.POST if do == "wish" else None, members=_others(circle))
    cadence_form = CadenceForm(request.POST if do == "cadence" else None)
    if _taken_back(request, about, by=account, at=at) or _noted(do, about, wish_form, cadence_form, by=account, at=at):
        messages.success(request, _("It is on record."))
        return redirect("agreements:agreements", about.pk)
    context = {
        "about": about,
        "consents": queries.all_about(about, page=request.GET.get("page", "1"), reader=account, at=at),
        "asked": queries.asked_about(about, reader=account),
        "said": wishes.subjects_said(about, reader=account),
        "rhythm": wishes.rhythm_of(about, reader=account),
        "start": start.explained_about(about, reader=account),
        "wish_form": wish_form,
        "cadence_form": cadence_form,
        "trail": _trail(about)[:2],
    }
    return render(request, "agreements/therapist/agreements.html", context)


def _taken_back(request: HttpRequest, about: YoungPerson, *, by: Account, at: datetime) -> bool:
    """Ask no more for the consent that was chosen, and say whether there was one."""
    wanted = request.POST.get("take_back", "")
    asked = queries.asked_about(about, reader=by) if wanted else ()
    chosen = next((one for one in asked if str(one.pk) == wanted), None)
    if chosen:
        end_proposal(chosen, Outcome.TAKEN_BACK, by=by, at=at)
    return chosen is not None


def _noted(
    do: str, about: YoungPerson, wish_form: ToldWishForm, cadence_form: CadenceForm, *, by: Account, at: datetime
) -> bool:
    """Put down what was typed, and say whether there was something."""
    if do == "asked":
        starting.ask_again(about, by=by, at=at)
    elif do == "cadence" and cadence_form.is_valid():
        starting.set_cadence(about, days=cadence_form.cleaned_data["days"], by=by, at=at)
    elif do == "wish" and wish_form.is_valid():
        typed = wish_form.cleaned_data
        actions.wish(
            about,
            value=WishValue(typed["value"]),
            topic=Topic(typed["topic"]),
            about=wish_form.members.get(typed["whom"]),
            words=typed["words"],
            source=WishSource.TOLD_THERAPIST,
            by=by,
            at=at,
        )
    else:
        return False
    return True


@for_clinicians
def propose(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Ask somebody to consent that somebody may be told something, or note that they did so here."""
    account, at = account_of(request), clock.now()
    about, circle = _about(request, young_person_id)
    today = day_in(about.practice, at=at)
    form = ProposeForm(request.POST or None, givers=start.who_hears(circle), recipients=_others(circle), today=today)
    if form.is_valid():
        act = partial(put_forward, form, language=str(get_language()), by=account, at=at)
        try:
            once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
            return redirect("agreements:agreements", about.pk)
        except CannotBeGiven as refusal:
            form.add_error("giver", str(refusal))
    return render(request, "agreements/therapist/propose.html", {"form": form, "trail": _trail(about)})


@for_clinicians
def explain(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Put down that one went through a paper with the young person or a caregiver."""
    account, at = account_of(request), clock.now()
    about, circle = _about(request, young_person_id)
    today = day_in(about.practice, at=at)
    members = start.who_hears(circle)
    initial = {"language": get_language(), "explained_on": today}
    form = ExplainForm(request.POST or None, members=members, around=circle, today=today, initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        with or_nothing_here():
            text = text_in_force(about, typed["kind"], language=typed["language"], at=at)
        act = partial(starting.explain, form.members[typed["member"]], text, **form.talk, by=account, at=at)
        once.only(act, form=typed["once"], practice=account.practice, at=at)
        return redirect("agreements:agreements", about.pk)
    return render(request, "agreements/therapist/explain.html", {"form": form, "trail": _trail(about)})


@for_clinicians
def consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show a consent and what has gone on it; make it smaller or take it back, on somebody's word."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        page = queries.page_for_clinician(account, consent_id, at=at)
    now = answering.change(page, request.POST or None, kept={}, by=account, at=at)
    if now.instead:
        return redirect("agreements:consent", now.instead)
    context = {"now": now, "trail": _trail(page.consent.row.young_person)}
    return render(request, "agreements/therapist/consent.html", context)


def _about(request: HttpRequest, young_person_id: UUID) -> tuple[YoungPerson, list[Membership]]:
    account = account_of(request)
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    return about, people.circle_of(about, reader=account)


def _others(circle: list[Membership]) -> list[Membership]:
    """Return who can be told something: everybody but the young person and their clinicians."""
    return [one for one in circle if one.relation not in (Relation.SELF, *people.CLINICIANS)]


def _trail(about: YoungPerson) -> list[tuple[str, str]]:
    return [
        (reverse("portals:today"), _("Today")),
        (reverse("portals:young_person", args=[about.pk]), about.name),
        (reverse("agreements:agreements", args=[about.pk]), _("Consents, wishes, the start")),
    ]
