"""
Growing a decision diagram out of a table, from the root down.

A state is the set of boxes that may still match, as bits of an integer. Before it is split, it is *settled*: boxes that
can no longer change the answer are dropped, so that states with the same future become the same number. What a group of
rules (the final ones, or a voice) says if none of its remaining boxes matches is kept in the state as one marker bit.
"""

from collections.abc import Mapping

from halfdoor.disclosure.diagram import Forest, Node, TooLarge
from halfdoor.disclosure.layout import Layout, Ranks
from halfdoor.disclosure.rules import Box

BUDGET = 50_000
"""Nodes of one diagram; packs as people write them need a few thousand."""

_SILENT = -1


def grow(layout: Layout, ranks: Ranks, *, forest: Forest, within: Box | None = None) -> Node:
    """
    Return the diagram of a table, or of the part of it that lies within a box.

    :raises TooLarge: where the forest's budget is spent
    """
    return _Grower(layout, ranks, forest, within or {}).root()


def diagram(layout: Layout, ranks: Ranks, *, within: Box | None = None, budget: int = BUDGET) -> Node | None:
    """Return the diagram of a table, or None where that would need too many nodes."""
    try:
        return grow(layout, ranks, forest=Forest(layout.order, budget=budget), within=within)
    except TooLarge:
        return None


class _Grower:
    """Grows one diagram; see the head of the module for what a state is."""

    def __init__(self, layout: Layout, ranks: Ranks, forest: Forest, within: Box) -> None:
        self._forest = forest
        self._everything = layout.everything
        self._spans = layout.spans
        self._rank = [ranks.of_rules[place] for place in layout.places]
        self._silence = ranks.of_silence
        self._closed = [
            (
                closedness * ranks.step,
                sum(1 << bit for bit, rank in enumerate(self._rank) if rank // ranks.step == closedness),
            )
            for closedness in range(6)
        ]
        told = sorted({*ranks.of_rules, ranks.of_silence})
        self._marker: list[Mapping[int, int]] = []
        for group in range(len(self._spans)):
            first = len(self._rank) + group * len(told)
            self._marker.append({rank: 1 << (first + place) for place, rank in enumerate(told)})
        self._markers = [sum(markers.values()) for markers in self._marker]
        self._marked = {bit: rank for markers in self._marker for rank, bit in markers.items()}
        self._all_markers = sum(self._markers)
        self._levels = [layout.level(name, within) for name in forest.order]
        self._undecided = [0]
        for level in reversed(self._levels):
            self._undecided.insert(0, self._undecided[0] | level.naming)
        self._grown: dict[tuple[int, int], Node] = {}

    def root(self) -> Node:
        return self._grow(0, self._everything)

    def _grow(self, place: int, state: int) -> Node:
        state, rank = self._settle(place, state)
        if rank is not None:
            return self._forest.leaf(rank)
        while not state & self._levels[place].naming:
            place += 1
        found = self._grown.get((place, state))
        if found is None:
            found = self._grown[place, state] = self._split(place, state)
        return found

    def _split(self, place: int, state: int) -> Node:
        level = self._levels[place]
        parts: dict[int, Node] = {}
        children = []
        for mask in level.masks:
            part = state & (mask | self._all_markers)
            if part not in parts:
                parts[part] = self._grow(place + 1, part)
            children.append(parts[part])
        if level.spreads:
            whole = children[0]
            for child in set(children):
                whole = self._forest.union(whole, child)
            children.append(whole)
        return self._forest.node(place, level.values, tuple([children[number] for number in level.classes]))

    def _settle(self, place: int, state: int) -> tuple[int, int | None]:
        """Return the state without what cannot matter, and the rank of the answer once it is certain."""
        certain = state & ~self._undecided[place]
        final, end = self._group(0, state, certain)
        if end == _SILENT:
            heard = self._hear(state, certain)
            voices = 0
            for voice, (part, said) in enumerate(heard, start=1):
                voices |= part | self._marker[voice].get(said, 0)
            if any(part for part, _ in heard):
                return final | voices, None
            end = max(said for _, said in heard)
            if end == _SILENT:
                end = self._silence
        final = self._without_last(final, end, end)
        return final | self._marker[0][end], None if final else end

    def _group(self, group: int, state: int, certain: int) -> tuple[int, int]:
        """Return the boxes of a group that may still match, and what it says if none does."""
        part = state & self._spans[group]
        sure = part & certain
        if sure:
            first = sure & -sure
            return part & (first - 1), self._rank[first.bit_length() - 1]
        return part, self._marked.get(state & self._markers[group], _SILENT)

    def _hear(self, state: int, certain: int) -> list[tuple[int, int]]:
        """Return what each voice may still say, without what a less open voice makes needless to hear."""
        heard = [self._group(voice, state, certain) for voice in range(1, len(self._spans))]
        floors = [self._floor(part, end) for part, end in heard]
        for voice, (part, end) in enumerate(heard):
            least = max(floors[:voice] + floors[voice + 1 :])
            if end <= least:
                end = _SILENT
            part = self._without_last(part, 0, least) if end == _SILENT else self._without_last(part, end, end)
            heard[voice] = part, end
            if end == _SILENT:
                floors[voice] = _SILENT
        return heard

    def _floor(self, part: int, end: int) -> int:
        """Return a rank that the voice reaches for certain."""
        for rank, boxes in self._closed:
            if rank >= end or part & boxes:
                return min(rank, end)
        return end

    def _without_last(self, part: int, lowest: int, highest: int) -> int:
        """Drop the last boxes of a group as long as their rank lies between both."""
        while part:
            last = part.bit_length() - 1
            if not lowest <= self._rank[last] <= highest:
                break
            part ^= 1 << last
        return part
