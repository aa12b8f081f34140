from argparse import ArgumentParser
from collections import Counter
from typing import Any

from halfdoor.service.core import keys, roots
from halfdoor.service.core.models import AuthorKey, PersonKey, Practice, PracticeKey
from halfdoor.service.core.operating import OperatorsCommand


class Command(OperatorsCommand):
    """Change keys while the service runs. Texts stay as they are; only what wraps their keys changes."""

    help = (
        "status: how many keys of which version there are. "
        "root: take a new root key, from HALFDOOR_ROOT_COMMAND if it is set, and wrap the practices' keys with it. "
        "practice: make a new key for each practice and wrap the keys of its young people and authors with it. "
        "Copy the keys afterwards: backup FOLDER --keys --to age1..."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to change."""
        parser.add_argument("what", choices=["status", "root", "practice"])
        parser.add_argument("--in-file", action="store_true", help="root: in a file here, though there is a command")

    def handle(self, *args: Any, what: str, in_file: bool, **options: Any) -> None:
        """Do it, practice by practice, each whole or not at all; run it again if something stopped it."""
        if what == "status":
            self._status()
            return
        root = roots.make(in_file=in_file) if what == "root" else roots.newest()
        for practice in Practice.objects.order_by("name"):
            with keys.ring():
                count = keys.rewrap(practice.pk, root=root) if what == "root" else keys.renew_practice(practice.pk)
            self.stdout.write(f"{practice.name}: {count} keys are wrapped anew.")
        self.stdout.write("Older keys stay: copies made before need them. Copy the keys now (backup --keys).")

    def _status(self) -> None:
        newest = roots.newest()
        where = "given by a command" if roots.by_command(newest) else "in a file"
        self.stdout.write(f"The newest root key is of version {newest}, {where}.")
        by_root = Counter(PracticeKey.objects.values_list("root_version", flat=True))
        for version, count in sorted(by_root.items()):
            self.stdout.write(f"{count} keys of practices are wrapped by root key {version}.")
        erased = PersonKey.objects.filter(wrapped=b"").count()
        self.stdout.write(f"{PersonKey.objects.count()} keys of young people, {erased} of them erased.")
        self.stdout.write(f"{AuthorKey.objects.count()} keys of authors of process notes.")
