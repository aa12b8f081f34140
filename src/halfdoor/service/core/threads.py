"""
Each page is made in one thread from its first line to its last, and the thread keeps its connection to the database.

Django behind ASGI makes a thread and a connection for each page, and goes to and fro between that thread and the
server's own for each middleware: a third of what a page costs. What one page says to its context no other page hears.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from io import BytesIO
from sys import stderr
from typing import Any
from wsgiref.types import WSGIApplication, WSGIEnvironment

from halfdoor.service.core import too_many
from halfdoor.service.core.bodies import Application, Receive, Send

AT_ONCE = 3
"""
How many pages a process works on at once: those that wait for the disk or the database, and one that works.

Each row that is read lets go of Python's lock. Where twelve threads wait for it, most of the work is handing it on.
"""
_THREADS = 4
"""How many pages a process has begun: those that it works on, and one that stands aside."""
_AT_THE_DOOR = 3
"""How many people a process lets sign in at once. Whoever else is at the door waits there, and in no page's thread."""
WAITING = 200
"""How many may wait for a thread, at the door and for pages each. Whoever comes then is told so, and does not wait."""
_NEVER_REFUSED = frozenset({"leave", "sign-out", "health", "static"})
"""Parts of addresses that are answered however many wait: whoever leaves must have left, and a page has its looks."""
PATIENCE = 0.05
"""For how many seconds at most somebody who signs in lets other pages be finished first, each time they stand aside."""


class NotAPage(Exception):
    """A server asked for something else than a page."""


class _Places:
    """Places at work, for so many threads at once."""

    def __init__(self, most: int) -> None:
        self._most = self._free = most
        self._changed = threading.Condition()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a place, and hold it; `standing_aside` gives it to others for a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._free > 0)
            self._free -= 1
        _HERE.places = self
        try:
            yield
        finally:
            del _HERE.places
            self.give()

    def give(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify_all()

    def take_back(self, *, patience: float) -> None:
        """Go on once nobody is at work, or out of patience: whoever comes back may hold what those at work wait for."""
        with self._changed:
            self._changed.wait_for(lambda: self._free >= self._most, patience)
            self._free -= 1


_HERE = threading.local()


def let_others_go_first() -> None:
    """Wait until the pages are finished on which this process works, but not long: for pages that are many at once."""
    with standing_aside(patience=PATIENCE):
        pass


@contextmanager
def standing_aside(*, patience: float = 0.0) -> Iterator[None]:
    """
    Let another page of this process work while this one waits for its turn somewhere; elsewhere do nothing.

    :param patience: for how many seconds at most those at work are let finish before this one goes on
    """
    places: _Places | None = getattr(_HERE, "places", None)
    if places is None:
        yield
        return
    places.give()
    try:
        yield
    finally:
        places.take_back(patience=patience)


def is_at_the_door(path: str) -> bool:
    """Say of an address whether whoever asks for it is on their way in: passwords and codes take time on purpose."""
    return not {"sign-in", "come-in"}.isdisjoint(path.split("/"))


def in_threads(
    application: WSGIApplication,
    *,
    at_once: int = AT_ONCE,
    threads: int = _THREADS,
    longest: int = WAITING,
    is_at_the_door: Callable[[str], bool] = lambda path: False,
) -> Application:
    """
    Return a WSGI application for a server that speaks ASGI.

    :param longest: how many may wait for a thread
    :param is_at_the_door: says of a path whether somebody asks for it to sign in: they wait for each other, not pages
    """
    places = _Places(at_once)
    pages, doors = _Line.of("page", threads, longest=longest), _Line.of("door", _AT_THE_DOOR, longest=longest)

    async def door(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotAPage(scope["type"])
        body = await _whole(receive)
        if body is None:
            return
        at_the_door = is_at_the_door(scope["path"])
        line = doors if at_the_door else pages
        if line.is_full and (at_the_door or _can_come_again(scope)):
            answer = _Answer(503, too_many.HEADERS, too_many.PAGE)
        else:
            answer = await line.answer(_answered, application, _environ(scope, body), places)
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    return door


def _can_come_again(scope: Any) -> bool:
    """Say whether nothing is lost if somebody is told to: they ask for a page, and send nothing that they wrote."""
    return scope["method"] in ("GET", "HEAD") and _NEVER_REFUSED.isdisjoint(scope["path"].split("/"))


@dataclass(slots=True)
class _Answer:
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


@dataclass(slots=True)
class _Line:
    """Those who wait for a thread, and those who have one."""

    threads: ThreadPoolExecutor
    most: int
    there: int = 0

    @classmethod
    def of(cls, name: str, threads: int, *, longest: int) -> "_Line":
        return cls(ThreadPoolExecutor(threads, thread_name_prefix=name), threads + longest)

    @property
    def is_full(self) -> bool:
        return self.there >= self.most

    async def answer(self, answer: Callable[..., _Answer], *how: Any) -> _Answer:
        """Return an answer when it is made."""
        self.there += 1
        try:
            running = asyncio.get_running_loop()
            return await running.run_in_executor(self.threads, copy_context().run, answer, *how)
        finally:
            self.there -= 1


async def _whole(receive: Receive) -> bytes | None:
    """Return all that was sent, which `bodies` keeps small; nothing if whoever sent it went away."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _answered(application: WSGIApplication, environ: WSGIEnvironment, places: _Places) -> _Answer:
    """Return an answer once it is whole: what fails half way is no page."""
    answer = _Answer()

    def start(status: str, headers: list[tuple[str, str]], *raised: Any) -> Any:
        answer.status = int(status[:3])
        answer.headers = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]

    with places.one():
        parts: Iterable[bytes] = application(environ, start)
        try:
            answer.body = b"".join(parts)
        finally:
            getattr(parts, "close", bool)()
    return answer


def _environ(scope: Any, body: bytes) -> WSGIEnvironment:
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add(environ, name.decode("latin-1"), value.decode("latin-1"))
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _add(environ: WSGIEnvironment, name: str, value: str) -> None:
    """Add a header. One with an underscore would pass for that with a hyphen, which a proxy sets or takes away."""
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
    between = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
