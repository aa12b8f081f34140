"""The shelf: the practice's papers, their versions, and writing a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.core.sealing_keys import seal_of
from halfdoor.service.documents import actions
from halfdoor.service.documents.blocks import blocks, changes
from halfdoor.service.documents.choices import Kind
from halfdoor.service.documents.forms import LANGUAGE_NAMES, EditForm, ReviewForm
from halfdoor.service.documents.handing import as_download
from halfdoor.service.documents.queries import library as queries
from halfdoor.service.people.facts import day_in
from halfdoor.service.web.finding import or_nothing_here

for_readers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)
for_editors = for_audience(Audience.LEAD, Audience.OFFICE)


@for_readers
def library(request: HttpRequest) -> HttpResponse:
    """Show every paper; take up those that come with Halfdoor."""
    account, at = account_of(request), clock.now()
    if request.method == "POST" and _edits(account):
        actions.take_up_shipped(on=day_in(account.practice, at=at), by=account, at=at)
        return redirect("documents:library")
    shelves = queries.shelves(account, at=at)
    context = {"shelves": shelves, "edits": _edits(account), "lacks": any(one.now is None for one in shelves)}
    return render(request, "documents/staff/library.html", context)


@for_readers
def paper(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a paper in all its versions; let the one in force stand after reading it again."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        written = queries.history(account, kind)
    shelf = next(one for one in queries.shelves(account, at=at) if one.kind == kind)
    form = ReviewForm(request.POST or None)
    if _edits(account) and shelf.now and form.is_valid():
        day = day_in(account.practice, at=at)
        actions.review(shelf.now, on=day, words=form.cleaned_data["words"], by=account, at=at)
        messages.success(request, _("It is on record that this paper was read again and stands."))
        return redirect("documents:paper", kind)
    context = {"shelf": shelf, "history": _readable(written), "form": form, "edits": _edits(account)}
    return render(request, "documents/staff/paper.html", context | {"trail": _trail()})


@for_editors
def edit(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a new version, see how it reads and what it changes, and put it in force from a day on."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        newest = queries.history(account, kind)[0]
    today = day_in(account.practice, at=at)
    now = {text.language: text for text in newest.texts}
    initial = {"effective_on": today, "review_months": newest.version.review_months}
    form = EditForm(request.POST or None, kind=Kind(kind), now=now, today=today, initial=initial)
    if form.is_valid() and request.POST.get("do") == "publish":
        try:
            typed = {name: form.cleaned_data[name] for name in ("effective_on", "review_months", "because")}
            actions.publish(kind, form.texts, **typed, by=account, at=at)
            return redirect("documents:paper", kind)
        except actions.CannotBeRead as refusal:
            form.add_error(None, str(refusal))
    context = {"kind": Kind(kind), "form": form, "preview": _preview(form), "trail": _trail(kind)}
    return render(request, "documents/staff/edit.html", context)


@for_readers
@require_GET
def certificate(request: HttpRequest) -> HttpResponse:
    """Hand out the certificate by which others know the practice's seal. It is no secret."""
    seal = seal_of(account_of(request).practice, at=clock.now())
    return as_download(seal.certificate, "application/pkix-cert", "certificate.cer")


def _edits(account: Account) -> bool:
    return account.role in queries.EDITORS


def _readable(written: list[queries.Written]) -> list[dict[str, Any]]:
    return [
        {
            "version": one.version,
            "reviews": one.reviews,
            "texts": [(LANGUAGE_NAMES[text.language], text, blocks(text.body)) for text in one.texts],
            "changed": [(LANGUAGE_NAMES[language], found) for language, found in one.changed],
        }
        for one in written
    ]


def _preview(form: EditForm) -> list[dict[str, Any]]:
    """Return how each touched language would read, and what would change in it."""
    if not form.is_bound:
        return []
    form.is_valid()
    return [
        {
            "language": LANGUAGE_NAMES[language],
            "code": language,
            "title": title,
            "blocks": blocks(body),
            "changes": changes(form.now[language].body, body) if language in form.now else (),
        }
        for language, (title, body) in form.texts.items()
        if language in form.touched
    ]


def _trail(kind: str = "") -> list[tuple[str, str]]:
    shelf = [(reverse("documents:library"), _("Papers"))]
    if not kind:
        return shelf
    if kind not in Kind.values:
        raise Http404
    return [*shelf, (reverse("documents:paper", args=[kind]), str(Kind(kind).label))]
