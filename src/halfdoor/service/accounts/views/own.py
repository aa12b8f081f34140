"""One's own ways in, the same behind each door. The modules of the audiences say for whom."""

import json
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from halfdoor.service.accounts import asking, factors, passkeys, passwords, queries, sessions, standing, step_up
from halfdoor.service.accounts.factor_forms import (
    WRONG_CODE,
    WRONG_PASSKEY,
    NameForm,
    NewAppForm,
    NewPasskeyForm,
    WayForm,
)
from halfdoor.service.accounts.factor_rows import What
from halfdoor.service.accounts.forms import ChangePasswordForm
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.spaces import space_of
from halfdoor.service.web.finding import or_nothing_here

_LATELY = timedelta(days=90)


def ways(request: HttpRequest) -> HttpResponse:
    """Show somebody how they sign in, and what changed lately."""
    account, at = account_of(request), clock.now()
    shown = [
        (way, NameForm(initial={"way": way.id, "name": way.name}, auto_id=f"way-{way.id}-%s"))
        for way in factors.ways_of(account)
    ]
    context = {
        "ways": shown,
        "changes": factors.changes_of(account, since=at - _LATELY),
        "standing": standing.of(request),
        "shared": request.session.get("shared", False),
        "has_one": factors.has_one(account),
        "has_app": factors.has(account, What.TOTP),
        "here": sessions.here(request),
        "elsewhere": sessions.elsewhere(request, at=at),
        "given": queries.ways_into(account, at=at),
    }
    return page(request, "ways", context)


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password, for whoever knows the old one."""
    account, at = account_of(request), clock.now()
    form = ChangePasswordForm(request.POST or None, account=account)
    if form.is_valid():
        try:
            passwords.change_own(form.change, request=request, by=account, at=at)
        except passwords.NotChanged as says:
            form.add_error("old_password", str(says))
        else:
            update_session_auth_hash(request, account)
            sessions.remember(request)
            messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
            return _back(request)
    return page(request, "password", {"form": form})


def elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other session of whoever asks."""
    sessions.end_all(account_of(request), but=request.session.session_key)
    messages.success(request, _("Everywhere else you are signed out."))
    return _back(request)


def later(request: HttpRequest) -> HttpResponse:
    """Go on with a password alone, for whoever is asked and not obliged."""
    if standing.of(request) is standing.Standing.ASKED:
        factors.put_off(by=account_of(request), at=clock.now())
        standing.put_off(request)
    return redirect(space_of(request).prefix)


def rename(request: HttpRequest) -> HttpResponse:
    """Call a way in otherwise."""
    form = NameForm(request.POST)
    if form.is_valid():
        with or_nothing_here():
            factors.rename(form.cleaned_data["way"], name=form.cleaned_data["name"], by=account_of(request))
    return _back(request)


def remove(request: HttpRequest) -> HttpResponse:
    """Remove a way in."""
    form = WayForm(request.POST)
    if form.is_valid():
        try:
            with or_nothing_here():
                factors.remove(form.cleaned_data["way"], by=account_of(request), at=clock.now())
            messages.success(request, _("It is removed. It opens nothing here any more."))
        except factors.LastOne:
            messages.warning(request, _("This is your last one, and you need one here. Add another first."))
    return _back(request)


def app(request: HttpRequest) -> HttpResponse:
    """Add an app that shows codes."""
    account, at = account_of(request), clock.now()
    form = NewAppForm(request.POST or None)
    secret = asking.kept_secret(request, account, fresh=not form.is_bound)
    if form.is_valid():
        try:
            factors.add_app(secret, code=form.cleaned_data["code"], by=account, at=at)
            return _added(request)
        except factors.WrongCode:
            form.add_error("code", WRONG_CODE)
    new = factors.new_app(account, secret=secret)
    return page(request, "app", {"form": form, "new": new, "replaces": factors.has(account, What.TOTP)})


def passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey."""
    account = account_of(request)
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            passkeys.add(said["credential"], name=said["name"], by=account, at=clock.now())
            return _added(request)
        except factors.WrongCode:
            form.add_error(None, WRONG_PASSKEY)
    return page(request, "passkey", {"form": form, "options": json.dumps(passkeys.to_add(account))})


def codes(request: HttpRequest) -> HttpResponse:
    """Make spare codes, and show them this once."""
    account = account_of(request)
    if not factors.has_one(account):
        return _back(request)
    new = factors.fresh_codes(by=account, at=clock.now()) if request.method == "POST" else []
    return page(request, "codes", {"codes": new, "had": not new and factors.has(account, What.RECOVERY_CODES)})


def once_more(request: HttpRequest) -> HttpResponse:
    """Ask again who is there, and go back to where they were, with what they had typed."""
    asked, kept, at = asking.of(request, account_of(request)), step_up.kept_on(request), clock.now()
    if not asked.answered(at=at):
        return step_up.page(request, asked, kept)
    standing.prove(request, at=at)
    if kept:
        return page(request, "send", {"kept": kept})
    return redirect(step_up.back_to(request, request.GET.get("next", "")))


def page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """Show a page in the frame of its door."""
    space = space_of(request)
    names = ("ways", "later", "rename", "remove", "app", "passkey", "codes", "once_more", "password", "elsewhere")
    to = {one: f"{space.name}_{one}" for one in names}
    return render(request, f"accounts/own/{name}.html", context | {"frame": f"web/base_{space.name}.html", "to": to})


def _added(request: HttpRequest) -> HttpResponse:
    """Go on after a way was added: to spare codes, if there are none, else to the list."""
    account = account_of(request)
    standing.enrolled(request, at=clock.now())
    asking.forget_secret(request)
    messages.success(request, _("It works. From now on you are asked for it when you sign in."))
    spare = factors.has(account, What.RECOVERY_CODES)
    return redirect(f"{space_of(request).name}_{'ways' if spare else 'codes'}")


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{space_of(request).name}_ways")
