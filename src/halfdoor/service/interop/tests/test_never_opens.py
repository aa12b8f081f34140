"""What is taken from consents, or added to deny, never makes them cover what they did not. Their order is nothing."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from halfdoor.disclosure import judging
from halfdoor.disclosure.situation import read
from halfdoor.service.interop import codes
from halfdoor.service.interop.consent import NoConsent, read_consent
from halfdoor.service.interop.covering import Found, find
from halfdoor.service.interop.tests.papers import (
    AMINA,
    FAMILY,
    NOON,
    RUTH,
    SARA,
    SCHOOL,
    TOM,
    Json,
    actor,
    asked,
    concept,
    kind,
    paper,
    permit,
    purpose,
    reading,
)

_KINDS = ("themes", "progress", "full_record")
_PURPOSES = ("support", "treatment")
_DAYS = ("2025-12-31", "2026-09-01", "2026-11-01", "2026-11-02", "2026-11-03", "2027-06")


def _lists(of: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, min_size=1, max_size=2)


_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "actor": _lists(st.sampled_from([actor(who) for who in (SARA, SARA, TOM, SCHOOL, AMINA, RUTH)])),
    "code": _lists(st.sampled_from([*map(kind, _KINDS), concept(codes.LOINC, "34133-9")])),
    "class": _lists(st.just({"system": codes.RESOURCES, "code": "Condition"})),
    "purpose": _lists(st.sampled_from([*map(purpose, _PURPOSES), {"system": codes.ACT_REASON, "code": "TREAT"}])),
    "action": _lists(st.sampled_from([concept(codes.ACTION, word) for word in ("access", "collect")])),
    "securityLabel": st.just([{"system": codes.ACT_CODE, "code": "PSY"}]),
    "period": st.fixed_dictionaries({}, optional={name: st.sampled_from(_DAYS) for name in ("start", "end")}),
    "dataPeriod": st.just({"start": "2026"}),
}


def _provisions(depth: int = 2) -> st.SearchStrategy[Json]:
    inner = st.lists(_provisions(depth - 1), max_size=2) if depth else st.just([])
    loose = st.fixed_dictionaries({}, optional={"type": st.sampled_from(["permit", "deny"]), **_FIELDS})
    # Without these hardly any consent would cover anything, and nothing would be shown.
    sure = st.just(permit(kinds=_KINDS, purposes=_PURPOSES))
    return st.tuples(st.one_of(sure, loose), inner).map(
        lambda pair: pair[0] | ({"provision": pair[1]} if pair[1] else {})
    )


_CONSENTS = st.tuples(
    _provisions(),
    st.sampled_from([AMINA, AMINA, SARA, RUTH]),
    st.sampled_from(["OPTIN", "OPTIN", "OPTOUT"]),
    st.sampled_from(["active", "active", "inactive", "draft"]),
).map(
    lambda drawn: paper(
        drawn[0],
        performer=[{"reference": drawn[1]}],
        policyRule=concept(codes.ACT_CODE, drawn[2]),
        status=drawn[3],
    )
)
UNHURRIED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
"""The machine may be busy with other things: how long one example takes says nothing."""

PAPERS = st.lists(_CONSENTS, min_size=1, max_size=3)
QUESTIONS = st.fixed_dictionaries(
    {
        "category": st.sampled_from(_KINDS),
        "purpose": st.sampled_from([*_PURPOSES, "unstated"]),
        "known_as": st.sampled_from([frozenset({SARA}), frozenset({SARA}), frozenset({SCHOOL}), frozenset()]),
    }
)


def _say(papers: list[Json], question: dict[str, Any]) -> Found:
    return find(reading(*papers), asked(**question))


def _opened(before: Found, after: Found) -> bool:
    return after.authorization == "covers" != before.authorization


def _provisions_of(papers: list[Json], *ways: str) -> list[Json]:
    """Return every provision with one of these types, however deep; with no type named, all."""
    found: list[Json] = []

    def walk(one: Json) -> None:
        if not ways or one.get("type") in ways:
            found.append(one)
        for inner in one.get("provision", []):
            walk(inner)

    for one in papers:
        walk(one["provision"])
    return found


def _coded(value: Any) -> list[Json]:
    """Return every object with a code in it."""
    if isinstance(value, list):
        return [one for inner in value for one in _coded(inner)]
    if not isinstance(value, dict):
        return []
    here = [value] if isinstance(value.get("code"), str) else []
    return here + [one for inner in value.values() for one in _coded(inner)]


@UNHURRIED
@given(PAPERS, _provisions(), QUESTIONS, st.data())
def test_a_denial_more_never_opens(papers, denial, question, data):
    changed = deepcopy(papers)
    where = data.draw(st.sampled_from(_provisions_of(changed)))
    where.setdefault("provision", []).append(denial | {"type": "deny"})
    assert not _opened(_say(papers, question), _say(changed, question))


@UNHURRIED
@given(PAPERS, _CONSENTS, QUESTIONS)
def test_a_consent_more_that_denies_never_opens(papers, another, question):
    for one in _provisions_of([another], "permit"):
        one["type"] = "deny"
    assert not _opened(_say(papers, question), _say([*papers, another], question))


@UNHURRIED
@given(PAPERS, QUESTIONS)
def test_a_consent_more_that_denies_this_closes(papers, question):
    denial = paper({"type": "deny", "code": [kind(question["category"])]})
    after = _say([*papers, denial], question)
    assert after.authorization == "does_not_cover"
    assert after.given_by == "none"


@UNHURRIED
@given(PAPERS, QUESTIONS, st.data())
def test_a_narrower_permit_never_opens(papers, question, data):
    """One value fewer, a condition more, or a narrower permit inside. Where nothing was said, a first word may."""
    changed = deepcopy(papers)
    permits = [way for one in changed for way in _ways(one["provision"]) if way[-1].get("type") == "permit"]
    assume(permits)
    way = data.draw(st.sampled_from(permits))
    where, said = way[-1], {name for one in way for name in one} | {"action", "securityLabel", "dataPeriod"}
    name = data.draw(st.sampled_from(sorted(said & _FIELDS.keys())))
    if data.draw(st.booleans()) and not any(one.get("type") != "deny" for one in where.get("provision", [])):
        where.setdefault("provision", []).append({"type": "permit", name: data.draw(_FIELDS[name])})
    elif isinstance(where.get(name), list) and len(where[name]) > 1:
        where[name].pop(data.draw(st.sampled_from([0, 1])))
    elif name not in where:
        where[name] = data.draw(_FIELDS[name])
    assume(not _gives_a_first_word(way))
    assert not _opened(_say(papers, question), _say(changed, question))


def _ways(one: Json, before: tuple[Json, ...] = ()) -> list[tuple[Json, ...]]:
    way = (*before, one)
    return [way, *(inner for each in one.get("provision", []) for inner in _ways(each, way))]


def _gives_a_first_word(way: tuple[Json, ...]) -> bool:
    """Return whether a period without an end may just have got one."""
    periods = [one["period"] for one in (*way, *way[-1].get("provision", [])) if "period" in one]
    return len({"end" in period for period in periods}) > 1


@UNHURRIED
@given(PAPERS, QUESTIONS, st.data())
def test_a_shorter_period_never_opens(papers, question, data):
    changed = deepcopy(papers)
    timed = [one for one in _provisions_of(changed) if "period" in one]
    assume(timed)
    period = data.draw(st.sampled_from(timed))["period"]
    side = data.draw(st.sampled_from(["start", "end"]))
    shorter = [day for day in _DAYS if (day >= period.get(side, "")) == (side == "start") or side not in period]
    # A permit without an end opens nothing, so that its first end is no shortening.
    assume(side in period or side == "start")
    period[side] = data.draw(st.sampled_from(shorter or [period[side]]))
    assert not _opened(_say(papers, question), _say(changed, question))


@UNHURRIED
@given(PAPERS, QUESTIONS, st.data())
def test_a_code_that_nobody_knows_never_opens(papers, question, data):
    changed = deepcopy(papers)
    coded = data.draw(st.sampled_from(_coded(changed)))
    coded["code"] = data.draw(st.sampled_from(["", "no-such-code"]))
    assert not _opened(_say(papers, question), _say(changed, question))


def test_a_frame_of_a_kind_that_nobody_knows_lets_nothing_through():
    inside = permit(kinds=_KINDS, purposes=_PURPOSES)
    question = {"category": "themes", "purpose": "support", "known_as": frozenset({SARA})}
    framed, strange = (paper({"type": word, "provision": [inside]}) for word in ("permit", "no-such-type"))
    assert _say([framed], question).authorization == "covers"
    assert (_say([strange], question).authorization, _say([strange], question).objects) == ("does_not_cover", False)


@UNHURRIED
@given(PAPERS, QUESTIONS, st.data())
def test_a_word_that_nobody_knows_never_opens(papers, question, data):
    changed = deepcopy(papers)
    where = data.draw(st.sampled_from([one for one in _provisions_of(changed) if "type" in one] or [{}]))
    where["type"] = "no-such-type"
    assert not _opened(_say(papers, question), _say(changed, question))


_PLAIN = {name: _FIELDS[name] for name in ("actor", "code", "purpose")}


@UNHURRIED
@given(st.fixed_dictionaries({}, optional=_PLAIN) | st.fixed_dictionaries({}, optional=_FIELDS), QUESTIONS, st.data())
def test_a_denial_that_is_spoiled_still_closes(fields, question, data):
    """Closer in: one permit that covers, and one denial with a fault in it or without its type."""
    covering = paper(permit(kinds=_KINDS, purposes=_PURPOSES))
    denial = paper(fields | {"type": "deny"})
    spoiled = deepcopy(denial)
    match data.draw(st.sampled_from(["code", "around", "type", "period", "more"])):
        case "code":
            near = _coded(spoiled["provision"])
            data.draw(st.sampled_from(near or _coded(spoiled)))["code"] = "no-such-code"
        case "around":
            data.draw(st.sampled_from(_coded(spoiled)))["code"] = "no-such-code"
        case "type":
            spoiled["provision"]["type"] = "no-such-type"
        case "period":
            spoiled["provision"]["period"] = data.draw(_FIELDS["period"])
        case _:
            spoiled["provision"]["provision"] = [permit(kinds=_KINDS, purposes=_PURPOSES)]
    assert not _opened(_say([covering, denial], question), _say([covering, spoiled], question))


@UNHURRIED
@given(PAPERS, QUESTIONS)
def test_nobody_opens_by_being_known_as_less(papers, question):
    nobody = question | {"known_as": frozenset()}
    assert not _opened(_say(papers, question), _say(papers, nobody))


@UNHURRIED
@given(PAPERS, QUESTIONS, st.randoms(use_true_random=False))
def test_order_makes_no_difference(papers, question, chance):
    changed = deepcopy(papers)
    chance.shuffle(changed)
    for one in _provisions_of(changed):
        for value in one.values():
            if isinstance(value, list):
                chance.shuffle(value)
    before, after = _say(papers, question), _say(changed, question)
    assert (before.authorization, before.given_by, before.objects) == (
        after.authorization,
        after.given_by,
        after.objects,
    )


@settings(UNHURRIED, max_examples=30)
@given(PAPERS, QUESTIONS)
def test_a_denial_makes_no_answer_more_open(papers, question):
    """Not only the fact: the judgement itself never answers more openly because of one denial more."""
    denial = paper({"type": "deny", "actor": [actor(SARA)], "code": [kind(question["category"])]})

    def answer(some: list[Json]) -> int:
        found = _say(some, question)
        agreed = {"authorization": found.authorization, "authorization_by": found.given_by}
        situation = {
            "at": NOON.isoformat(),
            "client": {"age": 15, "status": "minor"} | ({"wish": "objects"} if found.objects else {}),
            "recipient": {"relation": "parent", "authority": "full", "identity": "verified"},
            "information": {"category": question["category"]},
            "purpose": question["purpose"],
            "agreements": agreed,
        }
        return judging.decide(read(situation)).disposition.closedness

    assert answer([*papers, denial]) >= answer(papers)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@UNHURRIED
@given(st.sampled_from(sorted(paper())), _JSON, QUESTIONS)
@example("provision", [[]], {})
def test_whatever_stands_in_a_field_it_is_read_or_refused_and_opens_nothing_new(name, value, question):
    one = paper() | {name: value}
    try:
        after = _say([one], question)
    except NoConsent:
        return
    assert not _opened(_say([paper()], question), after)


@UNHURRIED
@given(PAPERS, st.data(), _JSON, QUESTIONS)
def test_whatever_stands_in_a_provision_it_is_read_or_refused(papers, data, value, question):
    changed = deepcopy(papers)
    where = data.draw(st.sampled_from(_provisions_of(changed)))
    where[data.draw(st.sampled_from([*_FIELDS, "data", "provision", "type"]))] = value
    before = json.dumps(changed)
    for one in changed:
        read_consent(one, beside=FAMILY)
    _say(changed, question)
    assert json.dumps(changed) == before
