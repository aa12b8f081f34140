"""Random situations and random small packs, which shrink to the smallest that still shows a difference."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.rules import Box, Disposition, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table, arrange
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
EVERYWHERE = frozenset(str(place) for place in BY_NAME["place"].values)

FEW = ("status", "wish", "relation", "authority", "suspected_of_harm", "category", "kept_private", "risk", "emergency")
"""Facts of every kind, few enough for random rules to meet."""

_TIERS = {
    Speaker.LAW: [tier for tier in Tier if tier not in (Tier.ETHICS, Tier.PRACTICE)],
    Speaker.ETHICS: [Tier.BAR, Tier.SAFETY, Tier.ETHICS, Tier.DEFAULT],
    Speaker.PRACTICE: [Tier.PRACTICE, Tier.DEFAULT],
}


def situations(names: tuple[str, ...] = tuple(fact.name for fact in FACTS)) -> st.SearchStrategy[Situation]:
    """Situations in which some of the named facts are given, unknown ones among them."""
    given_facts = st.fixed_dictionaries({}, optional={name: st.sampled_from(BY_NAME[name].values) for name in names})
    return given_facts.map(_with_age)


def _with_age(values: dict[str, Value]) -> Situation:
    # The reference walks through every age, which would take a second a situation.
    return Situation.of({"age": 15} | values | ({"age": 16} if values.get("age") == "unknown" else {}), at=NOON)


_CONDITIONS = st.tuples(st.sampled_from(FEW), st.integers(1, 2**30 - 1))
"""A fact, and bits that pick some of its values: one draw, where a set of values would take one for each."""


def _box(conditions: list[tuple[str, int]]) -> Box:
    return {name: _picked(name, bits) for name, bits in conditions}


def _picked(name: str, bits: int) -> frozenset[Value]:
    values = speakable(BY_NAME[name])
    return frozenset(value for place, value in enumerate(values) if bits >> place & 1) or frozenset(values[:1])


def packs(speaker: Speaker) -> st.SearchStrategy[Pack]:
    """Packs of up to six rules, some of them always-rules, some that only limit."""
    boxes = st.lists(_CONDITIONS, max_size=3).map(_box)
    effects = st.sampled_from([*Disposition, None])
    boxes_of_it = st.lists(boxes, min_size=1, max_size=2)
    rules = st.tuples(st.sampled_from(_TIERS[speaker]), effects, boxes_of_it, st.booleans())
    return st.lists(rules, max_size=6).map(lambda some: _pack(speaker, some))


def _pack(speaker: Speaker, drawn: list[tuple[Tier, Disposition | None, list[Box], bool]]) -> Pack:
    rules = tuple(
        Rule(
            f"{speaker}.{number}",
            speaker.value,
            speaker,
            tier,
            effect,
            tuple(boxes),
            "A random rule.",
            only_limits=limits and effect is not None and tier is Tier.DEFAULT,
        )
        for number, (tier, effect, boxes, limits) in enumerate(drawn)
    )
    return Pack(speaker.value, "1", speaker, "A random pack.", EVERYWHERE, (), rules, "")


def three_packs() -> st.SearchStrategy[tuple[Pack, ...]]:
    """Three random packs, one of each voice."""
    return st.tuples(*(packs(speaker) for speaker in Speaker))


def tables() -> st.SearchStrategy[Table]:
    """Tables of three random packs, one of each voice."""
    return three_packs().map(lambda some: arrange(some, on=NOON.date()))
