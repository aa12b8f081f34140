"""How a password is kept."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

# Each look at a password takes 46 megabytes, on purpose. More at once, and whoever knocks often takes all there is.
_TURN = threading.Lock()


class OneAtATime(Argon2PasswordHasher):
    """Argon2id as OWASP lists it for a small server: quick enough for everybody, one password at a time."""

    memory_cost = 46 * 1024
    time_cost = 1
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return what is kept of a password, when it is our turn."""
        with _TURN:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Say whether it is this password, when it is our turn."""
        with _TURN:
            return super().verify(password, encoded)
