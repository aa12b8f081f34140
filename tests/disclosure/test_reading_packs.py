"""A pack is read field by field; every mistake says in which file, rule and field it is, and what is allowed."""

from datetime import date
from pathlib import Path

import pytest

from halfdoor.disclosure.loading import PackError, from_files, load, shipped
from halfdoor.disclosure.rules import Disposition, Pack

HEADER = """
[pack]
id = "small"
version = "1"
speaker = "law"
says = "A small law."
for = ["us"]
"""

RULE = """
[[rule]]
id = "small.care"
tier = "bar"
effect = "assess_first"
assess = ["licensed_professional"]
when = { legal_basis = "own_consent", relation = ["parent", "guardian"] }
says = "The young person agreed to this care themselves."
cites = [{ source = "45 CFR", section = "164.502" }]
obligations = ["record_reasons", { code = "written_denial", within = "P30D", since = "request_received" }]
from = 2003-04-14
confidence = "read"
"""


def pack(rules: str, *, header: str = HEADER, **more: str) -> Pack:
    files = {"pack.toml": header + rules} | {name.replace("_", "."): text for name, text in more.items()}
    return from_files({name: text.encode() for name, text in files.items()})


def test_a_rule_says_what_it_says() -> None:
    (rule,) = pack(RULE).rules
    assert rule.effect is Disposition.ASSESS_FIRST
    assert rule.boxes == ({"legal_basis": frozenset({"own_consent"}), "relation": frozenset({"parent", "guardian"})},)
    assert [duty.code for duty in rule.obligations] == ["record_reasons", "written_denial"]
    assert rule.starts_on == date(2003, 4, 14)


@pytest.mark.parametrize(
    ("right", "wrong", "where", "allowed"),
    [
        ('"small.care"', '"other.care"', "small.care", None),
        ('id = "small.care"', 'id = "Small Care"', "Small Care: id", "lower-case words"),
        ('tier = "bar"', 'tier = "practice"', "tier", "duty, order, bar"),
        ('"assess_first"', '"maybe"', "effect", "must_share, may_share"),
        ('["licensed_professional"]', '["tea_leaves"]', "assess", "best_interests"),
        ('assess = ["licensed_professional"]\n', "", "assess", "what assess_first has to say"),
        ("own_consent", "consent", "when.legal_basis", "parent_consent"),
        ("relation =", "relative =", "when.relative", "the facts place, setting"),
        ('["parent", "guardian"]', '"@clinical"', "when.relation", "@everyday_carers"),
        ('["parent", "guardian"]', "[]", "when.relation", "some value meets"),
        ('["parent", "guardian"]', "true", "when.relation", "self, parent"),
        ('["parent", "guardian"]', "{ from = 3 }", "when.relation", "{ not = ... }"),
        ("relation =", "age = { from = 3, to = 200 }, relation =", "when.age", "to = 120"),
        ("relation =", "age = { from = 9, to = 3 }, relation =", "when.age", "some value meets"),
        ("relation =", 'kept_private = "unknown", relation =', "when.kept_private", "no, yes"),
        ("relation =", "age = true, relation =", "when.age", "whole numbers from 0 to 120"),
        ("relation =", 'age = "unknown", relation =', "when.age", "whole numbers from 0 to 120"),
        ("when = {", "when = 3 # {", "when", "list of such tables"),
        ('"record_reasons"', '"make_tea"', "obligations.code", "record_reasons"),
        ("P30D", "30 days", "obligations.within", "ISO 8601"),
        (', within = "P30D"', "", "obligations.within", "starts a clock"),
        ('"request_received"', '"christmas"', "obligations.since", "request_received"),
        (', since = "request_received"', "", "obligations.since", "request_received"),
        ("from = 2003-04-14", 'from = "2003-04-14"', "from", "a day"),
        ("from = 2003-04-14", "from = 2003-04-14T00:00:00", "from", "a day"),
        ("from = 2003-04-14", "from = 2003-04-14\nuntil = 2003-04-14", "until", "a day after"),
        ('confidence = "read"', 'confidence = "sure"', "confidence", "second_hand"),
        (
            'confidence = "read"',
            'confidence = "unchecked"\nreviewed = "A lawyer, 2026"',
            "reviewed",
            "nobody has checked",
        ),
        ('says = "The young person agreed to this care themselves."', "", "says", "some words"),
        ("section =", "page =", "cites.section", "some words"),
        ("confidence =", 'color = "red"\nconfidence =', "color", "the fields"),
        ("assess_first", "share_limited", "limits", "what share_limited has to say"),
        ("confidence =", 'only_limits = "yes"\nconfidence =', "only_limits", "only where a rule decides"),
    ],
)
def test_a_mistake_in_a_rule_is_named(right: str, wrong: str, where: str, allowed: str | None) -> None:
    assert right in RULE
    with pytest.raises(PackError) as refused:
        pack(RULE.replace(right, wrong))
    assert str(refused.value).startswith("pack.toml: ")
    if allowed is not None:
        assert f"{where}: " in str(refused.value)
        assert allowed in str(refused.value)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('["us"]', '["atlantis"]', "atlantis"),
        ('"law"', '"gossip"', "law, ethics, practice"),
        ('version = "1"', "version = 1", "version"),
        ("[pack]", "[package]", "a table [pack]"),
    ],
)
def test_a_mistake_in_the_header_is_named(right: str, wrong: str, says: str) -> None:
    with pytest.raises(PackError, match=r"pack\.toml") as refused:
        pack(RULE, header=HEADER.replace(right, wrong))
    assert says in str(refused.value)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(PackError, match="second rule of this name"):
        pack(RULE, more_toml=RULE)


