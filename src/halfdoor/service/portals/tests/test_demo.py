"""The demonstration puts the same invented people on record, once."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from halfdoor.service.agreements.models import Wish
from halfdoor.service.core import keys
from halfdoor.service.core.models import Practice
from halfdoor.service.people.models import CourtLimit, EpisodeTerms, Person, YoungPerson
from halfdoor.service.portals.demo import families, more, stories
from halfdoor.service.requests.queries import waiting
from halfdoor.service.safeguarding import outstanding
from tests.people import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put the first families on record once for all that is asked here; each test goes back to them."""
    with django_db_blocker.unblock(), transaction.atomic(), keys.ring():
        families.prepare(at=NOON)
        yield
        transaction.set_rollback(True)


def test_preparing_twice_changes_nothing() -> None:
    before = Person.objects.count()
    families.prepare(at=NOON)
    assert Person.objects.count() == before
    assert Practice.objects.filter(is_demo=True).count() == 2


def test_a_family_in_the_background_comes_once() -> None:
    larkspur = Practice.objects.get(setting="outpatient")
    before = Person.objects.count()
    for _ in range(2):
        more.add_family(larkspur, 0, at=NOON)
    assert Person.objects.count() == before + 3


@pytest.mark.requirement("R6")
@pytest.mark.parametrize("setting", ["outpatient", "residential"])
def test_families_in_the_background_stand_otherwise_than_each_other(setting: str) -> None:
    practice = Practice.objects.get(setting=setting)
    before = YoungPerson.objects.filter(practice=practice).count()
    for number in range(8):
        more.add_family(practice, number, at=NOON)
    young_people = YoungPerson.objects.filter(practice=practice)
    assert young_people.count() == before + 8
    bases = EpisodeTerms.objects.filter(practice=practice).values_list("legal_basis", flat=True)
    assert len(set(bases)) >= (6 if setting == "outpatient" else 1)
    assert CourtLimit.objects.filter(practice=practice).count() >= 2
    assert Wish.objects.filter(practice=practice, said_at__lt=NOON).count() >= 4


def test_sixty_families_and_twelve_young_people_in_the_home() -> None:
    for setting, all_told in (("outpatient", 60), ("residential", 12)):
        there = YoungPerson.objects.filter(practice__setting=setting).count()
        brothers = 1 if setting == "outpatient" else 0  # who come with somebody's story
        assert there + more.HOW_MANY[setting] + len(stories.STORIES[setting]) + brothers == all_told


@pytest.mark.parametrize("kept", [waiting.doctor, outstanding.doctor])
def test_all_that_waits_in_the_stories_is_kept_as_waiting(kept: Any) -> None:
    (found,) = kept(NOON)
    assert (str(found.state), found.says[0] != "0") == ("ok", True), found


def test_the_demonstration_runs_only_where_it_is_meant() -> None:
    with pytest.raises(CommandError, match="HALFDOOR_DEMO=1"):
        call_command("demo", prepare_only=True)


def test_a_port_that_is_taken_is_said_before_anything_else(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.HALFDOOR_DEMO = True
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} is taken.*make demo PORT=8000") as ended:
            call_command("demo", port=port)
    assert ended.value.code not in (None, 0)
    assert "http" not in "".join((*capsys.readouterr(), str(ended.value)))
    assert Practice.objects.count() == 2


@pytest.mark.usefixtures("as_owner_of_the_tables")
def test_what_an_earlier_version_left_ends_in_a_sentence(settings: Any) -> None:
    settings.HALFDOOR_DEMO = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_job RENAME COLUMN task TO errand")
    with pytest.raises(SystemExit, match=r"(?s)cannot use what an earlier one left in .*move the folder away"):
        call_command("demo", prepare_only=True)
