"""
The `halfdoor` command.

Deciding needs neither Django nor a database, so what they need is imported only by the commands that run the service.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from halfdoor.cli import consent, packs, verify, witness
from halfdoor.cli.output import Wrong, as_json, write
from halfdoor.disclosure import judging, reading
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.explaining import Reader, explain
from halfdoor.disclosure.rules import Speaker
from halfdoor.disclosure.situation import SituationError, read

WRONG = 2
"""Exit status where something that was put in is wrong."""

MOST_LINES, MOST_BYTES = 1000, 100_000
"""How far one situation may go over lines. With every fact in it, each on a line, it takes a tenth of that."""

SERVICE = (
    "demo",
    "practice",
    "serve",
    "work",
    "upgrade",
    "backup",
    "restore",
    "doctor",
    "keys",
    "ledger",
    "replay",
    "people",
)
"""Commands of the service: Django's management commands of the same name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 where something that was put in is wrong."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments and arguments[0] in SERVICE:
        return _run_service(arguments)
    chosen = _parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except Wrong as wrong:
        print(f"halfdoor: {wrong}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:
        # Whoever read us has gone. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _run_service(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")
    if arguments[0] == "demo":
        os.environ.setdefault("HALFDOOR_DEMO", "1")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["halfdoor", *arguments])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="halfdoor",
        description="Who may know what about a young person's therapy, why, and what has to happen around it.",
        epilog=f"Commands of the service, each with --help: {', '.join(SERVICE)}.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    decide = commands.add_parser("decide", help="decide situations: JSON in, one decision a line out")
    decide.set_defaults(run=_decide)
    explaining = commands.add_parser("explain", help="explain decisions in plain words")
    explaining.set_defaults(run=_explain)
    for command in (decide, explaining):
        command.add_argument("file", metavar="FILE", help="one situation, or one a line; '-' reads standard input")
        command.add_argument(
            "--practice",
            default="default",
            metavar="default|none|FILE",
            help="the practice's own rules on top of law and ethics: the shipped ones, none, or a pack of yours",
        )
        listed = "professional bodies whose codes count too, such as aca,nasw; they only narrow (default: none)"
        command.add_argument("--bodies", default="", metavar="BODY,...", help=listed)
    explaining.add_argument(
        "--for",
        dest="reader",
        default=Reader.THERAPIST,
        choices=[str(reader) for reader in Reader],
        help="who reads it (default: the therapist, who may know all of it)",
    )
    commands.add_parser("facts", help="print the vocabulary as JSON Schema").set_defaults(run=_facts)
    packs.add_to(commands)
    retaining = commands.add_parser("retain", help="how long a record has to be kept, and where it has to go")
    retaining.set_defaults(run=_retain)
    retaining.add_argument("file", metavar="FILE", help="what is known of a record, as JSON; one a line, or '-'")
    consent.add_to(commands)
    verify.add_to(commands)
    witness.add_to(commands)
    return parser


def _decide(chosen: argparse.Namespace) -> int:
    decided = _deciding(chosen)
    return _each(chosen.file, lambda given: as_json(decided(given).as_json()), _wrong_as_json)


def _explain(chosen: argparse.Namespace) -> int:
    decided, reader = _deciding(chosen), Reader(chosen.reader)
    return _each(
        chosen.file,
        lambda given: explain(decided(given), reader=reader) + "\n",
        lambda error: f"This cannot be decided. {error.field}: {error.says}\n",
    )


def _deciding(chosen: argparse.Namespace) -> Callable[[object], Decision]:
    practice, bodies = _practice(chosen.practice), _bodies(chosen.bodies)
    return lambda given: judging.decide(read(given, now=datetime.now(UTC)), practice=practice, bodies=bodies)


def _retain(chosen: argparse.Namespace) -> int:
    from halfdoor.disclosure import retaining

    def said(given: object) -> str:
        shelf = retaining.read_shelf(given, today=datetime.now(UTC).date())
        return as_json(retaining.retain(shelf, retaining.shipped_keeps(shelf.place)).as_json())

    return _each(chosen.file, said, _wrong_as_json)


def _wrong_as_json(error: SituationError) -> str:
    return as_json({"error": {"field": error.field, "says": error.says}})


def _each(name: str, said: Callable[[object], str], wrong: Callable[[SituationError], str]) -> int:
    """Write what is said of each object in turn. Each answer leaves before the next object is read."""
    status = 0
    with _opened(name) as file:
        for text in situations(file):
            try:
                answer = said(reading.parse(text))
            except SituationError as error:
                answer = wrong(error)
                status = WRONG
            write(answer)
    return status


def situations(lines: Iterable[bytes]) -> Iterator[bytes]:
    """
    Yield the text of each situation: one a line, without empty lines, or a single one over several lines.

    Only the first may go over several lines, and over so many that it is soon clear. If they turn out to belong to no
    object, each line stands for itself.
    """
    waiting: list[bytes] = []
    started = False
    for line in lines:
        line = line.removeprefix(b"\xef\xbb\xbf") if not (started or waiting) else line
        if not line.strip():
            continue
        waiting.append(line)
        few = len(waiting) < MOST_LINES and sum(map(len, waiting)) < MOST_BYTES
        if not started and few and _unfinished(b"".join(waiting)):
            continue
        yield from [b"".join(waiting)] if started or _whole(b"".join(waiting)) else waiting
        started, waiting = True, []
    yield from waiting


def _unfinished(text: bytes) -> bool:
    try:
        reading.parse(text)
    except reading.Unfinished:
        return True
    except SituationError:
        return False
    return False


def _whole(text: bytes) -> bool:
    try:
        reading.parse(text)
    except SituationError:
        return False
    return True


def _opened(name: str) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise Wrong(f"{name} cannot be read: {error.strerror}. Give a file with situations, or '-'.") from None


def _practice(word: str) -> "judging.Practice":
    if word == "default":
        return "default"
    if word == "none":
        return "none"
    pack = packs.pack_at(word)
    if pack.speaker is not Speaker.PRACTICE:
        raise Wrong(f"{word} speaks for {pack.speaker}; --practice takes a pack whose speaker is 'practice'.")
    return pack


def _bodies(listed: str) -> frozenset[str]:
    if not listed:
        return frozenset()
    from halfdoor.disclosure import loading

    bodies = frozenset(word.strip() for word in listed.split(",") if word.strip())
    for body in sorted(bodies - loading.bodies().keys()):
        raise Wrong(f"there is no code of {body} here; --bodies takes {', '.join(sorted(loading.bodies()))}.")
    return bodies


def _facts(_: argparse.Namespace) -> int:
    write(json.dumps(reading.schema(), indent=2, ensure_ascii=False))
    return 0
