"""What a process does once, before its first page or job: nobody gets anything from it before that."""

import threading
from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from halfdoor.service.core import clock, fitting, memory, roots, within

_DOING: list[Callable[..., object]] = []
_one_at_a_time = threading.Lock()
_done = threading.Event()


def add(do: Callable[..., object]) -> None:
    """Let a room say what has to be done first; it takes ``at=``. Called from its ``AppConfig.ready``."""
    _DOING.append(do)


def do_first(*, at: datetime) -> None:
    """Do it, unless it is done. Where something fails, it is tried again by the next one who asks."""
    if _done.is_set():
        return
    with _one_at_a_time:
        if not _done.is_set():
            fitting.must_fit()
            roots.fetch()
            with within.everywhere():
                for do in _DOING:
                    do(at=at)
            memory.settle()
            _done.set()


class BeforeTheFirstPage:
    """Middleware: the first request of a process waits until it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, when all is done that comes first."""
        do_first(at=clock.now())
        return self.get_response(request)
