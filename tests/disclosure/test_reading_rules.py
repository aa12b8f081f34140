"""What the fields of a rule hold together: what they may not, what is usual where one is left out, and who narrows."""

from datetime import date

import pytest

from halfdoor.disclosure.loading import PackError
from halfdoor.disclosure.rules import Disposition
from tests.disclosure.test_reading_packs import HEADER, RULE, pack


@pytest.mark.parametrize(
    ("rule", "field", "says"),
    [
        ('[[always]]\nover = ["small.care"]', "over", "nothing: an always-rule decides nothing"),
        ('[[always]]\nonly_limits = "yes"', "only_limits", "only where a rule decides"),
        ('[[rule]]\ntier = "right"\neffect = "may_share"\nonly_limits = "yes"', "only_limits", "tiers that are final"),
        ('[[rule]]\ntier = "permit"\neffect = "ask_first"', "ask", "what ask_first has to say, in codes: client"),
        ('[[rule]]\ntier = "permit"\neffect = "share_limited"', "limits", "what share_limited has to say"),
        (
            '[[rule]]\ntier = "permit"\neffect = "may_share"\nconfidence = "uncertain"\nreviewed = "A lawyer, 2026"',
            "reviewed",
            "'no' as long as nobody has checked the source",
        ),
        (
            '[[rule]]\ntier = "permit"\neffect = "ask_first"\nask = ["client"]\nconfidence = "uncertain"',
            "effect",
            "assess_first, because an uncertain rule does not close for good",
        ),
    ],
)
def test_what_fields_may_hold_each_alone_but_not_together_is_refused(rule: str, field: str, says: str) -> None:
    head, _, rest = rule.partition("\n")
    with pytest.raises(PackError) as refused:
        pack(f'{head}\nid = "small.one"\nsays = "Words."\n{rest}\n')
    assert (refused.value.field, refused.value.rule) == (field, "small.one")
    assert says in refused.value.says


OF_A_BODY = HEADER.replace('"small"', '"ethics-guild"').replace('"law"', '"ethics"') + 'body = "guild"\n'


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ('tier = "bar"\neffect = "withhold"', "tier"),
        ('tier = "ethics"\neffect = "may_share"\nonly_limits = "yes"', "effect"),
        ('tier = "ethics"\neffect = "ask_first"\nask = ["client"]', "only_limits"),
        ('tier = "ethics"\neffect = "withhold"\nover = ["ethics-guild.other"]', "over"),
    ],
)
def test_a_professional_body_only_narrows(rule: str, field: str) -> None:
    told = '[[rule]]\nid = "ethics-guild.one"\nsays = "Words."\n'
    with pytest.raises(PackError) as refused:
        pack(told + rule, header=OF_A_BODY)
    assert refused.value.field == field
    for fine in ('effect = "withhold"', 'effect = "share_limited"\nlimits = ["themes_only"]\nonly_limits = "yes"'):
        assert pack(f'{told}tier = "ethics"\n{fine}', header=OF_A_BODY).body == "guild"
    assert pack('[[always]]\nid = "ethics-guild.always"\nsays = "Words."', header=OF_A_BODY).rules[0].effect is None


@pytest.mark.parametrize(("right", "wrong"), [('"ethics"', '"practice"'), ('"ethics-guild"', '"ethics-other"')])
def test_the_pack_of_a_body_is_one_of_ethics_and_has_its_name(right: str, wrong: str) -> None:
    with pytest.raises(PackError, match=r"body.*only in a pack of ethics, whose id is 'ethics-' and this word"):
        pack("", header=OF_A_BODY.replace(right, wrong))


def test_a_rule_says_what_it_was_given_and_else_what_is_usual() -> None:
    (bare,) = pack('[[rule]]\nid = "small.one"\ntier = "permit"\neffect = "may_share"\nsays = "Words."').rules
    assert (bare.pack, bare.speaker, bare.tier, bare.boxes) == ("small", "law", "permit", ({},))
    assert (bare.confidence, bare.reviewed, bare.starts_on, bare.ends_on, bare.over) == (
        "unchecked",
        "no",
        None,
        None,
        (),
    )
    assert (bare.neither_confirm_nor_deny, bare.recommended, bare.switched_on, bare.only_limits) == (
        False,
        False,
        True,
        False,
    )
    said = (
        'acknowledge = "neither_confirm_nor_deny"\nrecommended = "yes"\nonly_limits = "yes"\nuntil = 2030-01-01\n'
        'over = ["small.other"]\nadvice = ["Wait."]\nalternatives = ["resources"]\nfacts = ["a-fact"]\n'
        'limits = ["themes_only"]'
    )
    (full,) = pack(f'[[rule]]\nid = "small.one"\ntier = "permit"\neffect = "may_share"\nsays = "Words."\n{said}').rules
    assert (full.neither_confirm_nor_deny, full.recommended, full.only_limits) == (True, True, True)
    assert (full.ends_on, full.over, full.advice, full.facts) == (
        date(2030, 1, 1),
        ("small.other",),
        ("Wait.",),
        ("a-fact",),
    )
    assert (full.alternatives, full.limits) == (("resources",), ("themes_only",))


def test_a_clock_counts_calendar_days_unless_it_says_otherwise_and_a_duty_without_one_counts_nothing() -> None:
    plain, timed = pack(RULE).rules[0].obligations
    assert (plain.within, plain.since, plain.unit) == ("", "", "")
    assert (timed.within, timed.since, timed.unit) == ("P30D", "request_received", "calendar")
    working = RULE.replace('within = "P30D"', 'within = "P5D", unit = "working"')
    assert pack(working).rules[0].obligations[1].unit == "working"


def test_an_invariant_names_what_is_wrong_in_it() -> None:
    promise = '[[invariant]]\nid = "small.x"\nsays = "Words."\n'
    for wrong, field in (('always = ["maybe"]', "always"), ('always = ["withhold"]\ncolour = 1', "colour")):
        with pytest.raises(PackError) as refused:
            pack(RULE, invariants_toml=promise + wrong)
        assert (refused.value.file, refused.value.rule, refused.value.field) == ("invariants.toml", "small.x", field)
    with pytest.raises(PackError, match="invariants"):
        pack(RULE, invariants_toml="[[invariants]]")
    (kept,) = pack(RULE, invariants_toml=promise + 'always = ["withhold"]').invariants
    assert (kept.pack, kept.boxes, kept.allowed) == ("small", ({},), {Disposition.WITHHOLD})


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('tier = "bar"', "", "nothing is not allowed here; allowed: duty, order, bar"),
        ('tier = "bar"', "tier = 3", "3 is not allowed here; allowed: duty, order, bar"),
        ('obligations = ["record_reasons"', 'advice = "Wait."\nobligations = ["record_reasons"', "a list"),
        ('obligations = ["record_reasons"', 'advice = [" "]\nobligations = ["record_reasons"', "a list of words"),
        ("cites = [{", 'cites = ["45 CFR"] # [{', "allowed: tables"),
    ],
)
def test_what_is_not_there_or_of_another_kind_is_said_as_it_is(right: str, wrong: str, says: str) -> None:
    assert right in RULE
    with pytest.raises(PackError) as refused:
        pack(RULE.replace(right, wrong))
    assert says in refused.value.says
