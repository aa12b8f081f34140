"""Who works at the invented practices."""

from dataclasses import dataclass

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.people.choices import Relation
from halfdoor.service.portals.demo.circles import account_of


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of a practice: its first therapist, a colleague of theirs, and the clinical lead."""

    practice: Practice
    therapist: Account
    colleague: Account
    lead: Account

    def clinicians(self, *, of: Account | None = None) -> list[tuple[Account, Relation]]:
        """Return who has a place in a circle: one of the therapists, and the lead."""
        return [(of or self.therapist, Relation.THERAPIST), (self.lead, Relation.CLINICAL_LEAD)]


_NAMES = {
    "outpatient": ("Ruth Adler", "Joel Stern", "Lena Vance"),
    "residential": ("Nia Bevan", "Owen Reid", "Gwen Harris"),
}


def staff_of(practice: Practice) -> Staff:
    """Return who works at an invented practice."""
    first, second, lead = _NAMES[practice.setting]
    return Staff(
        practice,
        account_of(first, Role.THERAPIST, where=practice),
        account_of(second, Role.THERAPIST, where=practice),
        account_of(lead, Role.LEAD, where=practice),
    )
