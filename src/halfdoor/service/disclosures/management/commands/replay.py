from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halfdoor.service.core import keys
from halfdoor.service.disclosures import ledger
from halfdoor.service.disclosures.ledger import Outcome
from halfdoor.service.disclosures.models import Line


class Command(BaseCommand):
    """Decide every line of the ledger again."""

    help = "Decide every line of the ledger again, by the situation and the packs of its day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say which lines are decided otherwise now or were tampered with, how many of each there are; fail if any."""
        found: Counter[Outcome] = Counter()
        lines = Line.objects.select_related("practice").order_by("practice", "entry__sequence")
        for line in lines.iterator(chunk_size=500):
            with keys.ring():
                replay = ledger.replay(line)
            found[replay.outcome] += 1
            if replay.outcome in (Outcome.DIFFERENT, Outcome.TAMPERED):
                self.stdout.write(f"{line.practice_id}, line {line.pk}: {replay.outcome}, {replay.then} then")
        counted = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.items())) or "none"
        self.stdout.write(f"{found.total()} line{'s' * (found.total() != 1)} decided again: {counted}")
        if found[Outcome.DIFFERENT] or found[Outcome.TAMPERED]:
            raise CommandError(
                "Some lines are not what they were. Check the chain (`ledger verify`), and find out why."
            )
