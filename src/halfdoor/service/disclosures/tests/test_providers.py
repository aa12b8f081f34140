"""Facts from rooms above: said while they can be asked, closed while they cannot."""

import pytest

from halfdoor.service.disclosures import gate, providers
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer
from halfdoor.service.people.models import Suspicion
from tests.people import NOON, Family


@pytest.fixture
def safeguarding():
    """Let tests register a provider under one name, and take it away again."""
    yield lambda load, **closed: providers.register("safeguarding", load, closed=closed)
    providers.forget("safeguarding")


def opens(family: Family) -> bool:
    asked = gate.Question(
        young_person=family.amina, recipient=family.tom, category=Category.ATTENDANCE, purpose="support"
    )
    return gate.consider(asked, at=NOON).disposition.opens


def test_what_a_room_above_knows_is_heard(family: Family, safeguarding):
    assert opens(family)
    safeguarding(
        lambda young_person, at: lambda member, category, topic: {"suspected_of_harm": "yes"},
        suspected_of_harm="unknown",
    )
    assert not opens(family)


def test_a_mark_on_record_is_not_taken_away_by_a_room_above(family: Family, safeguarding):
    suspected = Suspicion(membership=family.tom, suspected=Answer.YES, effective_on=NOON.date())
    people.record(suspected, by=family.ruth, at=NOON)
    safeguarding(
        lambda young_person, at: lambda member, category, topic: {"suspected_of_harm": "no"},
        suspected_of_harm="unknown",
    )
    assert not opens(family)


def fails_at_once(young_person, at):
    raise ConnectionError("the other room is not there")


def fails_when_asked(young_person, at):
    def about(member, category, topic):
        raise KeyError(category)

    return about


def says_what_it_may_not(young_person, at):
    return lambda member, category, topic: {"wish": "agrees"}


@pytest.mark.abuse("C7")
@pytest.mark.parametrize("load", [fails_at_once, fails_when_asked, says_what_it_may_not])
def test_a_provider_that_fails_closes(family: Family, safeguarding, load):
    assert opens(family)
    safeguarding(load, suspected_of_harm="unknown")
    assert not opens(family)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("suspected_of_harm", "no"),
        ("risk", "serious_and_imminent"),
        ("wish", "objects"),
        ("authority", "unknown"),
        ("x", "y"),
    ],
)
def test_a_closing_value_that_could_open_is_refused_at_once(fact, value):
    with pytest.raises(ValueError, match=fact):
        providers.register("safeguarding", fails_at_once, closed={fact: value})


def test_a_name_is_taken_once(safeguarding):
    safeguarding(fails_at_once, suspected_of_harm="unknown")
    with pytest.raises(ValueError, match="registered already"):
        safeguarding(fails_at_once, suspected_of_harm="unknown")
