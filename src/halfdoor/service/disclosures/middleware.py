"""A page of the staff about a young person leaves its line."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import clock
from halfdoor.service.core.spaces import STAFF, space_of
from halfdoor.service.disclosures import looking


class LooksLeaveALine:
    """Middleware: a page of the staff about a young person is shown when its line is written, and not before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the page be made, and write down that it was opened, where it shows something about somebody."""
        response = self.get_response(request)
        account, match = getattr(request, "user", None), request.resolver_match
        shown = space_of(request) is STAFF and response.status_code == HTTPStatus.OK
        if shown and match is not None and isinstance(account, Account):
            about = looking.whom(match.kwargs, account.practice)
            if about is not None:
                looking.looked(about, page=match.view_name, by=account, at=clock.now())
        return response
