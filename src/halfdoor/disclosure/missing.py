"""What is still to be asked: facts that nobody gave and that could change the answer."""

from functools import lru_cache

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import TooLarge, below
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import FACTS, Value

_FIRST = ("identity", "wish", "relation", "category", "purpose", "age", "status", "authority")
"""What is asked before all else: who this is, what the young person says, then who asks for what, with what say."""

_TURN = {name: turn for turn, name in enumerate((*_FIRST, *(fact.name for fact in FACTS if fact.name not in _FIRST)))}


def missing(judge: Judge, situation: Situation) -> tuple[str, ...]:
    """
    Return the facts that were not given and could still change the answer, in the order in which to ask for them.

    No other fact can change it, whatever becomes known. (Where the rules are too tangled to be sure, some facts may be
    among them that could not.)
    """
    return _missing(judge, frozenset((name, situation.values[name]) for name in situation.given))


@lru_cache(maxsize=256)
def _missing(judge: Judge, facts: frozenset[tuple[str, Value]]) -> tuple[str, ...]:
    given = dict(facts)
    try:
        asked = {node.name for node in below(judge.survey.dispositions(given)) if node.name}
    except TooLarge:
        asked = set(judge.survey.order) - given.keys()
    return tuple(sorted(asked, key=_TURN.__getitem__))
