"""The second step of signing in. Until it is taken, nobody is signed in."""

from allauth.account.stages import LoginStage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from halfdoor.service.accounts import factors, guessing, standing
from halfdoor.service.core import clock
from halfdoor.service.core.spaces import space_of


class SecondStep(LoginStage):  # type: ignore[misc]
    """Asks whoever has a second factor to show it, after the password. A passkey alone is both."""

    key = "second_step"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Send them to the page that asks, unless there is nothing to ask for or it was just shown."""
        if standing.has_just_proved(self.request, self.login.user) or not factors.has_one(self.login.user):
            return None, True
        at = clock.now()
        with transaction.atomic():
            guessing.take_back(self.request, at=at)
            guessing.begun(self.request, self.login.user, at=at)
        return redirect(f"{space_of(self.request).name}_second_step"), True

    def is_resumable(self, request: HttpRequest) -> bool:
        """Say no: whoever comes to the door again begins again."""
        return False
