import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halfdoor.service.core import clock, first, fitting, jobs, roots
from halfdoor.service.core.worker import Worker, rest


class Command(BaseCommand):
    """Run jobs until stopped. Any number of these may run at once."""

    help = "Run background jobs until stopped (SIGTERM finishes the job at hand)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let an operator choose how soon a dead worker's jobs are taken over."""
        parser.add_argument("--lease", type=float, default=jobs.LEASE.total_seconds(), help="seconds")

    def handle(self, *args: Any, lease: float, **options: Any) -> None:
        """Work until a signal says to stop."""
        try:
            first.do_first(at=clock.now())
        except (roots.NoRootKey, fitting.NotOfThisVersion) as error:
            raise CommandError(str(error)) from None
        worker = Worker(lease=timedelta(seconds=lease), rest=rest())
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: worker.stop())
        worker.run()
