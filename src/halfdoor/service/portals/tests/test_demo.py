"""The demonstration puts the same invented people on record, once."""

import pytest
from django.core.management import CommandError, call_command

from halfdoor.service.core.models import Practice
from halfdoor.service.people.models import Person
from halfdoor.service.portals.demo import families, more
from tests.people import NOON

pytestmark = pytest.mark.django_db


def test_preparing_twice_changes_nothing() -> None:
    families.prepare(at=NOON)
    before = Person.objects.count()
    families.prepare(at=NOON)
    assert Person.objects.count() == before
    assert Practice.objects.filter(is_demo=True).count() == 2


def test_a_family_in_the_background_comes_once() -> None:
    families.prepare(at=NOON)
    larkspur = Practice.objects.get(setting="outpatient")
    before = Person.objects.count()
    for _ in range(2):
        more.add_family(larkspur, 0, at=NOON)
    assert Person.objects.count() == before + 3


def test_the_demonstration_runs_only_where_it_is_meant() -> None:
    with pytest.raises(CommandError, match="HALFDOOR_DEMO=1"):
        call_command("demo", prepare_only=True)
