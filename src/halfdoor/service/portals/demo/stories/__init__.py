"""
Stories of single invented families, each told from its beginning: what is rare in a practice and matters most.

Each is told once, in the background; the young person's name says whether it was.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from halfdoor.service.core.models import Practice
from halfdoor.service.people.choices import Setting
from halfdoor.service.people.models import Person
from halfdoor.service.portals.demo.staff import Staff, staff_of
from halfdoor.service.portals.demo.stories import (
    asking,
    calling,
    changing,
    consenting,
    deciding,
    going_wrong,
    home,
    keeping_safe,
    orders,
)

Story = Callable[[str, Staff, datetime], None]

STORIES: Mapping[str, Mapping[str, Story]] = {
    Setting.OUTPATIENT: {
        "Lucia Rivera": consenting.sisters_and_a_brother,
        "Kai Fischer": asking.all_the_way,
        "Dana Whitlock": orders.three_orders,
        "Esme Okafor": deciding.can_decide,
        "Finn Larsen": calling.everybody_calls,
        "Greta Holm": keeping_safe.danger_at_home,
        "Hugo Baker": asking.decided_otherwise,
        "Nadia Novak": going_wrong.a_letter_went_astray,
        "Samir Okoro": changing.adopted,
        "Luca Moretti": changing.his_grandmother_raises_him,
    },
    Setting.RESIDENTIAL: {
        "Mina Patel": home.mina_decides,
        "Rhys Morgan": home.rhys_has_a_new_worker,
    },
}


@transaction.atomic
def tell(practice: Practice, name: str, *, at: datetime) -> None:
    """Put the story of this young person on record, unless it is there."""
    if not Person.objects.filter(practice=practice, name=name).exists():
        STORIES[practice.setting][name](name, staff_of(practice), at)
