"""A real server of the product for drills, and people who ask it for pages."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PORT = 8335


@contextmanager
def served() -> Iterator[subprocess.Popen[bytes]]:
    """
    Serve the drill's database until the block ends; give the process, whose children answer.

    :raises OSError: where somebody else serves at that door, whose pages would be taken for ours
    """
    socket.create_server(("127.0.0.1", PORT)).close()
    command = [sys.executable, "-m", "halfdoor.service", "serve", "--port", str(PORT)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                if asked("/")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield running
    finally:
        running.terminate()
        running.wait(20)


def asked(path: str, *, cookie: str = "", form: str = "", come_from: str = "127.0.0.1") -> tuple[int, bytes, Any]:
    """Ask for a page on a connection of its own, or send a form; return status, body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30, source_address=(come_from, 0))
    headers = {"Cookie": cookie} if cookie else {}
    if form:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{PORT}"}
    try:
        connection.request("POST" if form else "GET", path, body=form or None, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def cookie_of(account: Any) -> str:
    """Return the cookie of somebody who is signed in."""
    from tests.doors import signed_in

    return "; ".join(f"{name}={morsel.value}" for name, morsel in signed_in(account).cookies.items())


@dataclass
class Reader:
    """Somebody who asks for a page again and again, so many times a second, whether or not the last one has come."""

    path: str
    cookie: str
    a_second: float
    threads: int = 6
    times: list[float] = field(default_factory=list)
    answers: list[tuple[float, int, bytes]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin to ask, in threads that share the rate."""
        self._running = [threading.Thread(target=self._ask, args=[number]) for number in range(self.threads)]
        for one in self._running:
            one.start()

    def stop(self) -> None:
        """Ask no more."""
        self.stopping.set()
        for one in self._running:
            one.join()

    def _ask(self, number: int) -> None:
        apart = self.threads / self.a_second
        due = time.perf_counter() + number * apart / self.threads
        while not self.stopping.wait(max(0.0, due - time.perf_counter())):
            try:
                status, body, _ = asked(self.path, cookie=self.cookie)
            except (OSError, http.client.HTTPException):
                status, body = 0, b""
            now = time.perf_counter()
            self.times.append((now - due) * 1e3)
            self.answers.append((now, status, body))
            due = max(due + apart, now - 1)
