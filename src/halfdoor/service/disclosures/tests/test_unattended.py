"""What goes to a list by itself: never more than the rules let go, and nothing that a person has to look at first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.rules import Disposition, Duty, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import FACTS
from halfdoor.service.disclosures.unattended import unattended
from tests.people import NOON

situations = st.fixed_dictionaries(
    {}, optional={fact.name: st.sampled_from(fact.values) for fact in FACTS if fact.name != "place"}
)


@pytest.mark.parametrize("place", ["us", "england", "none"])
@settings(deadline=None)
@given(values=situations)
def test_a_list_is_never_more_open_than_the_rules(place, values):
    judge = judge_for(place, at=NOON)
    situation = Situation.of({**values, "place": place}, at=NOON)
    strict, plain = unattended(judge).disposition(situation), judge.disposition(situation)
    assert strict.closedness >= plain.closedness
    assert strict is plain or (strict is Disposition.ASSESS_FIRST and plain is not Disposition.MUST_SHARE)


def answers(effect: Disposition, **parts) -> tuple[Disposition, Disposition]:
    """Return what a single rule answers about themes and about content, where nobody looks first."""
    rule = Rule("law.one", "law", Speaker.LAW, Tier.PERMIT, effect, ({},), "Made up.", **parts)
    pack = Pack("law", "1", Speaker.LAW, "Made up.", frozenset({"us"}), (), (rule,), "")
    judge = unattended(Judge(arrange([pack], on=NOON.date())))
    themes, content = (
        judge.disposition(Situation.of({"category": kind}, at=NOON)) for kind in ("themes", "session_content")
    )
    return themes, content


MAY, LIMITED, ASSESS = Disposition.MAY_SHARE, Disposition.SHARE_LIMITED, Disposition.ASSESS_FIRST


def test_what_needs_nobody_goes():
    assert answers(MAY, obligations=(Duty("log_disclosure"), Duty("tell_young_person"))) == (MAY, MAY)


def test_what_the_author_saw_to_when_writing_goes():
    assert answers(MAY, obligations=(Duty("minimum_necessary"),)) == (MAY, MAY)


def test_what_a_person_has_to_do_first_does_not_go():
    assert answers(MAY, obligations=(Duty("verify_authority"),)) == (ASSESS, ASSESS)


def test_a_part_goes_where_the_item_is_no_more_than_that_part():
    assert answers(LIMITED, limits=("themes_only",)) == (LIMITED, ASSESS)


def test_a_part_that_somebody_has_to_take_out_does_not_go():
    assert answers(LIMITED, limits=("without_third_parties",)) == (ASSESS, ASSESS)


def test_what_law_compels_goes_whatever_was_not_done():
    must = Disposition.MUST_SHARE
    assert answers(must, obligations=(Duty("verify_authority"),)) == (must, must)
