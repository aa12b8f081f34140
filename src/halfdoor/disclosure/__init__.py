"""
The judgement: who may know what about a young person's therapy, why, and what has to happen around it.

Pure: no web, no clock, no database. Everything outside speaks to it in the words of the contract. Names are imported
when they are first used, so that importing the package costs next to nothing.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from halfdoor.disclosure.public import (
        Decision,
        Disposition,
        Judge,
        Pack,
        PackError,
        Situation,
        SituationError,
        decide,
        judge_for,
        read,
        replay,
    )

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


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"there is no {name} in halfdoor.disclosure")
    from halfdoor.disclosure import public

    return getattr(public, name)
