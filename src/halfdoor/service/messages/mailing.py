"""
The two mails that are written here: that there is something new, which takes nothing but a language and an address, and
the day's checkpoint of the ledger, which takes nothing but that and who keeps it.
"""

from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _


def word(*, to: str, language: str) -> EmailMessage:
    """
    Return the mail. Neither its subject nor its body names anybody, a service, a topic or an address: somebody else may
    read it over a shoulder.
    """
    with translation.override(language):
        body = _(
            "There is something new for you.\n\nSign in as you always do to read it. This message says nothing else, "
            "so that it does not matter who sees it. You can switch these messages off on your own page."
        )
        subject = _("Something new for you")
    return EmailMessage(subject, body, to=[to], headers=_headers())


def checkpoint(note: str, *, to: str, language: str) -> EmailMessage:
    """Return the mail with a signed checkpoint, for whoever keeps it. It names nobody and nothing that happened."""
    with translation.override(language):
        body = _(
            "Keep this message, best on another machine or printed. It says how long the ledger was today, and one "
            "hash over all of it. Whoever has it can tell later whether anything up to here was changed.\n\nHow to "
            "compare it is in the how-to “Compare a receipt with the ledger”."
        )
        subject = _("Checkpoint of the day")
    return EmailMessage(subject, f"{body}\n\n{note}", to=[to], headers=_headers())


def _headers() -> dict[str, str]:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return {"Message-ID": make_msgid(domain=domain), "Auto-Submitted": "auto-generated"}
