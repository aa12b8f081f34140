"""A situation is read strictly: a word that is not in the contract is an error that helps, and never a guess."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from halfdoor.disclosure.reading import Unfinished, parse
from halfdoor.disclosure.situation import Situation, SituationError, read
from halfdoor.disclosure.vocabulary import FACTS
from tests.disclosure.strategies import situations

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        ("[]", "situation", "JSON object"),
        ('"us"', "situation", "JSON object"),
        ('{"colour": "red"}', "colour", "no such fact"),
        ('{"wish": "agrees"}', "wish", "wish belongs inside client"),
        ('{"client.wish": "agrees"}', "client.wish", "belongs inside client"),
        ('{"client": {"wishes": "agrees"}}', "client.wishes", "competence, looked_after"),
        ('{"client": 15}', "client", "not a group of facts"),
        ('{"client": null}', "client", "not a group of facts"),
        ('{"client": {"age": 15.0}}', "client.age", "15.0 is not one of its values"),
        ('{"client": {"age": "15"}}', "client.age", "a whole number from 0 to 120, or 'unknown'"),
        ('{"client": {"age": true}}', "client.age", "true is not one of its values"),
        ('{"client": {"age": 121}}', "client.age", "121"),
        ('{"client": {"age": -1}}', "client.age", "-1"),
        ('{"client": {"age": null}}', "client.age", "leave the fact out"),
        ('{"client": {"wish": "perhaps"}}', "client.wish", "'agrees_in_writing'"),
        ('{"client": {"wish": ["agrees"]}}', "client.wish", '["agrees"]'),
        ('{"client": {"wish": {}}}', "client.wish", "{}"),
        ('{"place": "US"}', "place", "'us-ca'"),
        ('{"information": {"kept_private": false}}', "information.kept_private", "'no', 'yes', 'unknown'"),
        ('{"at": "2026-11-02"}', "at", "no time of day"),
        ('{"at": "2026-13-02T10:00:00"}', "at", "not a moment"),
        ('{"at": "yesterday AT ten"}', "at", "not a moment"),
        ('{"at": 1793613600}', "at", "not a moment"),
        ('{"at": null}', "at", "not a moment"),
        ('{"place": "us", "place": "england"}', "place", "said twice"),
        ('{"client": {"age": 15, "age": 16}}', "age", "said twice"),
        ('{"client": {"age": NaN}}', "situation", "NaN"),
        ('{"client": {"age": -Infinity}}', "situation", "-Infinity"),
        ('{"client": {"age": ' + "9" * 5000 + "}}", "situation", "thousands of digits"),
        ("[" * 100_000, "situation", "without end"),
        ("{'place': 'us'}", "situation", "not JSON"),
        ('{"place": "us"} {}', "situation", "not JSON"),
    ],
)
def test_what_is_not_in_the_contract_is_refused_with_its_field_and_what_is_allowed(
    text: str, field: str, says: str
) -> None:
    with pytest.raises(SituationError) as refused:
        read(parse(text.encode()), now=NOW)
    assert refused.value.field == field
    assert says in refused.value.says


def test_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(SituationError, match="not UTF-8 from byte 12"):
        parse(b'{"place": "\xe9"}')


@pytest.mark.parametrize("text", ["{", '{"place":', '{"client": {"age": 15}', ""])
def test_text_that_ends_too_early_may_still_become_a_situation(text: str) -> None:
    with pytest.raises(Unfinished):
        parse(text.encode())


def test_a_long_value_is_shown_shortened() -> None:
    with pytest.raises(SituationError) as refused:
        read({"purpose": "x" * 10_000}, now=NOW)
    assert len(refused.value.says) < 400


def test_every_fact_left_out_takes_its_default() -> None:
    situation = read({}, now=NOW)
    assert situation.values == {fact.name: fact.default for fact in FACTS}
    assert situation.given == frozenset()
    assert situation.at == NOW


def test_a_moment_without_an_offset_is_taken_as_utc() -> None:
    assert read({"at": "2026-11-02T10:00:00"}).at == NOW
    assert read({"at": "2026-11-02T10:00:00Z"}).at == NOW


def test_a_moment_in_code_without_an_offset_is_taken_as_utc_too() -> None:
    naive = datetime.fromisoformat("2026-11-02T10:00:00")
    assert Situation.of({}, at=naive).at == NOW


def test_a_moment_keeps_the_offset_it_was_said_with() -> None:
    assert read({"at": "2026-11-02T10:00:00-05:00"}).at.tzinfo == timezone(timedelta(hours=-5))


def test_without_a_clock_a_situation_has_to_say_its_moment() -> None:
    with pytest.raises(SituationError, match="not a moment"):
        read({})


@given(situations())
def test_a_complete_situation_reads_back_as_itself(situation: Situation) -> None:
    again = read(json.loads(situation.canonical()))
    assert again == situation
    assert again.sha256() == situation.sha256()


def test_what_is_said_and_what_is_left_out_make_the_same_canonical_form() -> None:
    said = read({"client": {"wish": "not_asked"}, "place": "us"}, now=NOW)
    assert said.canonical() == read({"place": "us"}, now=NOW).canonical()
    assert said.canonical().startswith(b'{"agreements":{"authority_holder_agrees":"not_asked",')


def test_the_canonical_form_is_that_of_rfc_8785() -> None:
    rfc8785 = pytest.importorskip("rfc8785")
    situation = read({"client": {"age": 15}}, now=NOW)
    assert situation.canonical() == rfc8785.dumps(situation.as_json())


def test_changing_a_fact_leaves_the_others_as_they_were() -> None:
    amina = read({"client": {"age": 15, "status": "minor"}}, now=NOW)
    asked = amina.but(wish="agrees")
    assert asked.values["wish"] == "agrees"
    assert asked.values["age"] == 15
    assert amina.values["wish"] == "not_asked"


@pytest.mark.parametrize(("letters", "shown"), [(58, '"' + "x" * 58 + '" is'), (59, '"' + "x" * 59 + "… is")])
def test_what_is_wrong_is_shown_up_to_sixty_letters(letters: int, shown: str) -> None:
    with pytest.raises(SituationError) as refused:
        read({"purpose": "x" * letters}, now=NOW)
    assert refused.value.says.startswith(shown)


def test_situations_are_equal_where_their_facts_and_their_moment_are() -> None:
    said, left_out = Situation.of({"wish": "not_asked"}, at=NOW), Situation.of({}, at=NOW)
    assert said == left_out
    assert hash(said) == hash(left_out)
    assert said != Situation.of({"wish": "agrees"}, at=NOW)
    assert said != Situation.of({}, at=NOW + timedelta(seconds=1))
    assert said != "a situation"
    assert repr(said) == "Situation(wish='not_asked', at='2026-11-02T10:00:00+00:00')"


def test_a_value_that_no_json_holds_is_shown_all_the_same() -> None:
    with pytest.raises(SituationError, match=r"purpose: \{7\} is not one of its values"):
        read({"purpose": {7}}, now=NOW)
