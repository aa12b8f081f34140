"""How a password is kept."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher

from halfdoor.service.core.threads import PATIENCE, standing_aside

# Each look at a password takes 19 megabytes, on purpose. More at once, and whoever knocks often takes all there is.
_TURN = threading.Lock()

_LATER = 10
"""How much sooner a page gets a core than a password does, in steps of `nice`: ten mean about nine times in ten."""


class OneAtATime(Argon2PasswordHasher):
    """Argon2id as OWASP lists it for a small server: one password at a time, and pages before it."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return what is kept of a password, when it is our turn."""
        with standing_aside(patience=PATIENCE), _TURN, _after_pages() as thread:
            return thread.submit(super().encode, password, salt).result()

    def verify(self, password: str, encoded: str) -> bool:
        """Say whether it is this password, when it is our turn."""
        with standing_aside(patience=PATIENCE), _TURN, _after_pages() as thread:
            return thread.submit(super().verify, password, encoded).result()


def _after_pages() -> ThreadPoolExecutor:
    """Return a thread that lets others go first: Argon2 lets go of Python's lock, so it is a core that it takes."""
    return ThreadPoolExecutor(1, "password", initializer=_stand_back)


def _stand_back() -> None:
    """On Linux it is the thread alone that stands back; elsewhere the process would, so nobody does."""
    if sys.platform == "linux":
        os.nice(_LATER)
