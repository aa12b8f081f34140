import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from halfdoor.service.core import clock
from halfdoor.service.core.health import State, examine
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

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        """Say it, a line each."""
        worst = State.WELL
        for found in examine(at=clock.now()):
            self.stdout.write(_as_json(found) if json else f"{found.state:<5} {found.what:<15} {found.says}")
            worst = State.BAD if found.state is State.BAD else worst
        if worst is State.BAD:
            sys.exit(1)


def _as_json(found: Any) -> str:
    return json.dumps(asdict(found), ensure_ascii=False)
