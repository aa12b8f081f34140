import re
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from halfdoor.service.core import chain, clock, heads, stamps
from halfdoor.service.core.checkpoints import NotSigned
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.core.operating import OperatorsCommand


class Command(OperatorsCommand):
    """Check the chains of all practices, and let others keep what shows whether one was changed."""

    help = (
        "verify: check that nothing in the ledger was changed, left out or moved. "
        "key: print what a witness checks signatures with. "
        "checkpoint: print a signed checkpoint, with the proof that lines were only added --since an earlier one. "
        "compare: find the line that a stamp, or a file by its SHA-256, was handed out with. "
        "stamp-key: print what stamps are checked with. "
        "lines: print the lines, for tools/verify_ledger.py. "
        "clock: say whether lines are later than this machine's clock, and, with --is-right, that it is right."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and with whose ledger."""
        parser.add_argument("what", choices=["verify", "key", "checkpoint", "compare", "stamp-key", "lines", "clock"])
        parser.add_argument("receipt", nargs="*", help="compare: a stamp, or the SHA-256 of a file in hexadecimal")
        parser.add_argument("--practice", metavar="NAME", default="", help="the practice, where there are several")
        parser.add_argument("--replay", metavar="LINES", type=int, help="verify: decide so many lines again too")
        parser.add_argument(
            "--is-right", action="store_true", help="clock: you looked at another clock, and it is right"
        )
        parser.add_argument("--since", metavar="LINES", type=int, default=0, help="how long the ledger was then")

    def handle(self, *args: Any, what: str, practice: str, since: int, replay: int | None, **options: Any) -> None:
        """Do it."""
        if what == "verify":
            self._verify()
            if replay is not None:
                call_command("replay", some=replay, stdout=self.stdout)
            return
        if what == "clock":
            self._clock(is_right=options["is_right"])
            return
        whose = _practice(practice)
        if what == "lines":
            self.stdout.writelines(f"{entry.entry}\n" for entry in _lines(whose))
        elif what == "key":
            self.stdout.write(str(heads.signer(whose.pk).verifier()))
        elif what == "stamp-key":
            self.stdout.write(str(stamps.signer(whose.pk).verifier()))
        elif what == "compare":
            self._compare(whose, options["receipt"])
        else:
            self._checkpoint(whose, since)

    def _clock(self, *, is_right: bool) -> None:
        """Say how the clock and the ledger lie to each other; let things be shared again once somebody looked."""
        now = clock.now()
        ahead = [last for last in chain.last_lines() if last.moment > now]
        self.stdout.write(f"This machine says {now:%Y-%m-%d %H:%M:%S} UTC.")
        for last in ahead:
            self.stdout.write(f"{last.practice}: its newest line is of {last.moment:%Y-%m-%d %H:%M:%S} UTC.")
        if not ahead:
            self.stdout.write("No line is later.")
        elif is_right:
            chain.say_clock_is_right(at=now)
            self.stdout.write("Noted on each of these ledgers. Things are shared again.")
        else:
            self.stdout.write(
                "Nothing is shared meanwhile. Set the clock right. Where it is right, and was ahead for a while, look "
                "at another clock, then say so: halfdoor ledger clock --is-right"
            )

    def _checkpoint(self, practice: Practice, since: int) -> None:
        try:
            self.stdout.write("".join(heads.signed(practice.pk, since=since)), ending="")
        except ValueError as error:
            raise CommandError(f"--since {since}: {error}") from None

    def _compare(self, practice: Practice, receipts: list[str]) -> None:
        """Say of each receipt which line it belongs to, and that this line and all before it are as they were."""
        if not receipts:
            raise CommandError("Give a stamp as it stands on the receipt, or the SHA-256 of a file.")
        found = chain.verify(practice)
        good = found.checked if found.broken_at is None else found.broken_at - 1
        for receipt in receipts:
            line = _line_of(practice, receipt)
            if line is None:
                raise CommandError("No line of this ledger fits. It was taken out or changed, or is of another ledger.")
            if line.sequence > good:
                raise CommandError(f"Line {line.sequence} is there, but the ledger breaks at line {found.broken_at}.")
            kind, at = chain.body_of(line).get("kind", "a line"), chain.moment_of(line.entry)
            self.stdout.write(f"Line {line.sequence}: {kind}, {at:%Y-%m-%d %H:%M:%S} UTC. It is as it was.")
        self.stdout.write("Each of these lines, and every line before it, fits its hash and the line before it.")

    def _verify(self) -> None:
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
            "Every line fits its hash and the line before it. Lines cut off at the end, or a chain made anew, show "
            "only against a checkpoint that somebody else kept: halfdoor ledger checkpoint, halfdoor witness."
        )


def _lines(practice: Practice) -> Iterator[ChainEntry]:
    return ChainEntry.objects.filter(practice=practice).order_by("sequence").iterator(chunk_size=2_000)


def _line_of(practice: Practice, receipt: str) -> ChainEntry | None:
    """Return the line of a stamp, or the one that names a file's hash."""
    lines = ChainEntry.objects.filter(practice=practice).order_by("sequence")
    if re.fullmatch("[0-9a-f]{64}", receipt):
        return lines.filter(entry__contains=f'"file":"{receipt}"').first()
    try:
        return lines.filter(leaf=stamps.read(receipt, stamps.signer(practice.pk).verifier())).first()
    except NotSigned as error:
        raise CommandError(str(error)) from None


def _practice(name: str) -> Practice:
    found = list(Practice.objects.filter(name=name) if name else Practice.objects.order_by("name"))
    if len(found) != 1:
        names = ", ".join(Practice.objects.order_by("name").values_list("name", flat=True))
        raise CommandError(f"Say whose ledger with --practice NAME. There are: {names or 'none'}.")
    return found[0]
