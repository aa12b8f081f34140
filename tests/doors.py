"""Being somebody at their own door, in tests of pages."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import clock
from halfdoor.service.core.spaces import space_of_role

PASSWORD = "correct horse battery staple"


def signed_in(account: Account) -> Client:
    """
    Return a client that is signed in as this account, at the one door where its role may enter, and that is asked for
    nothing more. How one signs in is tested in the room `accounts`.
    """
    client, space = Client(), space_of_role(account.role).name
    client.force_login(account)
    session, moment = client.session, clock.now().isoformat()
    session.update({"practice": str(account.practice_id), "space": space, "standing": "excused"})
    session.update({"began_at": moment, "seen_at": moment})
    session.save()
    client.cookies[f"session-{space}"] = client.cookies.pop("session").value
    return client


def comes_back(device: Client, account: Account) -> str:
    """Let somebody sign in on their device, without a second factor; return where they come out."""
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    door = space_of_role(account.role).name
    typed = {"login": account.username, "password": PASSWORD, "practice": str(account.practice_id)}
    answer = device.post(reverse(f"{door}_sign_in"), typed)
    session = SessionStore(device.cookies[f"session-{door}"].value)
    session["standing"] = "excused"
    session.save()
    return str(answer["Location"])


def words_of(response: Any) -> str:
    """Return a page as text, with white space as a reader sees it."""
    return " ".join(response.content.decode().split())


def with_a_key(patterns: list[URLPattern | URLResolver], *, space: str = "") -> Iterator[str]:
    """Yield the names of addresses that take a key."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from with_a_key(pattern.url_patterns, space=f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.pattern.converters:
            yield f"{space}{pattern.name}"
