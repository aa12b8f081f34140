from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice


class Command(BaseCommand):
    """Check the chains of all practices."""

    help = "Check that nothing in the ledger was changed, left out or moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do; there is one thing so far."""
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each practice what was checked and where its chain first breaks; fail if one does."""
        broken = 0
        for practice in Practice.objects.order_by("name"):
            found = chain.verify(practice)
            self.stdout.write(f"{practice.pk}: {found.checked} lines read, head {found.head}")
            if found.broken_at is not None:
                broken += 1
                self.stdout.write(f"  breaks at line {found.broken_at}: {found.says}")
        if broken:
            raise CommandError(f"{broken} chain(s) broken. Stop using this database and restore a verified backup.")
        self.stdout.write(
            "Every line fits its hash and the line before it. Lines cut off at the end show only against a head noted "
            "earlier."
        )
