"""The names that the package offers, gathered here so that they are imported only when one of them is used."""

from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.judging import decide, judge_for, replay
from halfdoor.disclosure.rules import Disposition, Pack
from halfdoor.disclosure.situation import Situation, SituationError, read

__all__ = [
    "Decision",
    "Disposition",
    "Judge",
    "Pack",
    "PackError",
    "Situation",
    "SituationError",
    "decide",
    "judge_for",
    "read",
    "replay",
]
