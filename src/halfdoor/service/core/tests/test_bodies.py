"""What is too long is refused before it is taken in, wherever it is sent to."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from halfdoor.service.core.bodies import LONGEST, small

SCOPE = {"type": "http", "method": "POST", "path": "/nowhere/"}


class Practice:
    """Takes in what comes, as Django does, and says how much it was."""

    def __init__(self) -> None:
        self.taken = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.taken += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})


def posted(practice: Practice, pieces: Iterator[int], *, announced: int | None = None) -> tuple[int, int]:
    """Send pieces of so many bytes; return the answer's status and how much was read of what was sent."""
    headers = [] if announced is None else [(b"content-length", str(announced).encode())]
    read, said = 0, []

    async def receive() -> Any:
        nonlocal read
        piece = next(pieces, 0)
        read += piece
        return {"type": "http.request", "body": b"x" * piece, "more_body": bool(piece)}

    async def send(message: Any) -> None:
        said.append(message)

    async_to_sync(small(practice))(SCOPE | {"headers": headers}, receive, send)
    return said[0]["status"], read


def test_a_stranger_who_says_they_send_too_much_is_refused_unread() -> None:
    practice = Practice()
    assert posted(practice, iter([200 * LONGEST]), announced=200 * LONGEST) == (413, 0)
    assert practice.taken == 0


@pytest.mark.abuse("E8")
@pytest.mark.parametrize("announced", [None, 10])
def test_a_stranger_who_does_not_say_how_much_is_stopped_at_the_limit(announced: int | None) -> None:
    practice = Practice()
    status, read = posted(practice, iter([LONGEST // 2] * 400), announced=announced)
    assert status == 413
    assert read <= 2 * LONGEST
    assert practice.taken <= LONGEST


def test_a_letter_of_ordinary_length_passes() -> None:
    practice = Practice()
    assert posted(practice, iter([LONGEST // 2] * 2), announced=LONGEST) == (200, LONGEST)


def the_service(kind: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("halfdoor.service.core.starting.refuse_to_start_unsafe", lambda: None)
    return import_module(f"halfdoor.service.{kind}").application


def test_the_service_itself_stands_behind_that_door(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []

    async def never() -> Any:
        raise AssertionError("nothing is read")

    async def send(message: Any) -> None:
        said.append(message)

    headers = [(b"content-length", str(LONGEST + 1).encode())]
    async_to_sync(the_service("asgi", monkeypatch))(SCOPE | {"headers": headers}, never, send)
    assert said[0]["status"] == 413


def test_so_it_does_behind_a_wsgi_server(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    environ = {"CONTENT_LENGTH": str(LONGEST + 1)}
    assert not [*the_service("wsgi", monkeypatch)(environ, lambda status, headers: said.append(status))]
    assert said == ["413 Content Too Large"]
