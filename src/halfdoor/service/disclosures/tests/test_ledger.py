"""What stands in the ledger: nothing that was said, everything it takes to decide again, and no way to change it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from halfdoor.disclosure import judging, loading, records
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.rules import Disposition, Pack
from halfdoor.service.core import chain, keys
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate, ledger, packs
from halfdoor.service.disclosures.choices import Category, LineKind
from halfdoor.service.disclosures.hearing import heard
from halfdoor.service.disclosures.ledger import Outcome
from halfdoor.service.disclosures.models import Delivery, Line, PackVersion
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from halfdoor.service.people.actions import hold_sharing
from tests.people import NOON, Family, Home

SAID = "A calm session, and he laughed."
TELLS_NOBODY = """
[pack]
id = "corner-house"
version = "1"
speaker = "practice"
says = "What our house does."
for = "all"

[[rule]]
id = "corner-house.nothing"
tier = "practice"
effect = "withhold"
says = "We share nothing."
cites = [{ source = "Our handbook", section = "1" }]
"""


def told(home: Home) -> Line:
    """Let Dan read a summary, and return the line of it."""
    notes.write(SAID, episode=home.episode, category=Category.SESSION_SUMMARY, by=home.therapist, at=NOON)
    assert [released.text for released in queries.updates_for(home.dan, at=NOON).items] == [SAID]
    return Line.objects.get(membership=home.dan, kind=LineKind.RELEASE)


def body(line: Line) -> dict[str, Any]:
    return chain.body_of(ChainEntry.objects.get(pk=line.entry_id))


def answered(decision: Decision, disposition: Disposition) -> Decision:
    """Return a decision with another answer."""
    return Decision(decision._planes, decision.situation, records.replace(decision.weighed, disposition=disposition))


def shipped(*names: str) -> list[Pack]:
    found = {pack.id: pack for pack in loading.shipped()}
    return [found[name] for name in names]


@pytest.mark.requirement("C9")
def test_the_first_sight_of_an_item_has_its_own_line_and_later_ones_one_a_page(home: Home):
    told(home)
    queries.updates_for(home.dan, at=NOON + timedelta(hours=1))
    queries.updates_for(home.dan, at=NOON + timedelta(hours=2))
    kinds = Line.objects.filter(membership=home.dan).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == [LineKind.RELEASE, LineKind.VIEW, LineKind.VIEW]
    assert Delivery.objects.get().line.kind == LineKind.RELEASE


def test_a_line_names_ids_codes_and_rules_and_nothing_that_anybody_said(home: Home):
    line = told(home)
    said = body(line)
    assert said["membership"] == str(home.dan.pk)
    assert said["packs"].keys() >= {"england", "ethics", "practice"}
    assert said["decided"][0]["rules"]
    everything = ChainEntry.objects.get(pk=line.entry_id).entry
    assert not [word for word in ("calm", "Leo", "Dan", "accommodated", "shared") if word in everything]
    assert b"accommodated" not in bytes(line.situations_sealed)


def test_a_line_decides_again_to_the_same_answer(home: Home):
    replay = ledger.replay(told(home))
    assert replay.outcome is Outcome.SAME
    assert replay.now == replay.then
    assert replay.now[0].startswith(("may_share", "share_limited"))


def test_a_line_of_a_whole_page_decides_again_too(home: Home):
    told(home)
    queries.updates_for(home.dan, at=NOON)
    assert ledger.replay(Line.objects.get(kind=LineKind.VIEW)).outcome is Outcome.SAME


def test_a_refusal_is_on_the_ledger_and_decides_again(family: Family):
    asked = gate.Question(
        young_person=family.amina, recipient=family.tom, category="session_content", purpose="support"
    )
    receipt = gate.conclude(asked, by=family.ruth, at=NOON)
    assert not receipt.went
    assert receipt.line.kind == LineKind.REFUSAL
    assert ledger.replay(receipt.line).outcome is Outcome.SAME


def test_a_line_about_several_answers_stands_under_the_least_open_and_says_of_each_what_it_was_about(family: Family):
    asked = gate.Question(
        young_person=family.amina, recipient=family.tom, category="session_content", purpose="support"
    )
    with transaction.atomic():
        hearing, judged, _ = heard(asked, held=hold_sharing(family.amina, at=NOON), by=family.ruth)
        answers = Disposition.MAY_SHARE, Disposition.ASK_FIRST, Disposition.SHARE_LIMITED
        several = [replace(judged, decision=answered(judged.decision, one)) for one in answers]
        line = ledger.write(hearing, LineKind.VIEW, several)
    assert line.disposition == Disposition.ASK_FIRST
    decided = body(line)["decided"]
    assert [one["disposition"] for one in decided] == list(answers)
    assert {one["category"] for one in decided} == {"session_content"}


def test_a_practices_rules_give_way_to_its_own_and_law_to_nothing_but_itself(tmp_path: Path):
    ours = tmp_path / "corner-house.toml"
    ours.write_text(TELLS_NOBODY, encoding="utf-8")
    house, (practice, england, wales) = loading.load(ours), shipped("practice", "england", "wales")
    assert ledger._gives_way(practice, house)
    assert ledger._gives_way(england, england)
    assert not ledger._gives_way(england, house)
    assert not ledger._gives_way(practice, england)
    assert not ledger._gives_way(wales, england)


@pytest.mark.requirement("C9")
def test_packs_that_changed_since_do_not_change_what_was_decided(home: Home, monkeypatch):
    line = told(home)
    monkeypatch.setattr(loading, "shipped", lambda: ())
    assert ledger.replay(line).outcome is Outcome.SAME


def test_a_pack_that_is_not_what_its_hash_says_is_noticed(home: Home):
    told(home)
    kept = PackVersion.objects.get(pack="england")
    assert packs.kept([kept.sha256], practice=home.practice)[0].id == "england"
    forged = PackVersion.objects.create(
        practice=home.practice, pack="england", version="1", sha256="0" * 64, files=kept.files
    )
    for sha256 in (forged.sha256, "1" * 64):
        with pytest.raises(packs.PackLost):
            packs.kept([sha256], practice=home.practice)


def test_a_line_of_somebody_erased_stays_and_says_that_it_cannot_be_decided_again(home: Home):
    line = told(home)
    keys.erase(home.leo.pk, practice=home.practice.pk)
    replay = ledger.replay(Line.objects.get(pk=line.pk))
    assert (replay.outcome, replay.now) == (Outcome.ERASED, ())
    assert chain.verify(home.practice).broken_at is None


def test_a_situation_that_was_put_in_another_ones_place_is_noticed(home: Home):
    line = told(home)
    kept = json.loads(line.situations)
    kept[0]["situation"] = kept[0]["situation"].replace("residential_carer", "parent")
    line.situations = json.dumps(kept)
    assert ledger.replay(line).outcome is Outcome.TAMPERED


@pytest.mark.abuse("D4")
def test_a_line_cannot_be_changed_or_taken_away(home: Home):
    line = told(home)
    for change in (
        lambda: Line.objects.filter(pk=line.pk).update(disposition="withhold"),
        lambda: Line.objects.filter(pk=line.pk)._raw_delete("default"),
        lambda: Delivery.objects.all().delete(),
        lambda: ChainEntry.objects.filter(pk=line.entry_id).update(entry="{}"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_no_line_no_data(home: Home, monkeypatch):
    notes.write(SAID, episode=home.episode, category=Category.SESSION_SUMMARY, by=home.therapist, at=NOON)

    def fails(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(chain, "extend", fails)
    with pytest.raises(OSError, match="disk is full"):
        queries.updates_for(home.dan, at=NOON)
    assert not Line.objects.exists()
    assert not Delivery.objects.exists()


def test_the_same_answer_for_another_reason_is_a_difference(home: Home, monkeypatch):
    line, again = told(home), judging.replay

    def for_no_reason(*situation: Any, **packs: Any) -> Decision:
        decision = again(*situation, **packs)
        return Decision(decision._planes, decision.situation, records.replace(decision.weighed, reasons=()))

    monkeypatch.setattr(judging, "replay", for_no_reason)
    replay = ledger.replay(line)
    assert (replay.outcome, [one.partition(" ")[0] for one in replay.then]) == (Outcome.DIFFERENT, list(replay.now))


@pytest.mark.requirement("C14")
def test_a_change_of_house_rules_shows_the_lines_it_would_answer_otherwise(home: Home, tmp_path: Path, capsys):
    line = told(home)
    ours = tmp_path / "corner-house.toml"
    ours.write_text(TELLS_NOBODY, encoding="utf-8")
    replay = ledger.replay(line, instead=loading.load(ours))
    assert replay.outcome is Outcome.DIFFERENT
    assert replay.now[0].startswith("withhold corner-house.nothing")
    call_command("replay", "--instead", str(ours))
    said = capsys.readouterr().out
    assert f"line {line.pk}: different" in said
    assert "withhold corner-house.nothing" in said

    same = next(pack for pack in loading.shipped() if pack.id == "practice")
    assert ledger.replay(line, instead=same).outcome is Outcome.SAME
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("replay", "--instead", str(tmp_path / "nowhere"))


def test_the_replay_command_says_how_many_lines_it_decided_again(home: Home, capsys):
    told(home)
    call_command("replay")
    assert "1 line decided again: 1 same" in capsys.readouterr().out
