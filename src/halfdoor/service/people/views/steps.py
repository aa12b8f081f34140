"""How a form about a circle is taken: what would change is shown first, then it goes on record once."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import once
from halfdoor.service.core.spaces import space_of
from halfdoor.service.people import queries
from halfdoor.service.people.actions import AlreadyInCircle
from halfdoor.service.people.foreseeing import Change, foreseen
from halfdoor.service.people.forms import OnceForm
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.people.views.circles import trail

Act = Callable[[Account, datetime], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One form about a young person. ``at_once`` is for what closes: it is not kept waiting until somebody has looked.

    ``lead`` are words above the form; ``more`` is what the template needs besides.
    """

    young_person: YoungPerson
    title: str
    lead: str = ""
    at_once: bool = False
    template: str = "people/therapist/step.html"


def take(request: HttpRequest, step: Step, form: OnceForm, act: Act, *, on: date, at: datetime) -> HttpResponse:
    """Show the form; then what changes from a day on; then put it on record."""
    changes: Sequence[Change] | None = None
    try:
        if form.is_valid():
            account = account_of(request)
            if not step.at_once:
                doing = lambda: act(account, at)  # noqa: E731
                changes = foreseen(step.young_person, doing, on=on, reader=account, at=at)
            if changes is None or form.cleaned_data["seen"] == _seen(changes):
                return _done(request, step, form, act, at=at)
            form = _with_seen(form, _seen(changes))
    except AlreadyInCircle as error:
        form.add_error(None, str(error))
        changes = None
    context = {"step": step, "form": form, "changes": changes, "on": on, "trail": trail(step.young_person)}
    context["back"] = reverse("people:circle", args=[step.young_person.pk])
    return render(request, step.template, context)


def _done(request: HttpRequest, step: Step, form: OnceForm, act: Act, *, at: datetime) -> HttpResponse:
    account = account_of(request)
    once.only(lambda: act(account, at), form=form.cleaned_data["once"], practice=account.practice, at=at)
    messages.success(request, _("It is on record."))
    try:
        queries.kept_young_person(account, step.young_person.pk)
    except YoungPerson.DoesNotExist:  # they took themselves out of the circle, and see no more of it
        return redirect(space_of(request).prefix)
    return redirect("people:circle", step.young_person.pk)


def _with_seen(form: OnceForm, seen: str) -> OnceForm:
    """Let the form say, when it comes again, which changes whoever sends it has seen."""
    typed: Any = form.data
    form.data = with_seen = typed.copy()
    with_seen["seen"] = seen
    return form


def _seen(changes: Sequence[Change]) -> str:
    return hashlib.sha256(repr(changes).encode()).hexdigest()


def first_day(form: Any, name: str, *, otherwise: date) -> date:
    """Return the day a form names, once it is checked; before, today."""
    return form.cleaned_data.get(name) or otherwise if form.is_valid() else otherwise
