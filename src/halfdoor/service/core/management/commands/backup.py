from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from halfdoor.service.core import clock, copies, health
from halfdoor.service.core.operating import OperatorsCommand


class Command(OperatorsCommand):
    """Copy the database while it is in use, and put the copy back at once to see that it holds."""

    help = (
        "Write an encrypted copy of the database into a folder, put it back beside the database, check its ledger and "
        "decide 20 of its lines again. The keys are not in it: copy them with --keys, and keep them elsewhere."
    )
    needs_owner = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, for whom, and how many to keep."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="on another disk or machine")
        parser.add_argument("--to", metavar="age1...", action="append", default=[], help="who else can open it")
        parser.add_argument("--keys", action="store_true", help="the keys instead, for those named with --to alone")
        parser.add_argument("--keep", metavar="NUMBER", type=int, help="delete all but the newest of the copies there")

    def handle(self, *args: Any, folder: Path, to: list[str], keys: bool, keep: int | None, **options: Any) -> None:
        """Do it, and say what was found. Older copies go only after the new one was seen to hold."""
        at = clock.now()
        try:
            whom = [copies.recipient(one) for one in to]
            if keys:
                self.stdout.write(f"The keys are in {copies.take_keys(folder, only_for=whom, at=at)}.")
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
