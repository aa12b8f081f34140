"""The survey of one table: its layout and its diagram, drawn once and shared by all that reasons about the whole table."""

from collections.abc import Mapping
from functools import cached_property

from halfdoor.disclosure.diagram import Forest, Node
from halfdoor.disclosure.growing import BUDGET, diagram, grow
from halfdoor.disclosure.layout import Layout, by_disposition
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value


class Survey:
    """Everything about one table that is drawn on first use and then kept."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.table)

    @cached_property
    def diagram(self) -> Node | None:
        """The diagram of dispositions; None where it would need more nodes than its budget."""
        return diagram(self.layout, by_disposition(self.table))

    def within(self, fixed: Mapping[str, Value]) -> Node:
        """
        Return the diagram of dispositions where these facts are known. No node of it asks any of them.

        :raises TooLarge: where too much is open
        """
        box = {name: frozenset({value}) for name, value in fixed.items()}
        forest = Forest(self.layout.order, budget=BUDGET)
        return grow(self.layout, by_disposition(self.table), forest=forest, within=box)
