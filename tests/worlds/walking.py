"""
Somebody goes through every page they can reach: each link, each search, each form, each file, until nothing is new.

Links are followed as they stand on pages, so that a link which stands in one world alone is a difference already. Of
pages that differ only in their key a few are opened. Forms are filled in by chance, the same in both worlds.
"""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import time_machine
from django.test import Client
from django.urls import Resolver404, resolve

from tests.people import NOON
from tests.worlds import forms
from tests.worlds.forms import Form
from tests.worlds.observing import Eyes, Seen

A_STEP = timedelta(seconds=40)
MANY_SHAPES = frozenset({"get requests:request", "get requests:family_request"})
"""Pages that look otherwise at each stage of what they show, so that more of them are opened."""

LAST = re.compile(r"/(sign-out|leave|language|(?:your-)?sign-in/(?:app|passkey|codes)|sign-ins/[^/]+/code)/$")
"""What ends a visit, changes every page after it, or shows a secret drawn anew each time, to whoever is to keep it."""


@dataclass(slots=True)
class Walk:
    """
    One person's way through one world.

    ``plan`` says which forms are sent and how they are filled in: with 0 none is, with 1 each. ``before`` is called
    with the number of each request before it: what happens between two steps of the viewer, happens there. ``most`` is
    how many pages are opened that differ only in their key.
    """

    client: Client
    plan: int
    before: Callable[[int], None] = lambda number: None
    most: int = 1
    eyes: Eyes = field(default_factory=Eyes)
    seen: list[Seen] = field(default_factory=list)
    _opened: Counter[str] = field(default_factory=Counter)
    _sent: Counter[str] = field(default_factory=Counter)

    def through(self, start: str, *more: str) -> list[Seen]:
        """Go through everything that can be reached from these pages, and look at the first once more at the end."""
        waiting, known = deque([start, *more]), {start, *more}
        while waiting:
            for link in self._open(waiting.popleft()):
                if link not in known and self._is_wanted(link):
                    known.add(link)
                    waiting.append(link)
        self.ask("get", start)
        return self.seen

    def ask(self, method: str, address: str, sent: dict[str, Any] | None = None) -> Any:
        """Ask for one address, and keep what is seen of the answer."""
        number = len(self.seen)
        self.before(number)
        with time_machine.travel(moment_of(number), tick=False):
            response = getattr(self.client, method)(address, sent or {})
        self.seen.append(self.eyes.see(surface_of(method, address), f"{method} {address}", response))
        return response

    def _open(self, address: str) -> list[str]:
        response = self.ask("get", address)
        if response.status_code in _SENDS_ON:
            return [urljoin(address, response["Location"])]
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return []
        links, on_page = forms.read(response.content.decode())
        further = [urljoin(address, link) for link in links]
        for number, form in enumerate(on_page):
            further += self._fill_in(address, number, form)
        return further

    def _fill_in(self, address: str, number: int, form: Form) -> list[str]:
        to = urljoin(address, form.action)
        name = f"{surface_of('form', address)} {number}"
        chance = Random(f"{self.plan} {name} {self._sent[name]}")
        if LAST.search(urlsplit(to).path) or self._sent[name] >= self.most:
            return []
        if form.method == "get":
            self._sent[name] += 1
            query = "&".join(f"{key}={value}" for key, values in form.filled(chance).items() for value in values)
            return [urljoin(to, f"?{query}")]
        if not self.plan or (self.plan > 1 and chance.random() < _LEFT_ALONE):
            return []
        self._sent[name] += 1
        response = self.ask("post", to, form.filled(chance))
        return [urljoin(to, response["Location"])] if response.status_code in _SENDS_ON else []

    def _is_wanted(self, link: str) -> bool:
        surface = surface_of("get", link)
        most = self.most * (_STAGES if surface in MANY_SHAPES else 1)
        if not surface or LAST.search(urlsplit(link).path) or self._opened[surface] >= most:
            return False
        self._opened[surface] += 1
        return True


_SENDS_ON = (301, 302, 303)
_LEFT_ALONE, _STAGES = 0.25, 3


def moment_of(number: int) -> datetime:
    """Return when the viewer takes their step of this number."""
    return NOON + number * A_STEP


def surface_of(method: str, address: str) -> str:
    """Return an address without its keys: the name of its page, and what is asked of it; nothing if it is elsewhere."""
    parts = urlsplit(address)
    if parts.netloc or parts.scheme or not parts.path.startswith("/"):
        return ""
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return ""
    asked = ",".join(sorted(parse_qs(parts.query)))
    return f"{method} {name}?{asked}" if asked else f"{method} {name}"
