"""Time and language of whoever is signed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from halfdoor.service.accounts.models import Account


class InTheirTimeAndLanguage:
    """Middleware: days and times are those of the practice; so is the language, unless somebody chose another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show this page as it is where the practice is."""
        account = request.user
        if not isinstance(account, Account):
            return self.get_response(request)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(account.language or account.practice.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(account.practice.time_zone):
            return self.get_response(request)
