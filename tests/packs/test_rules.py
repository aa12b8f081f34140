"""Every shipped rule says where it can be checked, and decides somewhere."""

from functools import cache

from halfdoor.disclosure.lints import Lint, lint
from tests.packs.examples import SIGNED_AT
from tests.packs.tables import every_pack, grounds


@cache
def _lints() -> dict[tuple[str, str], list[Lint]]:
    """Return the warnings by lint and rule, one for each group of packs that gives it."""
    found: dict[tuple[str, str], list[Lint]] = {}
    for packs in grounds():
        for warning in lint(packs, on=SIGNED_AT.date()):
            found.setdefault((warning.about, warning.rule), []).append(warning)
    return found


def _warned(about: str) -> set[str]:
    return {rule for lint_id, rule in _lints() if lint_id == about}


def test_every_rule_cites_a_source_and_says_how_sure_it_is() -> None:
    assert _warned("no-citation") == set()
    assert [rule.id for pack in every_pack() for rule in pack.rules if not rule.confidence] == []


def test_no_two_rules_of_a_tier_say_the_opposite_without_saying_who_wins() -> None:
    assert _warned("opposed") == set()
    assert _warned("not-there") | _warned("other-tier") == set()


def test_every_rule_decides_in_at_least_one_place() -> None:
    speaking = {rule.id: 0 for pack in every_pack() for rule in pack.rules}
    for packs in grounds():
        for pack in packs:
            for rule in pack.rules:
                speaking[rule.id] += 1
    dead = [
        rule
        for (about, rule), warnings in _lints().items()
        if about == "never-decides" and len(warnings) == speaking[rule]
    ]
    assert dead == []


def test_every_house_rule_that_opens_opens_something_somewhere() -> None:
    everywhere = len(grounds())
    shut = [
        rule
        for (about, rule), warnings in _lints().items()
        if about == "opens-what-is-closed" and len(warnings) == everywhere
    ]
    assert shut == []


def test_every_rule_is_in_force_today() -> None:
    assert _warned("outside-its-dates") == set()


def test_law_knows_the_day_on_which_it_begins() -> None:
    laws = [rule for pack in every_pack() if pack.speaker == "law" for rule in pack.rules]
    assert [rule.id for rule in laws if rule.starts_on is None] == []


def test_no_rule_claims_a_review_that_nobody_made() -> None:
    assert {rule.reviewed for pack in every_pack() for rule in pack.rules} == {"no"}
