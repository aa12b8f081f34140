"""Pages of one process are made in threads that stay: none hears what another said, and each is whole or none."""

import asyncio
import threading
import time
from contextvars import ContextVar
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from halfdoor.service.core import too_many
from halfdoor.service.core.bodies import LONGEST, small
from halfdoor.service.core.threads import in_threads, is_at_the_door, let_others_go_first, standing_aside

SAID: ContextVar[str] = ContextVar("said", default="nothing")
SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/ŵyl/",
    "query_string": b"a=1",
    "http_version": "1.1",
}


class Page:
    """Says what it found, and leaves something behind in its context."""

    def __init__(self) -> None:
        self.environs: list[Any] = []
        self.threads: list[int] = []
        self.heard: list[str] = []
        self.closed = 0

    def __call__(self, environ: Any, start_response: Any) -> "Page":
        self.environs.append(environ | {"body": environ["wsgi.input"].read()})
        self.threads.append(threading.get_ident())
        self.heard.append(SAID.get())
        SAID.set("the last one's practice")
        start_response("201 Created", [("Set-Cookie", " csrf=1"), ("X", "y")])
        return self

    def __iter__(self) -> Any:
        return iter([b"who", b"le"])

    def close(self) -> None:
        self.closed += 1


def asked(application: Any, **how: Any) -> list[Any]:
    """Ask for a page; return what the server is told to send."""
    said: list[Any] = async_to_sync(sent_by)(application, **how)
    return said


async def sent_by(
    application: Any,
    *,
    method: str = "POST",
    path: str = SCOPE["path"],
    headers: list[tuple[bytes, bytes]] | None = None,
    body: bytes = b"",
) -> list[Any]:
    """The same for whoever waits for several at once. A body comes in two pieces."""
    pieces = [body[:2], body[2:]]
    said: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        said.append(message)

    await application(SCOPE | {"method": method, "path": path, "headers": headers or []}, receive, send)
    return said


def test_a_page_hears_nothing_of_what_the_last_one_in_its_thread_said() -> None:
    page = Page()
    application = in_threads(page, at_once=1)
    asked(application)
    asked(application)
    assert page.heard == ["nothing", "nothing"]
    assert page.threads[0] == page.threads[1] != threading.get_ident()


def test_a_page_goes_out_whole_and_is_closed() -> None:
    page = Page()
    start, body = asked(in_threads(page), body=b"motive=hello")
    assert start["status"] == 201
    assert start["headers"] == [(b"set-cookie", b"csrf=1"), (b"x", b"y")]
    assert (body["body"], page.closed) == (b"whole", 1)
    found = page.environs[0]
    assert (found["body"], found["CONTENT_LENGTH"]) == (b"motive=hello", "12")
    assert found["PATH_INFO"].encode("latin-1").decode() == "/ŵyl/"


def test_no_header_passes_for_another_with_an_underscore() -> None:
    page = Page()
    cookies = [(b"cookie", b"a=1"), (b"cookie", b"b=2")]
    asked(in_threads(page), headers=[(b"x_forwarded_proto", b"https"), (b"accept-language", b"cy"), *cookies])
    found = page.environs[0]
    assert "HTTP_X_FORWARDED_PROTO" not in found
    assert (found["HTTP_ACCEPT_LANGUAGE"], found["HTTP_COOKIE"]) == ("cy", "a=1; b=2")


def test_what_is_too_long_reaches_no_page() -> None:
    page = Page()
    (start, _) = asked(small(in_threads(page)), body=b"x" * (LONGEST + 1))
    assert start["status"] == 413
    assert not page.environs


def at_once(application: Any, many: int) -> None:
    """Ask for so many pages at once, and wait for all of them."""
    asking = [threading.Thread(target=asked, args=[application]) for _ in range(many)]
    for one in asking:
        one.start()
    for one in asking:
        one.join(10)
    assert not any(one.is_alive() for one in asking)


@pytest.mark.reliability("R15")
def test_a_page_that_stands_aside_lets_another_work() -> None:
    both_stand_aside = threading.Barrier(2, timeout=5)

    def page(environ: Any, start_response: Any) -> list[bytes]:
        with standing_aside():
            both_stand_aside.wait()
        start_response("200 OK", [])
        return []

    at_once(in_threads(page, at_once=1), 2)
    assert not both_stand_aside.broken


def test_no_more_pages_work_than_may() -> None:
    working: list[int] = []
    most: list[int] = []

    def page(environ: Any, start_response: Any) -> list[bytes]:
        with standing_aside():
            pass
        working.append(1)
        most.append(len(working))
        time.sleep(0.005)
        working.pop()
        start_response("200 OK", [])
        return []

    at_once(in_threads(page, at_once=1), 6)
    assert max(most) <= 2, "one at work, and one that came back from standing aside"


