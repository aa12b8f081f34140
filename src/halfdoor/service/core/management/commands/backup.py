import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from halfdoor.service.core import clock, copies, health, keeping_up
from halfdoor.service.core.logs import log
from halfdoor.service.core.operating import OperatorsCommand


class Command(OperatorsCommand):
    """Copy the database while it is in use, and put the copy back at once to see that it holds."""

    help = (
        "Write an encrypted copy of the database into a folder, put it back beside the database, check its ledger and "
        "decide 20 of its lines again. The keys are not in it: copy them with --keys, and keep them elsewhere."
    )
    needs_owner = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, for whom, how often, and how many to keep."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="on another disk or machine")
        parser.add_argument("--to", metavar="age1...", action="append", default=[], help="who else can open it")
        parser.add_argument("--keys", action="store_true", help="the keys instead, for those named with --to alone")
        parser.add_argument(
            "--every",
            metavar="MINUTES",
            type=float,
            help="go on until stopped, with a copy as often as this where something has changed; the first of each day "
            "is put back beside the database. 4 keeps what a machine can lose to five minutes",
        )
        parser.add_argument(
            "--keep",
            metavar="NUMBER",
            type=int,
            help="delete all but the newest of the copies there; with --every: but the newest 36, and the first of so "
            f"many days (without it {keeping_up.DAYS})",
        )

    def handle(
        self, *args: Any, folder: Path, to: list[str], keys: bool, every: float | None, keep: int | None, **options: Any
    ) -> None:
        """Do it, and say what was found. Older copies go only after the new one was seen to hold."""
        at = clock.now()
        try:
            whom = [copies.recipient(one) for one in to]
            if keys:
                self.stdout.write(f"The keys are in {copies.take_keys(folder, only_for=whom, at=at)}.")
                return
            if every is not None:
                self._keep_up(keeping_up.KeepingUp(folder, whom, keep or keeping_up.DAYS), every * 60)
                return
            copy = copies.take(folder, also_for=whom, at=at)
            found = copies.prove(copy, copies.own_identity())
        except copies.CannotCopy as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\n".join([f"{copy} was put back beside the database, and holds:", *found]))
        health.note_copy(copy, at=at)
        if keep is not None:
            for old in sorted(folder.glob("halfdoor-2*.tar.age"))[: -max(keep, 1)]:
                old.unlink()

    def _keep_up(self, keeping: keeping_up.KeepingUp, seconds: float) -> None:
        """Copy again and again. What fails is said, and tried again sooner."""
        stopping = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopping.set())
        while not stopping.is_set():
            began, pause = clock.now(), seconds
            try:
                keeping.once(at=began)
            except (copies.CannotCopy, DatabaseError, OSError) as error:
                log(__name__).error("copy_failed", error=type(error).__qualname__)
                self.stderr.write(str(error))
                connection.close()  # the database may have been started anew since
                pause = seconds / 10
            stopping.wait(max(0.1, pause - (clock.now() - began).total_seconds()))
