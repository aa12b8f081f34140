"""Whose record an address is about, by its keys; and the line that looking at it leaves."""

from uuid import UUID, uuid4

from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import looking
from halfdoor.service.people.models import Membership
from tests.people import NOON, Family, a_court_limits

NOBODY = uuid4()


def test_each_key_leads_to_the_young_person_it_is_about_in_one_practice_alone(family: Family) -> None:
    limit = a_court_limits(family.tom, by=family.ruth)
    elsewhere = Practice.objects.create(name="Elsewhere")
    keys: dict[str, UUID] = {
        "young_person_id": family.amina.pk,
        "membership_id": family.tom.pk,
        "limit_id": limit.pk,
    }
    for name, key in keys.items():
        assert looking.whom({"page": 2, name: key}, family.practice) == family.amina.pk
        if name != "young_person_id":
            assert looking.whom({name: key}, elsewhere) is None
            assert looking.whom({name: NOBODY}, family.practice) is None
    assert looking.whom({"membership_id": family.tom.pk, "young_person_id": NOBODY}, family.practice) == family.amina.pk
    assert looking.whom({"page": 2}, family.practice) is None
    assert looking.keys() >= {*keys, "access_id", "signing_id", "consent_id", "consultation_id"}


def test_a_row_that_names_its_young_person_leads_there_by_its_key(family: Family) -> None:
    whose = looking.of(Membership)
    assert whose(family.tom.pk, family.practice) == family.amina.pk
    assert whose(family.tom.pk, Practice.objects.create(name="Elsewhere")) is None
    assert whose(NOBODY, family.practice) is None


def test_a_look_leaves_a_line_that_says_who_looked_at_which_page_about_whom(family: Family) -> None:
    look = looking.looked(family.amina.pk, page="people:young_person", by=family.ruth, at=NOON)
    said = {"young_person": str(family.amina.pk), "page": "people:young_person", "by": str(family.ruth.pk)}
    assert chain.body_of(look.entry) == {"kind": "disclosures.looked", **said}
    assert (look.young_person_id, look.page, look.at, look.by) == (
        family.amina.pk,
        "people:young_person",
        NOON,
        family.ruth,
    )
    assert look.practice == family.practice
