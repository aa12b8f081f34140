"""Asking somebody to show what they have: at the second step of signing in, and once more before a grave act."""

import json
from datetime import datetime
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from halfdoor.service.accounts import factors, guessing, noting, passkeys
from halfdoor.service.accounts.factor_forms import (
    TOO_MANY,
    WRONG_CODE,
    WRONG_PASSKEY,
    CodeForm,
    PasskeyForm,
    PasswordForm,
)
from halfdoor.service.accounts.factor_rows import What
from halfdoor.service.accounts.factor_secrets import Adapter, belonging_to
from halfdoor.service.accounts.models import Account

_SECRET = "new_app"  # noqa: S105 - the name under which a session keeps one, sealed


class Asked:
    """
    What somebody is asked for, and what they answered: a passkey, a code, or a password where there is neither.

    ``forms`` are the forms of the page, by what they ask for.
    """

    def __init__(self, request: HttpRequest, account: Account) -> None:
        self.request, self.account = request, account
        self.forms = {name: form() for name, form in self._kinds().items()}

    def answered(self, *, at: datetime) -> bool:
        """Say whether the right thing was shown. A wrong one stands on its form afterwards."""
        for name in self.forms:
            if self.request.method == "POST" and self._field(name) in self.request.POST:
                form = self.forms[name] = self._kinds()[name](self.request.POST)
                right = bool(form.is_valid() and getattr(self, f"_{name}")(form, at))
                if right:
                    noting.worked("shown_to_be_them", self.request, self.account, how=name)
                else:
                    noting.refused(self.request, how=name)
                return right
        return False

    @property
    def options_text(self) -> str:
        """What a browser needs to show a passkey, as JSON. Each page has a challenge of its own."""
        return json.dumps(passkeys.to_show(self.account))

    def _kinds(self) -> dict[str, type[Any]]:
        ways = {way.what for way in factors.ways_of(self.account)}
        kinds: dict[str, type[Any]] = {}
        if What.WEBAUTHN in ways:
            kinds["passkey"] = PasskeyForm
        if ways & {What.TOTP, What.RECOVERY_CODES}:
            kinds["code"] = CodeForm
        return kinds or {"password": PasswordForm}

    @staticmethod
    def _field(name: str) -> str:
        return {"passkey": "credential"}.get(name, name)

    def _passkey(self, form: PasskeyForm, at: datetime) -> bool:
        shown = passkeys.prove(self.request, form.cleaned_data["credential"], account=self.account, at=at)
        if shown is None:
            form.add_error(None, WRONG_PASSKEY)
        return shown is not None

    def _code(self, form: CodeForm, at: datetime) -> bool:
        if not guessing.begin_code(self.account, at=at):
            form.add_error("code", TOO_MANY)
            return False
        if not factors.prove_by_code(self.account, form.cleaned_data["code"], at=at):
            form.add_error("code", WRONG_CODE)
            return False
        guessing.forget_codes(self.account)
        return True

    def _password(self, form: PasswordForm, at: datetime) -> bool:
        known = {"practice": self.account.practice, "username": self.account.username}
        try:
            right = get_adapter().authenticate(self.request, password=form.cleaned_data["password"], **known)
        except ValidationError as error:
            form.add_error("password", error)
            return False
        if right is None:
            form.add_error("password", get_adapter().validation_error("incorrect_password"))
        else:
            guessing.take_back(self.request, at=at)
        return bool(right == self.account)


def of(request: HttpRequest, account: Account) -> Asked:
    """Return what to ask somebody for."""
    return Asked(request, account)


def kept_secret(request: HttpRequest, account: Account, *, fresh: bool) -> str:
    """Return the secret of the app that somebody is adding; with ``fresh``, or without one, a new one."""
    with belonging_to(account):
        sealed = request.session.get(_SECRET)
        if sealed and not fresh:
            return Adapter().decrypt(cast(str, sealed))
        secret = factors.new_secret()
        request.session[_SECRET] = Adapter().encrypt(secret)
        return secret


def forget_secret(request: HttpRequest) -> None:
    """Keep the secret no longer in the session."""
    request.session.pop(_SECRET, None)
