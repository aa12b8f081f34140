from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import CommandError
from django.db import connection

from halfdoor.service.core import clock, copies, fitting, journal, restoring
from halfdoor.service.core.databases import dumping
from halfdoor.service.core.models import Practice
from halfdoor.service.core.operating import OperatorsCommand
from halfdoor.service.disclosures.gaps import actions as gaps


class Command(OperatorsCommand):
    """Put the database back from a copy, and shut the doors on whatever it has forgotten."""

    help = (
        "Put the database back from a copy made by `backup`. What the journal knows and the copy does not is put on "
        "record as lost; the doors stay shut to families, young people and teams until a lead has gone through it."
    )
    needs_owner = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the copy, the key that opens it, and leave to replace a database."""
        parser.add_argument("copy", metavar="COPY", type=Path)
        parser.add_argument("--identity", metavar="FILE", type=Path, help="an age key; by default the one kept here")
        parser.add_argument(
            "--replace", action="store_true", help="move the SQLite file that is there out of the way, and keep it"
        )

    def handle(self, *args: Any, copy: Path, identity: Path | None, replace: bool, **options: Any) -> None:
        """Do it; nothing is touched before the copy was seen to hold."""
        at = clock.now()
        try:
            self._must_have_room(copy, replace)
            key = copies.identity_at(identity) if identity else copies.own_identity()
            self.stdout.write("\n".join(["The copy holds:", *copies.prove(copy, key)]))
            with copies.opened(copy, key) as found:
                self._put_back(found, copy, at=at)
            fitting.bring_up_to_date()
        except (copies.CannotCopy, dumping.CannotDump, fitting.NotOfThisVersion) as error:
            raise CommandError(str(error)) from None
        Session.objects.all().delete()  # whoever was signed in then may have left since
        self.stdout.write(f"The database is as it was on {found.at:%Y-%m-%d at %H:%M:%S} UTC. Everybody signs in anew.")
        for practice in Practice.objects.order_by("name"):
            lost = gaps.compare(practice.pk, restored=True, at=at)
            practice.refresh_from_db()
            doors = (
                "its doors are SHUT until a lead has gone through them" if practice.doors_shut else "its doors are open"
            )
            self.stdout.write(f"{practice.name}: {lost} lines of its journal were forgotten; {doors}.")
        restoring.end()
        for path in journal.strangers():
            self.stdout.write(f"{path} is the journal of a practice that this copy does not know at all.")

    def _put_back(self, found: copies.Opened, copy: Path, *, at: datetime) -> None:
        """Put the copy in the place of the database, in one step, unless that was done before somebody stopped us."""
        if restoring.begun() == copy.name and dumping.is_put_back(found.vendor):
            self.stdout.write("It was put back before; what was left to do is done now.")
            return
        dumping.lay_ready(found.database, found.vendor)
        if not dumping.is_empty():
            self.stdout.write(f"What was here is kept as {dumping.set_aside(f'{at:%Y%m%dT%H%M%SZ}')}.")
        restoring.begin(copy)
        dumping.put_back(found.database, found.vendor)

    def _must_have_room(self, copy: Path, replace: bool) -> None:
        if dumping.is_empty() or restoring.begun() == copy.name:
            return
        if connection.vendor != "sqlite":
            raise CommandError("There are tables in this database. Make an empty one and name it in HALFDOOR_DATABASE.")
        if not replace:
            raise CommandError("There is a database here. With --replace it is moved out of the way, and kept.")