def test_only_law_compels() -> None:
    practice = HEADER.replace('"law"', '"practice"')
    rule = '[[rule]]\nid = "small.all"\ntier = "practice"\neffect = "must_share"\nsays = "Everything goes."'
    with pytest.raises(PackError, match="only law compels"):
        pack(rule, header=practice)


def test_an_uncertain_rule_that_would_open_is_switched_off() -> None:
    rule = '[[rule]]\nid = "small.open"\ntier = "permit"\neffect = "may_share"\nsays = "Hm."\nconfidence = "uncertain"'
    assert [rule.switched_on for rule in pack(rule).rules] == [False]


def test_an_uncertain_rule_that_would_close_has_to_assess_first() -> None:
    rule = '[[rule]]\nid = "small.shut"\ntier = "bar"\neffect = "withhold"\nsays = "Perhaps."\nconfidence = "uncertain"'
    with pytest.raises(PackError, match="assess_first"):
        pack(rule)


def test_everything_but_a_mark_leaves_its_unknown_out() -> None:
    rule = RULE.replace("relation =", 'kept_private = { not = "yes" }, emergency = { not = "yes" }, relation =')
    (box,) = pack(rule).rules[0].boxes
    assert box["kept_private"] == {"no"}
    assert box["emergency"] == {"no", "unknown"}


def test_an_invariant_says_either_never_or_always() -> None:
    promise = '[[invariant]]\nid = "small.x"\nsays = "Words."\nwhen = { category = "process_notes" }\n'
    kept = pack(RULE, invariants_toml=promise + 'never = ["must_share", "may_share"]').invariants
    assert kept[0].allowed == {*Disposition} - {Disposition.MUST_SHARE, Disposition.MAY_SHARE}
    with pytest.raises(PackError, match="either 'never' or 'always'"):
        pack(RULE, invariants_toml=promise)


def test_the_hash_of_a_pack_follows_its_rules_and_not_its_promises() -> None:
    promise = '[[invariant]]\nid = "small.x"\nsays = "Words."\nalways = ["withhold"]'
    assert pack(RULE).sha256 == pack(RULE, invariants_toml=promise).sha256
    assert pack(RULE).sha256 != pack(RULE + "# a word more").sha256


@pytest.mark.parametrize(
    ("content", "says"), [(b"[pack", "not TOML"), (b"\xff", "not UTF-8 from byte 1"), (b"", r"a table \[pack\]")]
)
def test_a_file_that_is_no_pack_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(PackError, match=says):
        from_files({"pack.toml": content})


def test_a_folder_without_a_header_or_no_folder_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"there is no pack\.toml"):
        load(tmp_path)
    with pytest.raises(PackError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")


def test_a_single_file_is_a_pack_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(HEADER + RULE, "utf-8")
    assert load(file).sha256 == pack(RULE).sha256


def test_the_shipped_packs_are_read_once() -> None:
    assert shipped() is shipped()
    assert {"ethics", "practice", "us", "england"} <= {pack.id for pack in shipped()}


def test_only_house_rules_turn_switches() -> None:
    header = HEADER.replace('speaker = "law"', 'speaker = "law"\nswitch_on = ["small.open"]')
    with pytest.raises(PackError, match=r"switch_on.*only in house rules"):
        pack(RULE, header=header)


@pytest.mark.parametrize(
    ("says", "confidence"),
    [("", "unchecked"), ('reviewed = "A lawyer, 2026"', "read"), ('reviewed = "no"', "unchecked")],
)
def test_what_somebody_reviewed_was_read_and_what_nobody_did_was_not(says: str, confidence: str) -> None:
    (rule,) = pack(RULE.replace('confidence = "read"', says)).rules
    assert rule.confidence == confidence


@pytest.mark.parametrize("wrong", ["Small Law", "small_law", "-small", "small-"])
def test_the_name_of_a_pack_is_lower_case_words(wrong: str) -> None:
    with pytest.raises(PackError, match="lower-case words joined by '-'"):
        pack("", header=HEADER.replace('id = "small"', f'id = "{wrong}"'))


@pytest.mark.parametrize(
    ("content", "says"),
    [("x = " + "9" * 5000, "Number too long"), ("x = " + "[" * 5000, "Nested too deeply")],
)
def test_a_file_that_is_too_much_to_read_is_refused(content: str, says: str) -> None:
    with pytest.raises(PackError, match=f"not TOML: {says}"):
        from_files({"pack.toml": content.encode()})
