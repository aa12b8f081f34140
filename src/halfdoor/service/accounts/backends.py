"""Who a sign-in name and a password stand for."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from halfdoor.service.accounts.models import Account
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.core.spaces import space_of

_OPEN = Prepared(lambda one: Account.objects.filter(pk=one, is_active=True).select_related("practice"), UUID)
_NAMED = Prepared(lambda practice, name: Account.objects.filter(practice=practice, username=name), UUID, str)


class PracticeBackend(BaseBackend):
    """Finds an account by practice, sign-in name and password, and only at the door its role may enter."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        """Return the account; a wrong password, a wrong door and an unknown name look and last the same."""
        practice, username = credentials.get("practice"), credentials.get("username")
        password = credentials.get("password")
        if request is None or practice is None or not username or not password:
            return None
        account = next(iter(_NAMED.rows(Account, practice.pk, username)), None)
        if account is None:
            make_password(password)
            return None
        if not account.check_password(password) or not account.is_active:
            return None
        account.practice = practice
        return account if account.role in space_of(request).roles else None

    def get_user(self, user_id: UUID) -> Account | None:
        """Return the account of a session, unless it was closed since."""
        return next(iter(_OPEN.rows(Account, user_id)), None)
