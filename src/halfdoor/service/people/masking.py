"""
A contact as it lies on a page that stays open: enough to tell it from another, too little for whoever looks over a
shoulder. An address that a parent must not learn is worth more than a click.
"""

from halfdoor.service.people.choices import ContactKind

_HIDDEN = "•••"
_LAST = 2


def masked(kind: ContactKind, value: str) -> str:
    """Return a contact without what leads there: the first letter of a mailbox, the last digits of a number."""
    match kind:
        case ContactKind.EMAIL:
            return f"{value[:1]}{_HIDDEN}@{_HIDDEN}"
        case ContactKind.TELEPHONE:
            return f"{_HIDDEN} {''.join(sign for sign in value if sign.isdigit())[-_LAST:]}"
        case ContactKind.POST:
            return _HIDDEN
