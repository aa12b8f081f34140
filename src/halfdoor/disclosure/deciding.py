"""The judge: everything one table says about a situation."""

from functools import cached_property

from halfdoor.disclosure.decision import Decision, reason
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.rules import Rule
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
        self._versions = {pack.id: pack.version for pack in table.packs}

    def decide(self, situation: Situation) -> Decision:
        """Return the decision, with its reasons and what has to happen around it."""
        mask = self.planes.matching(situation)
        if situation.unknown:
            mask = self.planes.completed(mask, situation.unknown)
        weighed = self._weighings.get(mask)
        return Decision(self, situation, self._weigh(mask) if weighed is None else weighed)

    def unsettled(self, situation: Situation) -> tuple[str, ...]:
        """Return the unknown marks, age or status that make a difference to the answer."""
        return self.planes.mattering(self.planes.matching(situation), situation.unknown)

    def changes(self, situation: Situation) -> list[dict[str, object]]:
        """
        Return the smallest changes that lead to another answer, in the shape of the contract.

        Where the rules are too tangled to look through all of them, none are told: no decision waits for this.
        """
        from halfdoor.disclosure.changing import changes
        from halfdoor.disclosure.diagram import TooLarge

        try:
            return [change.as_json() for change in changes(self, situation)]
        except TooLarge:
            return []

    @cached_property
    def survey(self) -> "Survey":
        """The table drawn as a whole, for all that reasons about more than one situation."""
        from halfdoor.disclosure.survey import Survey

        return Survey(self.table)

    def reason(self, rule: Rule) -> dict[str, object]:
        """Return a rule of this table as a reason of the contract."""
        return reason(rule, version=self._versions[rule.pack])

    def _weigh(self, mask: int) -> Weighed:
        if len(self._weighings) >= _KEPT:
            self._weighings.clear()
        winner = self.planes.rules[self.planes.speaking(mask)]
        weighed = self._weighings[mask] = weigh(winner, list(self.planes.fired(mask)))
        return weighed
