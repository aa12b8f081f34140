"""The command, run as people and programs run it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from halfdoor.cli import situations
from halfdoor.disclosure import reading

AMINA = {"client": {"age": 15, "status": "minor"}, "at": "2026-11-02T10:00:00"}
MOTHER = {"relation": "parent", "authority": "full", "identity": "verified"}
ASKED = AMINA | {"recipient": MOTHER, "information": {"category": "session_content"}}


def halfdoor(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "halfdoor.cli", *arguments], input=stdin, capture_output=True, check=False
    )


def lines(done: subprocess.CompletedProcess[bytes]) -> list[Any]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def as_lines(*situations: object) -> bytes:
    return b"".join(json.dumps(situation).encode() + b"\n" for situation in situations)


def test_one_decision_a_line_in_the_order_of_the_situations() -> None:
    agreed = ASKED | {"client": AMINA["client"] | {"wish": "agrees"}}  # type: ignore[operator]
    done = halfdoor("decide", "-", stdin=as_lines(ASKED, agreed))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [decision["disposition"] for decision in lines(done)] == ["ask_first", "may_share"]


def test_a_wrong_situation_is_an_error_on_its_line_and_the_others_are_decided() -> None:
    done = halfdoor("decide", "-", stdin=as_lines(ASKED, {"client": {"age": 300}}, ASKED))
    assert done.returncode == 2
    first, wrong, last = lines(done)
    assert first == last
    assert wrong == {"error": {"field": "client.age", "says": wrong["error"]["says"]}}
    assert "a whole number from 0 to 120" in wrong["error"]["says"]


def test_a_situation_may_be_spread_over_lines(tmp_path: Path) -> None:
    file = tmp_path / "asked.json"
    file.write_text("\ufeff" + json.dumps(ASKED, indent=2), "utf-8")
    done = halfdoor("decide", str(file))
    assert done.returncode == 0
    assert lines(done) == lines(halfdoor("decide", "-", stdin=as_lines(ASKED)))


def test_empty_lines_are_no_situations() -> None:
    assert len(lines(halfdoor("decide", "-", stdin=b"\n" + as_lines(ASKED) + b"\n \r\n" + as_lines(ASKED)))) == 2
    assert halfdoor("decide", "-").stdout == b""


@pytest.mark.parametrize(
    "broken", [b'{"client": {\n', b'{"client": [\n', b"{oops}\n", b"\xff\n", b'"\\ud800"\n', b"null\n", b"NaN\n"]
)
def test_a_broken_line_is_one_situation_wherever_it_stands(broken: bytes) -> None:
    good = as_lines(ASKED)
    for text in ([broken, good, good], [good, broken, good], [good, good, broken]):
        assert [*situations(text)] == text


@pytest.mark.parametrize("opened", [b"[1,\n", b'{"place": [' + b" " * 5_000 + b"\n"])
def test_an_array_that_never_ends_is_not_read_again_with_every_line(
    opened: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0
    parse = reading.parse

    def counted(text: bytes) -> object:
        nonlocal read
        read += len(text)
        return parse(text)

    monkeypatch.setattr(reading, "parse", counted)
    assert [*situations([opened] * 20_000)] == [opened] * 20_000
    assert read < 10_000_000


def test_a_line_that_is_not_utf_8_is_an_error_of_its_own() -> None:
    done = halfdoor(
        "decide", "-", stdin=as_lines(ASKED) + b'{"place": "\xff"}\n{"place": "\\ud800"}\n' + as_lines(ASKED)
    )
    assert ["error" in line for line in lines(done)] == [False, True, True, False]


def test_an_answer_comes_before_the_next_question_is_asked() -> None:
    command = [sys.executable, "-m", "halfdoor.cli", "decide", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for _ in range(2):
            running.stdin.write(as_lines(ASKED))
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["disposition"] == "ask_first"


def test_a_reader_who_leaves_is_no_error_of_ours() -> None:
    command = [sys.executable, "-m", "halfdoor.cli", "decide", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        _, said = running.communicate(as_lines(*[ASKED] * 50))
    assert said == b""


@pytest.mark.parametrize(("name", "says"), [("nowhere.jsonl", b"No such file"), (".", b"Is a directory")])
def test_a_file_that_cannot_be_read_is_named(name: str, says: bytes) -> None:
    done = halfdoor("decide", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(f"halfdoor: {name} cannot be read".encode())
    assert says in done.stderr


PRACTICE = """
[pack]
id = "ours"
version = "1"
speaker = "practice"
says = "What our practice does."
for = "all"

