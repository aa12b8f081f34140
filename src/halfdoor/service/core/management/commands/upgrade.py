from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from halfdoor.service.core import clock, copies, fitting
from halfdoor.service.core.databases import dumping
from halfdoor.service.core.operating import OperatorsCommand


class Command(OperatorsCommand):
    """Bring the database up to date with this version, after a copy of it was made."""

    help = "Make or change the tables as this version needs them. A database that is in use is copied first."
    needs_owner = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the copy goes."""
        parser.add_argument("--copy-to", metavar="FOLDER", type=Path, help="where the copy goes; needed unless empty")

    def handle(self, *args: Any, copy_to: Path | None, **options: Any) -> None:
        """Copy, then migrate. Whatever stops it, the same command goes on from where it was."""
        try:
            if not dumping.is_empty():
                if copy_to is None:
                    raise CommandError("Say with --copy-to where a copy of the database goes before it is changed.")
                copy = copies.take(copy_to, at=clock.now())
                self.stdout.write(f"A copy from before is in {copy}.")
            fitting.bring_up_to_date()
        except (copies.CannotCopy, fitting.NotOfThisVersion) as error:
            raise CommandError(str(error)) from None
        self.stdout.write("The tables are as this version needs them.")