def test_whoever_comes_back_waits_for_nobody_who_may_wait_for_it() -> None:
    turn, held = threading.Lock(), threading.Event()
    came_back = threading.Event()

    def page(environ: Any, start_response: Any) -> list[bytes]:
        if turn.acquire(blocking=False):  # the first: holds what the second needs, which holds the only place
            with standing_aside():
                held.wait(5)
            came_back.set()
            turn.release()
        else:
            held.set()
            assert came_back.wait(5)
        start_response("200 OK", [])
        return []

    at_once(in_threads(page, at_once=1), 2)
    assert came_back.is_set()


@pytest.mark.reliability("R15")
def test_who_signs_in_lets_a_page_be_finished_first() -> None:
    at_work, order = threading.Event(), []

    def page(environ: Any, start_response: Any) -> list[bytes]:
        if not at_work.is_set():
            at_work.set()
            time.sleep(0.05)
            order.append("the page that was at work")
        else:
            let_others_go_first()
            order.append("who signs in")
        start_response("200 OK", [])
        return []

    at_once(in_threads(page, at_once=2), 2)
    assert order == ["the page that was at work", "who signs in"]


def test_whoever_signs_in_waits_for_no_page_that_takes_long() -> None:
    came_in, at_work = threading.Event(), threading.Event()

    def page(environ: Any, start_response: Any) -> list[bytes]:
        if not at_work.is_set():
            at_work.set()
            assert came_in.wait(5)
        else:
            let_others_go_first()
            came_in.set()
        start_response("200 OK", [])
        return []

    at_once(in_threads(page, at_once=2), 2)
    assert came_in.is_set()


def test_a_page_that_fails_leaves_its_place() -> None:
    def page(environ: Any, start_response: Any) -> list[bytes]:
        with standing_aside():
            raise RuntimeError("no page")

    application = in_threads(page, at_once=1, threads=1, longest=0)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            asked(application)


@pytest.mark.reliability("R15")
def test_however_many_sign_in_pages_have_their_threads() -> None:
    a_page_came = threading.Event()

    def page(environ: Any, start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"].endswith("/sign-in/"):
            with standing_aside():
                assert a_page_came.wait(5)
        else:
            a_page_came.set()
        start_response("200 OK", [])
        return []

    application = in_threads(page, at_once=1, threads=1, is_at_the_door=is_at_the_door)
    signing_in = [threading.Thread(target=asked, args=[application], kwargs={"path": "/me/sign-in/"}) for _ in range(9)]
    for one in signing_in:
        one.start()
    asked(application, path="/me/")
    for one in signing_in:
        one.join(10)
    assert a_page_came.is_set()
    assert not any(one.is_alive() for one in signing_in)


ANSWERED_ALL_THE_SAME = [
    ("GET", "/me/leave/"),
    ("GET", "/family/sign-out/"),
    ("GET", "/health/"),
    ("GET", "/static/web/css/web.css"),
    ("POST", "/me/"),
]


@pytest.mark.parametrize(("full", "free"), [("/me/sign-in/", "/me/"), ("/me/", "/me/sign-in/")])
def test_whoever_comes_where_too_many_wait_is_told_so_and_takes_nobodys_turn(full: str, free: str) -> None:
    go_on, started = threading.Event(), []

    def page(environ: Any, start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == full:
            started.append(1)
            with standing_aside():
                assert go_on.wait(5)
        start_response("200 OK", [])
        return []

    application = in_threads(page, threads=3, longest=2, is_at_the_door=is_at_the_door)

    async def ask(path: str) -> Any:
        return (await sent_by(application, path=path, method="GET"))[0]

    async def everybody() -> None:
        there = [asyncio.create_task(ask(full)) for _ in range(9)]
        while sum(one.done() for one in there) < 4:
            await asyncio.sleep(0.01)
        refused = [one.result() for one in there if one.done()]
        assert [one["status"] for one in refused] == [503] * 4
        assert int(dict(refused[0]["headers"])[b"retry-after"]) == too_many.AGAIN
        assert (await ask(free))["status"] == 200
        leaving = [
            asyncio.create_task(sent_by(application, method=how, path=path)) for how, path in ANSWERED_ALL_THE_SAME
        ]
        go_on.set()
        assert [start["status"] for start, _ in await asyncio.gather(*leaving)] == [200] * len(leaving)
        answers = await asyncio.gather(*there)
        assert sorted(one["status"] for one in answers) == [200] * 5 + [503] * 4
        assert (await ask(full))["status"] == 200

    asyncio.run(asyncio.wait_for(everybody(), 10))
    assert len(started) == 6 + (full == "/me/"), "nobody who was refused came to a page; what was written did"


@pytest.mark.parametrize(
    ("path", "waits"),
    [
        ("/me/sign-in/", True),
        ("/staff/sign-in/step/", True),
        ("/family/come-in/", True),
        ("/staff/sign-in-rules/", False),
        ("/me/your-sign-in/", False),
        ("/staff/", False),
    ],
)
def test_who_signs_in_is_told_by_the_address(path: str, waits: bool) -> None:
    assert is_at_the_door(path) is waits
