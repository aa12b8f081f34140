"""The judge: everything one table says about a situation."""

from functools import cached_property

from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.weighing import Weighed, weigh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from halfdoor.disclosure.survey import Survey

_KEPT = 4096
"""How many weighings are remembered."""


class Judge:
    """Decides situations by the rules of one table: those of one place on one day."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.planes = Planes(table)
        self.disposition = self.planes.disposition
        self._weighings: dict[int, Weighed] = {}

    def decide(self, situation: Situation) -> Decision:
        """Return the decision, with its reasons and what has to happen around it."""
        mask = self.planes.standing(situation)
        weighed = self._weighings.get(mask)
        return Decision(self.planes, situation, self._weigh(mask) if weighed is None else weighed)

    @cached_property
    def survey(self) -> "Survey":
        """The table drawn as a whole, for all that reasons about more than one situation."""
        from halfdoor.disclosure.survey import Survey

        return Survey(self.table)

    def _weigh(self, mask: int) -> Weighed:
        if len(self._weighings) >= _KEPT:
            self._weighings.clear()
        winner = self.planes.rules[self.planes.speaking(mask)]
        weighed = self._weighings[mask] = weigh(winner, list(self.planes.fired(mask)))
        return weighed
