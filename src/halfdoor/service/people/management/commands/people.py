"""`halfdoor people import`: take a file of young people and their circles on record."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import clock
from halfdoor.service.core.models import Practice
from halfdoor.service.core.operating import OperatorsCommand
from halfdoor.service.people import importing
from halfdoor.service.people.sheets import COLUMNS, Faulty

_MOST_SHOWN = 200


class Command(OperatorsCommand):
    """Take people on record from a file."""

    help = "Take young people and who stands in their circles on record from a CSV file: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the practice, and who does it."""
        parser.epilog = f"Columns: {', '.join(COLUMNS)}. See docs/how-to/import-people.md."
        parser.add_argument("what", choices=["import"])
        parser.add_argument("file", metavar="FILE", help="CSV in UTF-8; its first line names the columns")
        parser.add_argument("--practice", required=True, metavar="NAME", help="the practice, by its whole name")
        parser.add_argument(
            "--by", required=True, metavar="NAME", help="sign-in name of the office or lead who does it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what it would bring; nothing is on record then")

    def handle(self, *args: Any, file: str, practice: str, by: str, dry_run: bool, **options: Any) -> None:
        """Take the file in, or list everything that is wrong in it and fail."""
        account = _account(practice, by)
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        try:
            taken = importing.take_in(content, dry_run=dry_run, progress=self._say, by=account, at=clock.now())
        except Faulty as wrong:
            for fault in wrong.faults[:_MOST_SHOWN]:
                where = f"{file}:{fault.line}" + (f" {fault.column}" if fault.column else "")
                self.stderr.write(f"{where}: {fault.says}")
            raise CommandError(f"{len(wrong.faults)} to mend. Nothing of the file is on record.") from None
        brought = (
            f"{taken.young_people} new young people, {taken.people} new people around them, "
            f"{taken.places} new places in a circle, {taken.facts} new facts"
        )
        said = "would be taken: " if dry_run else "on record: "
        nothing = "all of it is on record already; nothing was changed"
        self.stdout.write(f"{taken.lines} lines; " + (nothing if taken.changes_nothing else said + brought))

    def _say(self, done: int, of: int) -> None:
        self.stderr.write(f"{done} of {of} lines")


def _account(practice: str, username: str) -> Account:
    found = Practice.objects.filter(name=practice).first()
    if found is None:
        names = ", ".join(Practice.objects.order_by("name").values_list("name", flat=True)) or "none"
        raise CommandError(f"There is no practice “{practice}”. There are: {names}.")
    accounts = Account.objects.filter(practice=found, role__in=(Role.OFFICE, Role.LEAD), is_active=True)
    account = accounts.filter(username=username).select_related("practice").first()
    if account is None:
        raise CommandError(f"Nobody of the office, and no lead, signs in at {practice} as “{username}”.")
    return account
