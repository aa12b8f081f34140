"""
What somebody sees of an answer or a mail: everything, but for a short list of what is random in every answer.

The list is ``RANDOM`` and the ids of rows. Ids are random too, so that two worlds are compared up to a renaming: each
gets the number in which it was first seen. An id that stands in another place than in the other world is a difference.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMessage

AN_ID = re.compile(r"(?:(?<![0-9a-f-])|(?<=of-))[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])")

RANDOM: Mapping[str, re.Pattern[str]] = {
    "the token against forged forms": re.compile(r'(name="csrfmiddlewaretoken" value=")[0-9A-Za-z]{64}(?=")'),
    "the same token in its cookie": re.compile(
        r"(^Set-Cookie: csrf-(?:public|staff|family|me)=)[0-9A-Za-z]{32}(?=;)", re.M
    ),
    "the key of a session": re.compile(r"(^Set-Cookie: session-(?:public|staff|family|me)=)[0-9a-z]{32}(?=;)", re.M),
    "the fingerprint of a line, which seals ids": re.compile(r"(<code>)[0-9a-f]{12}(?=</code>)"),
    "the stamp of a line, which seals its hash": re.compile(r'(<code class="stamp">)[0-9A-Za-z+/]{128}(?=</code>)'),
    "the id of a mail": re.compile(r"(^Message-ID: <)[0-9.]+(?=@)", re.M),
}
"""What is random in every answer, whatever happened. Nothing is added here without looking at it together."""

_SEALED, _SOME = b"/ByteRange", 4096
"""
A sealed file is random as a whole: it holds the id of its signing, packed, and a signature over that. Its size alone is
compared, roughly; what stands in it was signed on a page that is compared.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer as whoever asked sees it: what they did (in addresses without ids), and all that came back."""

    surface: str
    did: str
    came: str = field(repr=False)


@dataclass(slots=True)
class Eyes:
    """Somebody who looks at one world, and numbers its ids as they come."""

    ids: dict[str, str] = field(default_factory=dict)

    def see(self, surface: str, did: str, response: Any) -> Seen:
        """Return an answer as it is seen: status, headers, cookies, and every byte of the body."""
        body, sizes = _text(response.content), dict(response.headers)
        if _SEALED in response.content:
            body, sizes["Content-Length"] = f"a sealed file of about {len(body) // _SOME * _SOME} bytes", "about"
        headers = sorted(f"{name}: {value}" for name, value in sizes.items())
        cookies = sorted(f"Set-Cookie: {morsel.OutputString()}" for morsel in response.cookies.values())
        came = "\n".join([str(response.status_code), *headers, *cookies, "", body])
        return Seen(surface, self.plain(did), self.plain(came))

    def receive(self, mail: EmailMessage) -> Seen:
        """Return a mail as its receiver sees it: every header and the text."""
        return Seen("mail", "a mail comes", self.plain(mail.message().as_string()))

    def plain(self, text: str) -> str:
        """Return a text with what is random taken out of it, and ids numbered in the order in which they were seen."""
        for pattern in RANDOM.values():
            text = pattern.sub(r"\1RANDOM", text)
        return AN_ID.sub(self._numbered, text)

    def _numbered(self, found: re.Match[str]) -> str:
        return self.ids.setdefault(found[0], f"id-{len(self.ids)}")


def _text(body: bytes) -> str:
    """Return a body as text without losing a byte of it: a file is none, and has a letter for each byte."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("latin-1")


def first_difference(one: list[Seen], other: list[Seen]) -> str:
    """Return in words where two worlds differ first; nothing where they do not."""
    for here, there in zip(one, other, strict=False):
        if here != there:
            lines = zip(here.came.splitlines(), there.came.splitlines(), strict=False)
            telling = [(a, b) for a, b in lines if a != b and not a.startswith("Content-Length")]
            differs = next(iter(telling), (f"{len(here.came)} letters", f"{len(there.came)}"))
            return "\n  ".join([f"{here.did} / {there.did}", *(side.strip()[:300] for side in differs)])
    return "" if len(one) == len(other) else f"{len(one)} answers and {len(other)}"
