"""Professional codes: one lead names them, two people take them out, and the gate decides by those that count."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from halfdoor.disclosure.house_rules import shipped_house
from halfdoor.disclosure.loading import bodies
from halfdoor.service.accounts.models import Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate, ledger, packs
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.codes import actions, queries
from halfdoor.service.disclosures.codes.rows import CodesSettled, CodesWish
from halfdoor.service.disclosures.gate import Caller, Question
from halfdoor.service.disclosures.house import actions as house
from halfdoor.service.disclosures.house import drafts
from halfdoor.service.disclosures.house import impact as looking
from halfdoor.service.disclosures.house.actions import NotNow, NotTheirs
from halfdoor.service.disclosures.house.queries import case_of, pack_of
from halfdoor.service.disclosures.house.rows import Impact
from halfdoor.service.disclosures.models import Line
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account, practice

LATER = NOON + timedelta(hours=1)


def named(family: Family, *codes: str, at=NOON) -> CodesWish:
    return actions.wish(codes, because="Our clinicians are members", by=family.lead, at=at)


def insurer(family: Family) -> Question:
    """An insurer asks for a diagnosis, so that it pays."""
    return Question(
        young_person=family.amina,
        recipient=Caller(relation="payer", identity="verified"),
        category=Category.DIAGNOSIS,
        purpose="payment",
    )


def rule_for(family: Family, *, at) -> str:
    decision = gate.consider(insurer(family), at=at)
    return decision.reasons[0].id


def test_every_code_that_ships_has_a_name_on_the_page():
    assert queries.NAMES.keys() == bodies().keys()


@pytest.mark.requirement("C4")
def test_a_code_counts_from_the_moment_a_lead_names_it(family: Family):
    assert packs.bodies_of(family.practice) == frozenset()
    assert not rule_for(family, at=NOON).startswith("ethics-nasw")
    named(family, "nasw")
    assert rule_for(family, at=LATER) == "ethics-nasw.payer-needs-authorization"
    assert not rule_for(family, at=NOON - timedelta(hours=1)).startswith("ethics-nasw"), "what was decided stands"


@pytest.mark.requirement("C4")
def test_to_take_a_code_out_needs_a_second_person(family: Family):
    named(family, "nasw", "aamft")
    asked = named(family, "aamft", at=LATER)
    assert packs.bodies_of(family.practice) == {"nasw", "aamft"}
    with pytest.raises(NotNow):
        actions.agree(asked, by=family.lead, at=LATER)
    with pytest.raises(NotNow):
        named(family, at=LATER)
    actions.agree(asked, by=family.ruth, at=LATER)
    assert packs.bodies_of(family.practice) == {"aamft"}
    with pytest.raises(NotNow):
        actions.drop(asked, by=family.ruth, at=LATER)
    kinds = [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.order_by("sequence")]
    assert [kind for kind in kinds if "codes" in kind] == [
        *("disclosures.codes_wished", "disclosures.codes_counts"),
        *("disclosures.codes_wished", "disclosures.codes_counts"),
    ]


def test_a_wish_from_before_another_code_was_named_has_to_be_asked_anew(family: Family):
    named(family, "nasw")
    asked = named(family, at=LATER)
    named(family, "nasw", "aamft", at=LATER)
    with pytest.raises(NotNow):
        actions.agree(asked, by=family.ruth, at=LATER)
    actions.drop(asked, by=family.ruth, at=LATER)
    assert packs.bodies_of(family.practice) == {"nasw", "aamft"}


def test_only_a_lead_names_codes_and_only_those_that_there_are(family: Family):
    with pytest.raises(NotTheirs):
        actions.wish(["nasw"], because="Mine", by=family.ruth, at=NOON)
    with pytest.raises(NotNow):
        named(family, "guild")
    with pytest.raises(NotNow):
        named(family)


def test_what_was_decided_by_a_code_replays_after_it_is_taken_out(family: Family):
    named(family, "nasw")
    gate.conclude(insurer(family), done=["seek_consent", "verify_identity"], by=family.ruth, at=LATER)
    actions.agree(named(family, at=LATER), by=family.ruth, at=LATER)
    replay = ledger.replay(Line.objects.latest("at"))
    assert replay.outcome is ledger.Outcome.SAME
    assert "ethics-nasw.payer-needs-authorization" in replay.then[0]


def test_a_code_that_does_not_come_with_this_version_lets_nothing_be_decided(family: Family, monkeypatch):
    named(family, "nasw")
    monkeypatch.setattr(packs, "shipped_bodies", dict)
    with pytest.raises(packs.PackLost):
        gate.consider(insurer(family), at=LATER)


def test_house_rules_that_were_looked_at_before_a_code_was_named_are_looked_at_anew(family: Family):
    text = drafts.text_of(house.newest(family.practice)).replace("Ask the young person", "Do ask the young person")
    proposal = house.propose(text, because="Kinder words", by=family.lead, at=NOON)
    impact = Impact.objects.get(proposal=proposal)
    looking.work_out(impact, shipped_house(), pack_of(proposal.version), at=NOON)
    assert case_of(proposal, reader=family.ruth, at=NOON).may_approve
    named(family, "aamft")
    assert not case_of(proposal, reader=family.ruth, at=LATER).may_approve
    with pytest.raises(NotNow):
        house.approve(proposal, fingerprint=proposal.version.sha256, by=family.ruth, at=LATER)


def test_what_was_named_is_never_rewritten(family: Family):
    named(family, "nasw")
    for rows in (CodesWish.objects, CodesSettled.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(practice=family.practice)


@pytest.mark.requirement("C4")
def test_a_page_shows_who_named_what_since_when_and_a_second_person_agrees(family: Family):
    with time_machine.travel(NOON, tick=False):
        lena, ruth = signed_in(family.lead), signed_in(family.ruth)
        page = reverse("rules:codes")
        assert "No code is named" in words_of(ruth.get(page))
        assert "Name the codes that count" not in words_of(ruth.get(page))
        lena.post(page, {"bodies": ["nasw", "aca"], "because": "Two of us are members"})
        shown = words_of(ruth.get(page))
        assert "Social workers (NASW)" in shown
        assert f"named by {family.lead.display_name}" in shown
        assert "A payer hears nothing" in shown
        assert "Social workers (NASW)" in words_of(lena.get(reverse("rules:rules")))
        lena.post(page, {"bodies": ["aca"], "because": "She left"})
        assert "It waits for a second person" in words_of(lena.get(page))
        assert "I agree" not in words_of(lena.get(page))
        assert "would have fewer professional codes count" in words_of(ruth.get(reverse("portals:today")))
        asked = CodesWish.objects.waiting().get()
        ruth.post(reverse("rules:settle_codes", args=[asked.pk]), {"do": "agree"})
        assert "Social workers (NASW)" not in words_of(ruth.get(page)).partition("Name the codes")[0]


def test_codes_of_another_practice_are_not_there(family: Family):
    named(family, "nasw")
    asked = named(family, at=LATER)
    other = account(practice("Elsewhere"), "odd", Role.LEAD)
    with time_machine.travel(LATER, tick=False):
        client = signed_in(other)
        assert "No code is named" in words_of(client.get(reverse("rules:codes")))
        assert client.post(reverse("rules:settle_codes", args=[asked.pk]), {"do": "agree"}).status_code == 404


@pytest.mark.requirement("C4", "C14")
def test_a_house_rule_that_opens_only_what_a_named_code_closes_is_refused_with_what_it_hits(family: Family):
    text = drafts.text_of(house.newest(family.practice)) + (
        '\n[[rule]]\nid = "house.diagnosis-to-insurers"\ntier = "practice"\neffect = "may_share"\n'
        'when = { relation = "payer", category = "diagnosis", purpose = "payment", wish = "does_not_object", '
        'authorization = "none" }\nsays = "Insurers may know the diagnosis."\n'
    )
    pack = drafts.pack_of(text, place=family.practice.place)
    known = {"instead_of": shipped_house(), "place": family.practice.place, "on": NOON.date()}
    assert drafts.refused(text, pack, **known) == []
    named(family, "nasw")
    with pytest.raises(drafts.Unusable, match=r"Line \d+: house.diagnosis-to-insurers: .*ethics-nasw\."):
        house.propose(text, because="Claims take too long", by=family.lead, at=LATER)


def test_other_clinicians_read_for_a_week_that_other_codes_count(family: Family):
    def told(reader, at):
        return [str(line.words) for line in queries.due(reader, at=at)]

    named(family, "nasw")
    assert told(family.ruth, LATER) == ["Other professional codes count now"]
    assert told(family.lead, LATER) == [], "who named it knows"
    assert told(family.ruth, NOON + timedelta(days=8)) == []
    assert told(account(family.practice, "olive", role=Role.OFFICE), LATER) == []
