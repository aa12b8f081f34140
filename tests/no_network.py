"""
No test reaches beyond this machine: connecting elsewhere, or looking up a name, is an error.

An audit hook of the interpreter sees every socket, whatever library opened it. It cannot be taken off again, which
suits a guard.
"""

import sys
from ipaddress import ip_address
from typing import Any

NEAR_NAMES = frozenset({None, "", "localhost", "ip6-localhost"})


class NetworkInTests(RuntimeError):
    """Not an OSError: code that copes with a failing network must not swallow it."""


def refuse_far_addresses(event: str, arguments: tuple[Any, ...]) -> None:
    match event, arguments:
        case ("socket.connect" | "socket.sendto", (_, (host, *_))):
            _refuse_unless_near(host)
        case ("socket.getaddrinfo" | "socket.gethostbyname", (host, *_)):
            _refuse_unless_near(host)


def _refuse_unless_near(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in NEAR_NAMES or _is_near_address(name):
        return
    raise NetworkInTests(f"A test tried to reach {name!r}. Tests stay on this machine: use a fake on loopback.")


def _is_near_address(name: str) -> bool:
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(refuse_far_addresses)
