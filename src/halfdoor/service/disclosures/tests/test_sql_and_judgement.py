"""The database and the judgement agree on every kind of item there is, for whoever looks, under the shipped packs."""

from itertools import product
from random import Random

import pytest
from django.db.models import Q

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import Value
from halfdoor.service.core.guarding import reading, writing
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover
from halfdoor.service.disclosures.dossier import ITEM_FACTS
from halfdoor.service.disclosures.lists import _boxes, _matching
from halfdoor.service.disclosures.models import Item
from tests.packs.situations import witness
from tests.people import NOON, Family

COLUMNS = ("category", *ITEM_FACTS)
EVERY_KIND = tuple(product(Category.values, *[Mark.values] * 4, MarksCover.values))
VIEWERS = 5
"""For each place, of those whom different rules let look: with the kinds of item, more than 100,000 situations."""


@pytest.fixture
def one_of_every_kind(family: Family) -> None:
    with writing(Item):
        Item.objects.bulk_create(
            Item(
                practice=family.practice,
                young_person=family.amina,
                episode=family.episode,
                kind="made-up",
                said_by="clinician",
                written_at=NOON,
                written_by=family.ruth,
                **dict(zip(COLUMNS, kind, strict=True)),
            )
            for kind in EVERY_KIND
        )


def chosen_by(judge: Judge, facts: dict[str, Value]) -> Q:
    """Return the condition that a list makes of these facts, where they hold of every item."""
    return _matching([(Q(), Category.values)], _boxes(judge, frozenset(facts.items())))


@pytest.mark.usefixtures("one_of_every_kind")
@pytest.mark.parametrize("place", ["none", "us", "england", "us-ca"])
def test_sql_chooses_the_items_that_the_judgement_opens(place: str) -> None:
    judge = judge_for(place, at=NOON)
    opens = [rule for rule in judge.table.deciding if rule.effect and rule.effect.opens]
    looking = [found for rule in opens if (found := witness(judge.table, rule, place=place))]
    for found in Random(place).sample(looking, VIEWERS):
        facts = {name: value for name, value in found.items() if name not in COLUMNS}
        with reading(Item):
            chosen = set(Item.objects.filter(chosen_by(judge, facts)).values_list(*COLUMNS))
        asked = {kind: Situation.of(facts | dict(zip(COLUMNS, kind, strict=True)), at=NOON) for kind in EVERY_KIND}
        assert chosen
        assert chosen == {kind for kind, one in asked.items() if judge.disposition(one).opens}, facts


def test_enough_situations_are_asked() -> None:
    assert len(EVERY_KIND) * VIEWERS * 4 >= 100_000
