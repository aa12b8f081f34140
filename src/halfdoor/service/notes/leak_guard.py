"""
The leak guard: which sentences of a summary repeat what was written down in private.

Pure: texts in, marks out; no database, no clock, no model from elsewhere. A sentence is taken as the stems of the words
that carry meaning, each weighed by how rare it is in this young person's own notes. Who is spoken of and from whose
mouth makes no difference: pronouns, names of the young person and little words carry no weight, so *I* told as *she*
is found. Words are stemmed as English, Spanish or Welsh, and the first letters of Welsh words are folded, because they
mutate. What is told again in quite other words is found only where rare words or kindred ones remain: it is a guard
beside an author, not instead of one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from math import log, sqrt

from halfdoor.service.notes.stems import key_maker, language_of, words_of
from halfdoor.service.notes.themes import themes_by_key

REPEATS_FROM = 0.6
"""How much of both sentences has to be the same for one to count as a copy of the other."""
CONTAINED_FROM = 0.84
"""How much of the shorter one has to stand in the longer one, where it is a part of it."""
RESEMBLES_FROM = 0.45
"""From here on it may be the same told otherwise; so it may where both touch on the same theme."""

_FEWEST = 3
"""A sentence with fewer words that carry meaning tells nothing by itself."""
_NONE: frozenset[str] = frozenset()
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'»”’)\]]*\s+|\s*\n\s*")


class Likeness(StrEnum):
    """How a sentence stands to a private one."""

    REPEATS = "repeats"
    RESEMBLES = "resembles"


@dataclass(frozen=True, slots=True)
class Overlap:
    """
    A sentence of a summary that repeats a private one, or may.

    ``source`` is whatever the caller named the private text by; ``private`` the sentence in it.
    """

    sentence: str
    likeness: Likeness
    source: object
    private: str


@dataclass(slots=True)
class _Sentence:
    source: object
    text: str
    keys: Set[str]
    themes: Set[str]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, in order, as they stand there."""
    return [one for part in _SENTENCE.split(text) if (one := part.strip())]


def overlaps(
    sentences: Sequence[str], private: Mapping[object, str], *, names: Collection[str] = ()
) -> tuple[Overlap, ...]:
    """
    Return which of these sentences repeat, or may repeat, what stands in private texts: for each the nearest one.

    ``private`` holds texts by whatever names them; ``names`` are words that carry no weight, such as the young
    person's own name.
    """
    mostly = language_of(word for text in (*sentences, *islice(private.values(), 20)) for word in words_of(text))
    asked = list(_read({one: one for one in sentences}, names, mostly=mostly))
    if not asked:
        return ()
    kept = _Kept(list(_read(private, names, mostly=mostly)), asked)
    found = (kept.nearest(one) for one in asked if len(one.keys) >= _FEWEST)
    return tuple(one for one in found if one is not None)


class _Kept:
    """Private sentences, to be found by the stems and themes they share with what is asked about."""

    def __init__(self, sentences: Sequence[_Sentence], asked: Sequence[_Sentence]) -> None:
        self._sentences = sentences
        common: Counter[str] = Counter()
        wanted = _NONE.union(*(one.keys | one.themes for one in asked))
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(sentences):
            common.update(one.keys)
            for key in wanted & (one.keys | one.themes):
                self._with[key].append(number)
        # The rarer a stem is among the sentences of these notes, the more it says.
        every = len(sentences) + 2
        self._weights = {key: log(every / (count + 0.5)) + 0.3 for key, count in common.items()}
        self._unseen = log(every / 0.5) + 0.3

    def nearest(self, asked: _Sentence) -> Overlap | None:
        """Return the private sentence this one is a copy of, or else the nearest, if any is near enough."""
        mine = self._weight(asked.keys)
        shared = self._shared(asked.keys)
        themes = Counter(number for theme in asked.themes for number in self._with[theme])
        best, order = None, (False, 0, 0.0)
        for number in shared.keys() | themes.keys():
            weight, count = shared.get(number, (0.0, 0))
            if count < _FEWEST - 1 and not themes[number]:
                continue
            theirs = self._weight(self._sentences[number].keys)
            alike = weight / sqrt(mine * theirs)
            is_part = count >= _FEWEST and weight >= CONTAINED_FROM * min(mine, theirs)
            repeats = is_part or (alike >= REPEATS_FROM and count >= _FEWEST - 1)
            rank = (repeats, themes[number], alike)
            if rank > order and (repeats or themes[number] or alike >= RESEMBLES_FROM):
                best, order = self._sentences[number], rank
        if best is None:
            return None
        return Overlap(asked.text, Likeness.REPEATS if order[0] else Likeness.RESEMBLES, best.source, best.text)

    def _shared(self, keys: Collection[str]) -> Mapping[int, tuple[float, int]]:
        """Return for each private sentence with any of these stems what they weigh together, and how many they are."""
        shared: dict[int, tuple[float, int]] = {}
        for key in keys:
            weight = self._weights.get(key, self._unseen)
            for number in self._with[key]:
                known, count = shared.get(number, (0.0, 0))
                shared[number] = known + weight, count + 1
        return shared

    def _weight(self, keys: Collection[str]) -> float:
        return sum(self._weights.get(key, self._unseen) for key in keys)


def _read(texts: Mapping[object, str], names: Collection[str], *, mostly: str) -> Iterator[_Sentence]:
    """Yield the sentences of these texts with their stems. ``mostly`` is the language of what is not plain."""
    silent = {word for name in names for word in words_of(name)}
    for source, text in texts.items():
        sentences = [(one, words_of(one)) for one in sentences_of(text)]
        language = language_of(chain.from_iterable(words for _, words in sentences), otherwise=mostly)
        key_of, themes = key_maker(language), themes_by_key(language)
        for sentence, words in sentences:
            keys = set(map(key_of, words if silent.isdisjoint(words) else (one for one in words if one not in silent)))
            keys.discard("")
            touched = [themes[key] for key in themes.keys() & keys]
            yield _Sentence(source, sentence, keys, _NONE.union(*touched) if touched else _NONE)
