"""Who can sign in: the list, somebody new, one account, a code for it, and closing it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts import closing, inviting
from halfdoor.service.accounts import queries as accounts
from halfdoor.service.accounts.choices import WhyClosed, WhyOpened
from halfdoor.service.accounts.making import NameTaken
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import space_of_role
from halfdoor.service.people import queries, sign_ins
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.forms_of_sign_ins import CloseForm, GiveCodeForm, NewSignInForm, OpenAgainForm
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)
for_the_house = for_audience(Audience.LEAD, Audience.OFFICE)

_A_PAGE = 50


@for_keepers
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List whoever can sign in, or could, and find one by name."""
    reader, at = account_of(request), clock.now()
    words, left = queries.words_to_find(request.GET.get("name", "")), request.GET.get("show") == "left"
    rows = sign_ins.accounts_kept_by(reader).filter(display_name__icontains=words, is_active=not left)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page", "1"))
    states = accounts.states_of(page.object_list, at=at)
    listed = [(one, sign_ins.words_of(states[one.pk])) for one in page.object_list]
    context = {"page": page, "listed": listed, "words": words, "left": left, "makes": _of_the_house(reader)}
    return render(request, "people/therapist/sign_ins.html", context)


@for_the_house
def new(request: HttpRequest) -> HttpResponse:
    """Make an account for somebody who works here."""
    by, at = account_of(request), clock.now()
    form = NewSignInForm(request.POST or None, by=by, initial={"language": by.practice.language})
    if form.is_valid():
        act = partial(sign_ins.make_at_work, form.newcomer, by=by, at=at)
        try:
            made = once.only(act, form=form.cleaned_data["once"], practice=by.practice, at=at)
        except NameTaken as why:
            form.add_error("username", str(why))
        else:
            return redirect("people:give_code", made.pk) if made else redirect("people:sign_ins")
    return render(request, "people/office/new_sign_in.html", {"form": form, "trail": _trail()})


@for_keepers
@require_GET
def one(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show how one account stands, how it came to be so, and what can be done."""
    account, reader, at = _account(request, account_id), account_of(request), clock.now()
    state = accounts.states_of([account], at=at)[account.pk]
    context = {
        "account": account,
        "state": str(state),
        "words": sign_ins.words_of(state),
        "places": sign_ins.places_of(account, reader=reader),
        "ways": accounts.ways_into(account, at=at),
        "closing": closing.closing_of(account),
        "may_not": _may_not(account, by=reader),
        "closes": _of_the_house(reader),
        "trail": _trail(),
    }
    return render(request, "people/therapist/sign_in.html", context)


@for_keepers
@proved_lately
def give_code(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give somebody a code, and show it this once."""
    account, by, at = _account(request, account_id), account_of(request), clock.now()
    initial = {"language": account.language or account.practice.language}
    form = GiveCodeForm(request.POST or None, account=account, initial=initial)
    if form.is_valid():
        act = partial(inviting.give, account, form.giving, by=by, at=at)
        try:
            given = once.only(act, form=form.cleaned_data["once"], practice=by.practice, at=at)
        except inviting.MayNot as why:
            form.add_error(None, str(why))
        else:
            return _sheet(request, given, form.cleaned_data["language"]) if given else _back_to(account)
    state = accounts.states_of([account], at=at)[account.pk]
    context = {"form": form, "account": account, "state": str(state), "trail": _trail(account)}
    return render(request, "people/therapist/give_code.html", context)


@for_keepers
@require_POST
def withdraw_code(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Take back every code of an account that was not used."""
    account, at = _account(request, account_id), clock.now()
    try:
        inviting.withdraw(account, by=account_of(request), at=at)
    except inviting.MayNot as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("The code opens nothing any more."))
    return _back_to(account)


@for_the_house
@proved_lately
def close(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Let somebody in no more, at once."""
    account, by, at = _account(request, account_id), account_of(request), clock.now()
    today = day_in(by.practice, at=at)
    form = CloseForm(request.POST or None, today=today, initial={"left_on": today})
    if form.is_valid():
        typed = form.cleaned_data
        act = partial(closing.close, account, WhyClosed(typed["why"]), left_on=typed["left_on"], by=by, at=at)
        try:
            once.only(act, form=typed["once"], practice=by.practice, at=at)
        except inviting.MayNot as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The account is closed. Nothing that was open in it goes on."))
            return _back_to(account)
    context = {"form": form, "account": account, "trail": _trail(account)}
    return render(request, "people/office/close_sign_in.html", context)


@for_the_house
@proved_lately
def open_again(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Let a closed account be used again: its owner gets a code first."""
    account, by, at = _account(request, account_id), account_of(request), clock.now()
    form = OpenAgainForm(request.POST or None)
    if form.is_valid():
        act = partial(closing.open_again, account, WhyOpened(form.cleaned_data["why"]), by=by, at=at)
        try:
            once.only(act, form=form.cleaned_data["once"], practice=by.practice, at=at)
        except inviting.MayNot as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The account is open again. They come in with a new code."))
            return _back_to(account)
    context = {"form": form, "account": account, "trail": _trail(account)}
    return render(request, "people/office/open_sign_in.html", context)


def _sheet(request: HttpRequest, given: inviting.Given, language: str) -> HttpResponse:
    account = given.invitation.account
    door = reverse(f"{space_of_role(account.role).name}_come_in")
    context = {
        "given": given,
        "account": account,
        "written_in": language,
        "address": request.build_absolute_uri(door),
        "several": len(Practice.objects.all()[:2]) > 1,
    }
    return render(request, "people/therapist/code_sheet.html", context)


def _account(request: HttpRequest, account_id: UUID) -> Account:
    with or_nothing_here():
        return sign_ins.account_kept_by(account_of(request), account_id)


def _may_not(account: Account, *, by: Account) -> str:
    try:
        inviting.check(account, by=by)
    except inviting.MayNot as why:
        return str(why)
    return ""


def _of_the_house(reader: Account) -> bool:
    return reader.role in (Role.LEAD, Role.OFFICE)


def _back_to(account: Account) -> HttpResponse:
    return redirect("people:sign_in", account.pk)


def _trail(account: Account | None = None) -> list[tuple[str, str]]:
    links = [(reverse("people:sign_ins"), _("Who can sign in"))]
    return [*links, (reverse("people:sign_in", args=[account.pk]), account.display_name)] if account else links
