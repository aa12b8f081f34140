"""Ways through a door beside the password: the second step, and a passkey alone."""

import json

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from halfdoor.service.accounts import asking, noting, passkeys, standing
from halfdoor.service.accounts.factor_forms import WRONG_PASSKEY, PasskeyForm
from halfdoor.service.accounts.stages import SecondStep
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.core.spaces import space_of


@for_audience(Audience.PUBLIC)
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever just gave the right password. They are not signed in yet."""
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, SecondStep.key)
    if stage is None or not stage.login.user.is_active:
        return redirect(_door(request))
    account = stage.login.user
    asked = asking.of(request, account)
    if asked.answered(at=clock.now()):
        standing.just_proved(request, account)
        answer: HttpResponse = stage.exit()
        return answer
    return render(request, "accounts/second_step.html", {"asked": asked, "door": _door(request)})


@for_audience(Audience.PUBLIC)
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: the device has asked for its lock, so it is two things in one."""
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        account = passkeys.prove(request, form.cleaned_data["credential"], account=None, at=clock.now())
        if account is not None:
            standing.just_proved(request, account)
            answer: HttpResponse = perform_login(request, Login(user=account))
            return answer
        noting.refused(request, how="passkey")
        form.add_error(None, WRONG_PASSKEY)
    context = {"form": form, "options": json.dumps(passkeys.to_show(None)), "door": _door(request)}
    return render(request, "accounts/passkey_sign_in.html", context)


def _door(request: HttpRequest) -> str:
    return reverse(f"{space_of(request).name}_sign_in")
