"""Amina's own page, which somebody may make her show: what is known of harm, danger and courts changes no letter."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from halfdoor.disclosure.obligations import CODES
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import LineKind
from halfdoor.service.disclosures.models import Line
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, Level, Limit, Relation
from halfdoor.service.people.models import Authority, Membership, Suspicion
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.words import Channel, Way
from tests.doors import signed_in
from tests.people import EARLIER, LONG_AGO, NOON, Family, a_court_limits, account, know

LESS = b"Somebody may hear less than this where the law or safety asks for it."
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def amina(family: Family) -> Client:
    return signed_in(family.amina.person.account)


def pages(amina: Client, family: Family) -> list[bytes]:
    """Return Amina's page, and what she can say about each of her parents, without what differs at every visit."""
    addresses = [reverse("portals:mine")]
    addresses += [reverse("portals:person", args=[member.pk]) for member in (family.sara, family.tom)]
    return [TOKEN.sub(rb"\1", amina.get(address).content) for address in addresses]


def tom_is_suspected(family: Family) -> None:
    fact = Suspicion(membership=family.tom, suspected=Answer.YES, effective_on=LONG_AGO)
    people.record(fact, by=family.ruth, at=EARLIER)


def it_is_not_known_whether_tom_did_harm(family: Family) -> None:
    fact = Suspicion(membership=family.tom, suspected=Answer.UNKNOWN, effective_on=LONG_AGO)
    people.record(fact, by=family.ruth, at=EARLIER)


def a_court_bars_tom(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth)


def a_court_order_against_tom_has_run_out(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth, limit=Limit.AS_ORDERED, lapses_on=NOON.date())


def toms_papers_are_limited_by_an_order(family: Family) -> None:
    papers = Authority(membership=family.tom, level=Level.LIMITED_BY_ORDER, effective_on=EARLIER.date())
    people.record(papers, by=family.ruth, at=EARLIER)


def there_is_danger(family: Family) -> None:
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, sure=Way.CALLED_BACK)
    request = requests.receive(family.amina, asked, asked_by=family.sara, by=family.ruth, at=NOON)
    stated = {"risk": "serious_and_imminent", "emergency": "yes"}
    requests.record_facts(request, stated, evidence="", by=family.ruth, at=NOON)


def child_protection_was_told(family: Family) -> None:
    worker = people.add_to_circle(
        family.amina,
        person=people.introduce("Wilma Stone", by=family.ruth),
        relation=Relation.CHILD_PROTECTION,
        since_on=LONG_AGO,
        by=family.ruth,
        at=EARLIER,
    )
    know(worker, level=Level.NONE, by=family.ruth)
    tell(worker, {"abuse": "disclosed"}, family)


def sara_was_told_of_a_danger(family: Family) -> None:
    not_so = Suspicion(membership=family.sara, suspected=Answer.NO, effective_on=LONG_AGO)
    people.record(not_so, by=family.ruth, at=EARLIER)
    tell(family.sara, {"risk": "serious_and_imminent"}, family)


def tell(member: Membership, stated: dict[str, str], family: Family) -> None:
    category = "abuse_concern" if "abuse" in stated else "risk"
    asked = gate.Question(
        young_person=family.amina, recipient=member, category=category, purpose="safety", stated=stated
    )
    assert gate.conclude(asked, done=tuple(CODES), by=family.ruth, at=NOON).went
    assert Line.objects.filter(membership=member, category=category, kind=LineKind.RELEASE).exists()


@pytest.mark.abuse("A5", "B7")
@pytest.mark.parametrize(
    "known",
    [
        tom_is_suspected,
        it_is_not_known_whether_tom_did_harm,
        a_court_bars_tom,
        a_court_order_against_tom_has_run_out,
        toms_papers_are_limited_by_an_order,
        there_is_danger,
        child_protection_was_told,
        sara_was_told_of_a_danger,
    ],
)
def test_what_is_known_of_harm_changes_no_letter_of_aminas_page(
    amina: Client, family: Family, known: Callable[[Family], Any]
) -> None:
    before = pages(amina, family)
    known(family)
    assert pages(amina, family) == before


def test_what_amina_wishes_changes_her_page(amina: Client, family: Family) -> None:
    before = pages(amina, family)
    amina.post(reverse("portals:person", args=[family.tom.pk]), {"category": "attendance", "value": "objects"})
    assert pages(amina, family) != before


def test_everybody_reads_that_somebody_may_hear_less(amina: Client, family: Family) -> None:
    nobody_around = account(family.practice, "mila", family.amina.person.account.role)
    people.admit("Mila Voss", born_on=family.amina.born_on, account=nobody_around, by=family.ruth, at=EARLIER)
    alone = signed_in(nobody_around).get(reverse("portals:mine")).content
    assert all(LESS in page for page in [*pages(amina, family), alone])


def test_nobody_who_protects_children_has_a_page_amina_could_be_made_to_open(amina: Client, family: Family) -> None:
    child_protection_was_told(family)
    worker = Membership.objects.get(relation=Relation.CHILD_PROTECTION)
    assert amina.get(reverse("portals:person", args=[worker.pk])).status_code == 404
