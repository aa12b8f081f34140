"""A decision about one item asks PostgreSQL once; what another room cannot say closes alone all the same."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Func, IntegerField
from django.test.utils import CaptureQueriesContext

from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures import gate, providers
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from tests.people import NOON, Family, amina_and_her_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def amina() -> Family:
    return amina_and_her_family()


@pytest.fixture
def safeguarding() -> Iterator[None]:
    """A room above whose table cannot be read."""
    fails = Func(function="no_such_function", output_field=IntegerField())
    broken = Prepared(lambda practice: Practice.objects.filter(pk=practice).values_list(fails), UUID)

    def asks(young_person, at):
        return broken, (young_person.practice_id,)

    def many(young_people, at) -> Mapping[UUID, providers.About]:
        for whose in young_people:
            list(broken.ask(Practice, whose.practice_id))
        return {whose.pk: lambda member, category, topic: {} for whose in young_people}

    providers.register("safeguarding", None, closed={"suspected_of_harm": "unknown"}, many=many, asks=asks)
    yield
    providers.forget("safeguarding")


def attendance(family: Family) -> UUID:
    item = notes.write("She came.", episode=family.episode, category=Category.ATTENDANCE, by=family.ruth, at=NOON)
    return item.item_id


def test_a_decision_about_an_item_asks_postgresql_once(amina: Family):
    item = attendance(amina)
    gate.decide(amina.sara, item, at=NOON)
    with CaptureQueriesContext(connection) as sent:
        before = gate.decide(amina.sara, item, at=NOON).disposition
    assert len(sent) == (1 if connection.vendor == "postgresql" else 5)
    with transaction.atomic():
        assert gate.decide(amina.sara, item, at=NOON).disposition is before
    with pytest.raises(gate.NotReleased):
        gate.decide(amina.sara, UUID(int=1), at=NOON)


@pytest.mark.abuse("C7")
@pytest.mark.parametrize("in_transaction", [False, True])
def test_what_a_room_above_cannot_say_closes_and_all_else_is_said(amina: Family, safeguarding, in_transaction: bool):
    item = attendance(amina)
    if in_transaction:
        with transaction.atomic():
            closed = gate.decide(amina.tom, item, at=NOON)
            assert Practice.objects.filter(pk=amina.practice.pk).exists(), "the transaction goes on"
    else:
        closed = gate.decide(amina.tom, item, at=NOON)
    assert not closed.disposition.opens
    providers.forget("safeguarding")
    assert gate.decide(amina.tom, item, at=NOON).disposition.opens
