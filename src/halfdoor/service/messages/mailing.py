"""The mail that says that there is something new. There is one, and it takes nothing but a language and an address."""

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
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": make_msgid(domain=domain), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[to], headers=headers)
