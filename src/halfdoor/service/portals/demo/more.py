"""More invented families, one at a time, so that lists have something in them."""

from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.models import Person
from halfdoor.service.portals.demo.circles import Around, Invented, put_on_record


def _names(text: str) -> list[str]:
    return text.split()


_FIRST = _names(
    "Ada Bo Cleo Dara Eli Faye Gus Hana Ivo Jun Kit Lola Milo Nell Otis Pia Quinn Rafi Suki Theo Una Vito Wren Yara"
)
_LAST = _names("Abbott Barlow Castro Dubois Eriksen Fonseca Grady Hoang Ibarra Jansen Kowal Lindqvist")
_PARENTS = _names("Alex Bela Chris Dorit Emil Franka Gerd Hila Ines Jona Karim Luz")

HOW_MANY = len(_FIRST)
_CLINICAL = {Role.THERAPIST: Relation.THERAPIST, Role.LEAD: Relation.CLINICAL_LEAD}


@transaction.atomic
def add_family(practice: Practice, number: int, *, at: datetime) -> None:
    """Put the family of this number on record, unless it is there."""
    last = _LAST[number % len(_LAST)]
    name = f"{_FIRST[number]} {last}"
    if Person.objects.filter(practice=practice, name=name).exists():
        return
    parents = (f"{_PARENTS[number % len(_PARENTS)]} {last}", f"{_PARENTS[(number + 5) % len(_PARENTS)]} {last}")
    around = tuple(Around(name=one, relation=Relation.PARENT, level=Level.SHARED) for one in parents)
    staff = Account.objects.filter(practice=practice, role__in=_CLINICAL).order_by("-role", "id")
    clinicians = [(account, _CLINICAL[Role(account.role)]) for account in staff]
    put_on_record(Invented(name=name, age=8 + number % 9, around=around), clinicians=clinicians, at=at)
