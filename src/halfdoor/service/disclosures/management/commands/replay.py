from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from halfdoor.disclosure.loading import PackError, load
from halfdoor.disclosure.rules import Pack
from halfdoor.service.core import keys
from halfdoor.service.core.operating import OperatorsCommand
from halfdoor.service.disclosures import ledger
from halfdoor.service.disclosures.ledger import Outcome
from halfdoor.service.disclosures.models import Line


class Command(OperatorsCommand):
    """Decide every line of the ledger again."""

    help = "Decide every line of the ledger again, by the situation and the packs of its day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a pack to try, in a folder or a file."""
        parser.add_argument(
            "--instead", metavar="PACK", help="try this pack in place of its namesake: which answers would differ?"
        )
        parser.add_argument("--some", metavar="NUMBER", type=int, help="only so many lines, chosen at random")

    def handle(self, *args: Any, **options: Any) -> None:
        """
        Say which lines are decided otherwise now or were tampered with, and how many of each there are.

        It fails if there are any, except for answers that a pack on trial would change: those it only lists.
        """
        instead = _pack(options["instead"])
        found: Counter[Outcome] = Counter()
        lines = Line.objects.select_related("practice").order_by("practice", "entry__sequence")
        if options["some"] is not None:
            lines = lines.order_by("?")[: options["some"]]
        for line in lines.iterator(chunk_size=500):
            with keys.ring():
                replay = ledger.replay(line, instead=instead)
            found[replay.outcome] += 1
            if replay.outcome in (Outcome.DIFFERENT, Outcome.TAMPERED):
                now = f"; now {replay.now}" if instead else ""
                self.stdout.write(f"{line.practice_id}, line {line.pk}: {replay.outcome}, {replay.then} then{now}")
        counted = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.items())) or "none"
        self.stdout.write(f"{found.total()} line{'s' * (found.total() != 1)} decided again: {counted}")
        if found[Outcome.TAMPERED] or (found[Outcome.DIFFERENT] and not instead):
            raise CommandError(
                "Some lines are not what they were. Check the chain (`ledger verify`), and find out why."
            )


def _pack(name: str | None) -> Pack | None:
    try:
        return load(Path(name)) if name else None
    except PackError as error:
        raise CommandError(f"the rules in {name} cannot be used: {error}") from None
