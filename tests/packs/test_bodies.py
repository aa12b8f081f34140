"""The code of a professional body stands on top of the common pack where a practice names it, and only narrows."""

import json

import pytest

from halfdoor.cli import main
from halfdoor.disclosure import house_rules
from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.comparing import compare
from halfdoor.disclosure.judging import decide, judge_for
from halfdoor.disclosure.loading import bodies, from_files, pack_files, shipped
from halfdoor.disclosure.rules import Pack
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import PACKS, SIGNED_AT, of_contract, written
from tests.packs.tables import grounds_of_bodies

TODAY = SIGNED_AT.date()
SPOKEN_YES = {
    "place": "none",
    "at": "2026-11-21T12:00:00Z",
    "client": {"age": 15, "status": "minor", "wish": "agrees"},
    "recipient": {"relation": "parent", "authority": "full", "identity": "verified"},
    "information": {"category": "session_content"},
    "purpose": "support",
}


@pytest.mark.requirement("C4")
@pytest.mark.parametrize(
    ("packs", "places"), grounds_of_bodies().items(), ids=[packs[-1].body for packs in grounds_of_bodies()]
)
def test_a_code_closes_something_and_opens_nothing(packs: tuple[Pack, ...], places: frozenset[Value]) -> None:
    before, after = (arrange(some, on=TODAY, within={"place": places}) for some in (packs[:-1], packs))
    changed = house_rules.answered_otherwise(compare(before, after, within={"place": places}))
    assert changed
    assert [change.witness for change in changed if house_rules.opens(change)] == []


@pytest.mark.parametrize("place", ["none", "us"])
def test_codes_of_many_bodies_together_open_nothing_either(place: str) -> None:
    before, after = (judge_for(place, bodies=named, at=SIGNED_AT).table for named in ((), bodies()))
    changes = compare(before, after, within={"place": frozenset({place})})
    assert [change.witness for change in changes if house_rules.opens(change)] == []


def test_where_no_body_is_named_every_answer_is_as_it_was() -> None:
    assert not any(pack.body for pack in shipped())
    for example in of_contract():
        said = decide(example.situation).as_json()
        assert said["disposition"] in example.accepts, example.source
        assert not said["replay"]["packs"].keys() & {pack.id for pack in bodies().values()}


@pytest.mark.requirement("C4")
def test_the_command_decides_by_the_codes_that_are_named(tmp_path, capsys) -> None:
    asked = tmp_path / "asked.json"
    asked.write_text(json.dumps(SPOKEN_YES))
    answers = {}
    for named in ("", "aca,nasw", "aamft, bacp"):
        assert main(["decide", str(asked), "--bodies", named]) == 0
        answers[named] = json.loads(capsys.readouterr().out)
    assert [said["disposition"] for said in answers.values()] == ["may_share", "may_share", "ask_first"]
    assert answers["aamft, bacp"]["reasons"][0]["rule"] == "ethics-aamft.content-in-writing"
    assert {"ethics-aca", "ethics-nasw"} <= answers["aca,nasw"]["replay"]["packs"].keys()
    assert main(["decide", str(asked), "--bodies", "aca,guild"]) == 2
    assert "no code of guild" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (
            ('tier = "ethics"\neffect = "ask_first"\nonly_limits = "yes"', 'tier = "safety"\neffect = "withhold"'),
            "final",
        ),
        (('effect = "ask_first"', 'effect = "may_share"'), "narrows"),
        (('only_limits = "yes"', 'only_limits = "no"'), "narrows"),
        (('only_limits = "yes"', 'only_limits = "yes"\nover = ["ethics.objection"]'), "narrows"),
        (('speaker = "ethics"', 'speaker = "practice"'), "only in a pack of ethics"),
        (('body = "aamft"', 'body = "aca"'), "only in a pack of ethics"),
    ],
)
def test_a_code_that_could_open_something_cannot_be_read(break_it: tuple[str, str], says: str) -> None:
    files = dict(pack_files(PACKS / "ethics-aamft"))
    files["pack.toml"] = files["pack.toml"].decode().replace(*break_it, 1).encode()
    with pytest.raises(PackError, match=says):
        from_files(files)


def test_a_code_is_shown_by_ten_worked_examples() -> None:
    shown = [example.pack for example in written()]
    assert {pack.id: shown.count(pack.id) for pack in bodies().values() if shown.count(pack.id) < 10} == {}
