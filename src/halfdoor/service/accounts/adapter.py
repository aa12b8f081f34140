"""What allauth asks of us."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts import guessing, interrupted, noting, sessions, standing
from halfdoor.service.core import clock, within
from halfdoor.service.core.spaces import space_of


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in at the three doors; nobody signs up by themselves."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("This sign-in name and this password do not belong together."),
        "too_many_login_attempts": _("There were too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a practice invites."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """
        Return who this is, unless somebody here has tried to be them too often.

        The try counts until it is taken back, with what follows from being right.
        """
        practice, username = credentials["practice"], credentials["username"]
        within.enter(practice.pk)
        if not guessing.begin(request, practice=practice, username=username, at=clock.now()):
            noting.refused(request, how="too_many_tries")
            raise self.validation_error("too_many_login_attempts")
        account: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if account is None:
            noting.refused(request, how="password")
        else:
            request.session["practice"] = str(practice.pk)  # the second step is another request
        return account

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, bind the session to this door and note whose it is: all or nothing, and one wait for the disk."""
        here_before = user.last_login
        at = clock.now()
        with transaction.atomic():
            super().login(request, user)
            guessing.take_back(request, at=at)
            guessing.finished(request)
            sessions.begin(request, at=at)
            standing.begin(request, at=at)
            standing.tell(request, since=here_before)
            request.session.set_expiry(0)  # as allauth says again, once it is written
            sessions.remember(request)
        noting.worked("signed_in", request, sessions.account_of(request), how=standing.of(request))

    def get_login_stages(self) -> list[str]:
        """Return what stands between the password and being signed in: the second step, and nothing by mail."""
        return ["halfdoor.service.accounts.stages.SecondStep"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody was interrupted, or the first page behind this door."""
        return interrupted.where_to_go_on(request, sessions.account_of(request)) or space_of(request).prefix

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows that signing in worked."""
