"""What allauth asks of us about second factors: their secrets are sealed, and nothing is ever sent by mail."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import keys
from halfdoor.service.core.models import PracticeKey

# allauth hands its hooks a text and nothing about whose it is.
_whose: ContextVar[Account] = ContextVar("whose")


@contextmanager
def belonging_to(account: Account) -> Iterator[None]:
    """Say whose secrets are sealed and opened within the block. Outside of one, none is."""
    token = _whose.set(account)
    try:
        yield
    finally:
        _whose.reset(token)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals each secret under the practice's key, bound to the account: copied to another row it opens nothing."""

    def encrypt(self, text: str) -> str:
        """Seal the secret of an app or of spare codes."""
        account = _whose.get()
        row, key = keys.of_practice(account.practice_id)
        return b64encode(row.pk.bytes + key.lock(text.encode(), bound_to=_binding(account))).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """
        Open it again.

        :raises Tampered: if it was changed, or sealed for another account
        """
        account, box = _whose.get(), b64decode(encrypted_text)
        row = PracticeKey.objects.get(practice=account.practice_id, pk=UUID(bytes=box[:16]))
        return keys.unwrapped(row, box[16:], bound_to=_binding(account)).decode()

    def get_totp_label(self, user: Account) -> str:
        """Return what an app calls this account: the sign-in name, never an address or what the person is here for."""
        return user.username

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """Return what a device calls this account, which others may see in its list of passkeys."""
        return {"id": str(user.pk).encode(), "display_name": user.username, "name": user.username}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: what happened stands on the person's own page."""


def _binding(account: Account) -> str:
    return f"factor|{account.practice_id}|{account.pk}"
