"""What papers ask of staff: signing beside somebody, and reading a paper again."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.documents.queries import answers, library
from halfdoor.service.web.due import Due


def due_for(reader: Account, *, at: datetime) -> list[Due]:
    """Return what waits for whoever reads: the signatures of a clinician, the reviews of who keeps the papers."""
    beside = [
        Due(
            reverse("documents:signed", args=[one.pk]),
            _("%(name)s signed: %(paper)s")
            % {"name": one.membership.person.name, "paper": one.version.get_kind_display()},
            _("It waits for your signature beside it"),
        )
        for one in answers.to_countersign(reader)
    ]
    again = [
        Due(
            reverse("documents:paper", args=[shelf.kind]),
            str(shelf.kind.label),
            _("A paper of the practice is to be read again"),
            shelf.due_on,
        )
        for shelf in library.reviews_due(reader, at=at)
    ]
    return beside + again
