"""Ways through a small diagram: the nearest situation with an answer, and how many situations have it."""

from math import inf

import pytest

from halfdoor.disclosure.diagram import Forest, Node
from halfdoor.disclosure.paths import complete, counts, distances, more_unusual, nearest, unusual
from halfdoor.disclosure.rules import Box
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value

ORDER = ("identity", "emergency", "wish")
ONE_EACH: Box = {fact.name: frozenset({fact.values[0]}) for fact in FACTS if fact.name not in ORDER}
"""Of every fact that is not asked one value: situations differ by what is asked alone."""


@pytest.fixture
def root() -> Node:
    """Verified: 1 where the young person agrees, else 2; not verified: 3, and no more is asked."""
    forest = Forest(ORDER, budget=10)
    agrees = {value: forest.leaf(1 if value == "agrees" else 2) for value in BY_NAME["wish"].values}
    return forest.node(0, {"verified": forest.node(2, agrees), "unverified": forest.leaf(3)})


def test_what_is_usual_costs_nothing_and_the_rest_more_the_later_it_stands_among_the_words() -> None:
    assert unusual("wish", "not_asked") == unusual("place", "none") == 0.0
    assert [unusual("wish", value) for value in ("agrees", "agrees_in_writing", "objects")] == [1.0, 1.001, 1.004]


def test_inside_a_box_the_most_usual_that_is_there_costs_nothing() -> None:
    cost = more_unusual({"wish": frozenset({"objects", "agrees_in_writing"})})
    assert cost("wish", "agrees_in_writing") == 0.0
    assert cost("wish", "objects") == pytest.approx(0.003)
    assert cost("identity", "verified") == 1.0


def test_the_nearest_way_is_the_cheapest_one_and_names_only_what_was_asked(root: Node) -> None:
    assert nearest(root, lambda rank: rank == 3) == (3, {"identity": "unverified"})
    assert nearest(root, lambda rank: rank < 3) == (2, {"identity": "verified", "wish": "not_asked"})
    assert nearest(root, lambda rank: rank == 1) == (1, {"identity": "verified", "wish": "agrees"})
    assert nearest(root, lambda rank: rank == 7) is None
    dear = {("identity", "verified"): 5.0}
    told = nearest(root, bool, lambda name, value: dear.get((name, value), 1.0))
    assert told == (3, {"identity": "unverified"})


def test_how_far_each_part_of_a_diagram_is_from_an_answer(root: Node) -> None:
    far = distances(root, lambda rank: rank == 1, unusual)
    assert far[root] == 2.0
    assert far[root.children["verified"]] == 1.0
    assert far[root.children["unverified"]] == inf


def test_situations_are_counted_over_what_is_asked_and_what_is_not(root: Node) -> None:
    wishes = len(BY_NAME["wish"].values)
    assert counts(root, ORDER, within=ONE_EACH) == {1: 3, 2: 3 * (wishes - 1), 3: 3 * wishes}
    two_places = {**ONE_EACH, "place": frozenset({"us", "wales"})}
    assert counts(root, ORDER, within=two_places) == {1: 6, 2: 6 * (wishes - 1), 3: 6 * wishes}
    known = {**ONE_EACH, "emergency": frozenset({"no"})}
    assert counts(root, ORDER, within=known) == {1: 1, 2: wishes - 1, 3: wishes}
    below = root.children["verified"]
    assert counts(below, ORDER, within=known) == {1: 2, 2: 2 * (wishes - 1)}
    marks = {name: some for name, some in ONE_EACH.items() if name != "kept_private"}
    assert counts(root, ORDER, within=marks)[1] == 6  # of a mark, yes and no are counted, and no unknown


def test_what_was_not_asked_is_filled_in_as_usual_as_the_box_allows() -> None:
    within: Box = {"wish": frozenset({"objects", "agrees"}), "relation": frozenset({"payer"})}
    values: dict[str, Value] = {"identity": "verified"}
    filled = complete(values, within=within)
    assert filled.keys() == {fact.name for fact in FACTS}
    assert {name: filled[name] for name in ("identity", "wish", "relation", "place", "age")} == {
        "identity": "verified",
        "wish": "agrees",
        "relation": "payer",
        "place": "none",
        "age": "unknown",
    }
