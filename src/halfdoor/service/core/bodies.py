"""
How much anybody may send.

Django takes a whole body in before it looks at who sends it and where to, so this stands in front of Django. Nothing
here takes files; whoever brings uploads lets more in at their address alone.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[..., Awaitable[None]]

LONGEST = 1024 * 1024


def small(application: Application, *, longest: int = LONGEST) -> Application:
    """Return the application behind a door through which no body fits that is longer than so many bytes."""

    async def door(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        if _announced(scope) > longest:
            await _refuse(send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            # The application sees somebody who went away, and drops what it had.
            return message if taken <= longest else {"type": "http.disconnect"}

        await application(scope, counted, send)
        if taken > longest:
            await _refuse(send)

    return door


def small_by_wsgi(application: WSGIApplication, *, longest: int = LONGEST) -> WSGIApplication:
    """Return a WSGI application behind the same door. Django reads no body there whose length is not said before."""

    def door(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if int(environ.get("CONTENT_LENGTH") or 0) > longest:
            start_response("413 Content Too Large", [("Content-Length", "0"), ("Connection", "close")])
            return ()
        return application(environ, start_response)

    return door


def _announced(scope: Any) -> int:
    """Return how long the body is said to be. Servers refuse what is no number."""
    return max((int(value) for name, value in scope["headers"] if name == b"content-length"), default=0)


async def _refuse(send: Send) -> None:
    headers = [(b"content-length", b"0"), (b"connection", b"close"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body"})
