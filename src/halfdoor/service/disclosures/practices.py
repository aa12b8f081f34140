"""What can be said of a practice: the words that the judgement knows."""

from collections.abc import Mapping

from halfdoor.disclosure.vocabulary import BY_NAME

FACTS: Mapping[str, tuple[str, ...]] = {
    name: tuple(str(value) for value in BY_NAME[name].values)
    for name in ("place", "setting", "provider", "practitioner")
}
"""The facts of a practice, each with the values it may have."""
