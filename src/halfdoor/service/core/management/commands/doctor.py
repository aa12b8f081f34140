import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from halfdoor.service.core import clock, metrics
from halfdoor.service.core.health import Found, State, examine
from halfdoor.service.core.operating import OperatorsCommand


class Command(OperatorsCommand):
    """Say how the service is doing, and what to do about it."""

    help = (
        "Look at settings, keys, database, journal, disks, clock, copies, jobs and ledger. Exit status 1 if one is bad."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let a monitor read it."""
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--prometheus", type=Path, metavar="FILE.prom", help="write it as numbers for Prometheus too"
        )

    def handle(self, *args: Any, json: bool, prometheus: Path | None, **options: Any) -> None:
        """Say it, a line each."""
        at = clock.now()
        everything = list(examine(at=at))
        for found in everything:
            self.stdout.write(_as_json(found) if json else f"{found.state:<5} {found.what:<15} {found.says}")
        if prometheus:
            self._write(prometheus, everything, at)
        if any(found.state is State.BAD for found in everything):
            sys.exit(1)

    def _write(self, path: Path, everything: list[Found], at: datetime) -> None:
        try:
            metrics.write(path, everything, at=at)
        except (metrics.NoLibrary, OSError) as error:
            raise CommandError(str(error)) from None


def _as_json(found: Any) -> str:
    return json.dumps(asdict(found), ensure_ascii=False)