[[rule]]
id = "ours.nothing"
tier = "practice"
effect = "withhold"
says = "We share nothing."
cites = [{ source = "Our handbook", section = "1" }]
"""

OPENS = """
[[rule]]
id = "ours.everything"
tier = "practice"
effect = "may_share"
says = "We share everything."
"""

OPENS_TO_STRANGERS = """
[[rule]]
id = "ours.strangers"
tier = "practice"
effect = "may_share"
when = { relation = "friend", wish = "objects", category = "themes", authorization = "none" }
says = "Friends may know."
"""

TELLS_SCHOOL_NOTHING = """
[[rule]]
id = "corner-house.nothing-to-school"
tier = "practice"
effect = "withhold"
when = { relation = ["educator", "school_counsellor"], category = { not = "general_information" } }
says = "We tell schools nothing."
"""


def test_a_practice_can_bring_its_own_rules_or_none(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(PRACTICE, "utf-8")
    (decision,) = lines(halfdoor("decide", "-", "--practice", str(ours), stdin=as_lines(ASKED)))
    assert decision["reasons"][0]["rule"] == "ours.nothing"
    (without,) = lines(halfdoor("decide", "-", "--practice", "none", stdin=as_lines(ASKED)))
    assert "practice" not in without["replay"]["packs"]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"practice"\nsays', '"law"\nsays', b"speaks for law"),
        ('"withhold"', '"hide"', b"ours.nothing: effect: 'hide' is not allowed here"),
        ("[pack]", "[pack", b"not TOML"),
    ],
)
def test_practice_rules_that_cannot_be_used_are_refused_before_anything_is_decided(
    tmp_path: Path, right: str, wrong: str, says: bytes
) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(PRACTICE.replace(right, wrong).replace('tier = "practice"', 'tier = "default"'), "utf-8")
    done = halfdoor("decide", "-", "--practice", str(ours), stdin=as_lines(ASKED))
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr


def test_the_facts_are_a_json_schema() -> None:
    schema = json.loads(halfdoor("facts").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["client"]["properties"]["wish"]["default"] == "not_asked"


def test_the_packs_are_listed_with_versions_dates_and_invariants() -> None:
    packs = {pack["pack"]: pack for pack in lines(halfdoor("packs"))}
    assert {"ethics", "practice", "us", "england"} <= packs.keys()
    assert packs["us"].keys() >= {"version", "for", "changes_on", "invariants", "sha256"}


def test_an_explanation_is_plain_text() -> None:
    done = halfdoor("explain", "-", "--for", "therapist", stdin=as_lines(ASKED))
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Ask first.\n")
    wrong = halfdoor("explain", "-", "--for", "therapist", stdin=as_lines({"place": "atlantis"}))
    assert wrong.returncode == 2
    assert wrong.stdout.decode().startswith("This cannot be decided. place: ")


def test_a_pack_of_ours_is_looked_at_beside_the_shipped_ones(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(PRACTICE + OPENS, "utf-8")
    warned = halfdoor("lint", str(ours)).stdout.decode()
    assert "ours.nothing: not-reviewed: " in warned
    assert "ours.everything: opposed: " in warned or "ours.nothing: opposed: " in warned
    assert halfdoor("lint", str(ours), "--place", "atlantis").returncode == 2


@pytest.mark.parametrize("command", [[], ["decide"], ["decide", "-", "--loud"], ["explain"], ["tell"]])
def test_a_command_that_is_not_one_says_how_to_use_it(command: list[str]) -> None:
    done = halfdoor(*command)
    assert done.returncode == 2
    assert done.stderr.startswith(b"usage: halfdoor")


@pytest.mark.parametrize("command", [["--help"], ["decide", "--help"], ["explain", "--help"], ["packs", "--help"]])
def test_every_command_has_help(command: list[str]) -> None:
    assert halfdoor(*command).stdout.startswith(b"usage: halfdoor")


def test_deciding_imports_no_django() -> None:
    script = "import sys, halfdoor.cli; halfdoor.cli.main(['packs']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_a_command_of_the_service_is_handed_to_it() -> None:
    done = halfdoor("ledger", "--help")
    assert done.returncode == 0
    assert b"verify" in done.stdout


def test_a_pack_of_ones_own_begins_as_the_house_rules_and_shows_what_a_change_changes(tmp_path: Path) -> None:
    ours = tmp_path / "corner-house"
    assert halfdoor("packs", "new", str(ours)).returncode == 0
    same = halfdoor("packs", "diff", "practice", str(ours), "--place", "us")
    assert (same.returncode, same.stdout.decode()) == (0, "us: 0 situations answered otherwise\n")

    with (ours / "pack.toml").open("a", encoding="utf-8") as file:
        file.write(TELLS_SCHOOL_NOTHING)
    told = halfdoor("packs", "diff", "practice", str(ours), "--place", "us").stdout.decode()
    assert "us: 0 situations" not in told
    assert "  closes: " in told
    assert "  opens: " not in told
    assert "    now: withhold because corner-house.nothing-to-school\n" in told
    assert told.endswith(f"which lines of your ledger: halfdoor replay --instead {ours}\n")
    back = halfdoor("packs", "diff", str(ours), "practice", "--place", "us").stdout.decode()
    assert "  opens: " in back
    assert "  closes: " not in back


def test_a_pack_of_ones_own_is_never_written_over_another(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    assert b"is there already" in halfdoor("packs", "new", str(tmp_path / "ours")).stderr
    assert b"cannot name a pack" in halfdoor("packs", "new", str(tmp_path / "us")).stderr
    assert b"cannot name a pack" in halfdoor("packs", "new", str(tmp_path / "Our Rules")).stderr


def test_a_house_rule_that_would_open_what_law_closes_is_refused_with_the_rule_it_hits(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(PRACTICE + OPENS_TO_STRANGERS, "utf-8")
    refused = halfdoor("packs", "diff", "practice", str(ours), "--place", "us")
    assert refused.returncode == 2
    assert (
        "refused: ours.strangers: Law or ethics close everything that this rule would open:" in refused.stdout.decode()
    )
    assert "ethics.outside-the-circle" in refused.stdout.decode()
    linted = halfdoor("lint", str(ours), "--place", "us")
    assert linted.returncode == 2
    assert b"ours.strangers: opens-what-is-closed: " in linted.stdout


def test_packs_of_different_speakers_are_not_compared() -> None:
    assert b"cannot be compared" in halfdoor("packs", "diff", "practice", "us").stderr
    assert b"neither pack speaks for" in halfdoor("packs", "diff", "us", "us", "--place", "england").stderr
