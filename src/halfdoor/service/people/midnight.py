"""Before a clinician sees anything, what was said for a day has come about on that day."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import clock
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.turning import turn


class CoversTurn:
    """Middleware: before a clinician sees anything, their covers begin and end as their days say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look whether a day has come."""
        account, at = request.user, clock.now()
        if isinstance(account, Account) and account.turns_on and account.turns_on <= day_in(account.practice, at=at):
            turn(account, at=at)
        return self.get_response(request)
