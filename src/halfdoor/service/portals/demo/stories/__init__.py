"""
Stories of single invented families, each told from its beginning: what is rare in a practice and matters most.

Each is told once, in the background; the young person's name says whether it was.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from halfdoor.service.agreements import starting
from halfdoor.service.core.models import Practice
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.choices import Kind
from halfdoor.service.documents.models import Asking
from halfdoor.service.people.choices import Relation, Setting
from halfdoor.service.people.models import Membership, Person, YoungPerson
from halfdoor.service.portals.demo.staff import Staff, staff_of
from halfdoor.service.portals.demo.stories import (
    asking,
    calling,
    changing,
    consenting,
    deciding,
    going_wrong,
    grown,
    home,
    keeping_safe,
    orders,
    rarely,
    rarely_at_the_home,
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
        "Ruben Castillo": rarely.ordered_by_a_court,
        "Theo Brandt": rarely.in_a_programme,
        "Wanda Kerr": rarely.cannot_be_asked,
        "Juno Vale": rarely.grown_up_early,
        "Toby Hale": rarely.at_school,
        "Max Corrigan": rarely.has_died,
        "Orla Dunne": rarely.stays_with_her_foster_mother,
    },
    Setting.RESIDENTIAL: {
        "Mina Patel": home.mina_decides,
        "Rhys Morgan": home.rhys_has_a_new_worker,
        "Cai Bowen": rarely_at_the_home.too_young_to_decide,
        "Tilly Grant": rarely_at_the_home.not_awake,
        "Emrys Lloyd": rarely_at_the_home.everybody_has_a_law,
        "Gareth Pugh": grown.left_long_ago,
        "Ffion Rees": grown.left_and_is_held,
    },
}


@transaction.atomic
def tell(practice: Practice, name: str, *, at: datetime) -> None:
    """Put the story of this young person on record, unless it is there."""
    if not Person.objects.filter(practice=practice, name=name).exists():
        STORIES[practice.setting][name](name, staff_of(practice), at)
        _asked_again(practice, name, at=at)
        _given_to_read(practice, name, at=at)


def _given_to_read(practice: Practice, name: str, *, at: datetime) -> None:
    """Whoever signs in finds what stays here on their page, if nothing was asked of them before."""
    places = Membership.objects.filter(practice=practice, person__name=name, relation=Relation.SELF)
    asked = Asking.objects.filter(practice=practice, membership__in=places.values("pk"))
    if not asked.exists():
        signs_in = places.filter(person__account__isnull=False)
        kind, by = Kind.CONFIDENTIALITY_OLDER, staff_of(practice).therapist
        papers.ask([(herself, kind) for herself in signs_in], by=by, at=at - timedelta(days=5))


def _asked_again(practice: Practice, name: str, *, at: datetime) -> None:
    """Most were asked again lately what may be told; of two it is due."""
    days = 96 if name in ("Finn Larsen", "Rhys Morgan") else len(name)
    for young_person in YoungPerson.objects.filter(practice=practice, person__name__in=(name, "Mateo Rivera")):
        starting.ask_again(young_person, by=staff_of(practice).therapist, at=at - timedelta(days=days))
