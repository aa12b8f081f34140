"""
The product under load, served as it is served, with whoever asks for pages on the same machine.

Run it with `make load`, or `python -m benchmarks.load [sqlite|postgres ...] [--seconds 600] [--pages 60]`. With
`--soak` pages alone are asked for all the while, and what came of each ten minutes is told, memory and all. The
practice is that of `benchmarks.pages`: 500 families, 10,000 rows in the longest lists. Pages are asked for at fixed
moments, whether or not the last one has come, and are timed from the moment at which they were due; every page that a
therapist, a mother and a young person come to by links has its turn, first pages and lists of every day more often. In
the second half people sign in beside it. A bare Django page is served in the same way, and asked for by the same code,
in the same run.
"""

import argparse
import http.client
import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.gate_list import _fresh, count_rows
from benchmarks.pages import DAILY, FAMILIES, FILES, LONG, OFTEN, build

THREADS, SIGN_INS, DECISIONS = 24, 5, 2000
WARM = 60.0
"""Seconds in which pages are asked for at half the pace, before anything is measured."""
TEN_MINUTES = 600.0
BARE_PORT = 8336
BARE = """
from django.conf import settings
settings.configure(SECRET_KEY="none", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], USE_TZ=True)
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path
def page(request):
    return HttpResponse("<!doctype html><title>Bare</title>" + "<p>Nothing.</p>" * 200)
urlpatterns = [path("", page)]
application = get_asgi_application()
"""
SERVED = f"""
from uvicorn.supervisors import Multiprocess
from halfdoor.service.core.door import Serving
if __name__ == "__main__":
    config = Serving("bare:application", port={BARE_PORT}, workers=2, lifespan="off", access_log=False, log_config=None)
    Multiprocess(config, sockets=[config.bind_socket()]).run()
"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("databases", nargs="*", default=["sqlite", "postgres"])
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--pages", type=float, default=60)
    asked.add_argument("--soak", action="store_true")
    given = asked.parse_args()
    if len(given.databases) > 1:  # Django is set up once a process
        for database in given.databases:
            again = [database, f"--seconds={given.seconds}", f"--pages={given.pages}", *["--soak"] * given.soak]
            subprocess.run([sys.executable, "-m", "benchmarks.load", *again], check=True)
        return
    with tempfile.TemporaryDirectory(prefix="halfdoor-load-") as folder, _fresh(given.databases[0], Path(folder)):
        if given.soak:
            soak(given.databases[0], seconds=given.seconds, pages=given.pages)
        else:
            measure(given.databases[0], seconds=given.seconds, pages=given.pages, folder=Path(folder))


@pytest.mark.reliability("R14")
def soak(database: str, *, seconds: float, pages: float) -> None:
    """Ask for pages for a long time, and print what came of each ten minutes, with the memory after them."""
    from django.db import connection

    from tests.drills.serving import served

    turns = _turns(_prepared())
    connection.close()
    with served() as server:
        _ask(turns, seconds=WARM, a_second=pages / 2)
        held, left = [_memory(server)], seconds
        while left > 0:
            some = min(left, TEN_MINUTES)
            told, _ = _told(_ask(turns, seconds=some, a_second=pages), seconds=some, a_second=pages)
            held.append(_memory(server))
            left -= some
            print(f"  {some:.0f} s: {told}; {held[-1]:.0f} MB", flush=True)
    since = " and ".join(f"{(held[-1] / one - 1) * 100:+.1f} %" for one in held[:2])
    memory = ", ".join(f"{one:.0f}" for one in held)
    _tell(
        f"{database}-soak",
        [
            (
                f"memory, {seconds / 60:.0f} minutes",
                f"{memory} MB: {since} since it was warm and ten minutes later",
                "5 %",
            )
        ],
    )


@pytest.mark.reliability("R14")
def measure(database: str, *, seconds: float, pages: float, folder: Path) -> None:
    """Build the practice, serve it, ask for pages, and print what came of it."""
    from django.db import connection

    from tests.drills.serving import PORT, served

    family = _prepared()
    print(
        f"{database}: {FAMILIES} families, {LONG:,} rows a list; {os.cpu_count()} cores, generator beside", flush=True
    )
    turns, practice = _turns(family), str(family.practice.pk)
    decided = _decide(family)
    connection.close()
    with served() as server:
        peaks = {"all pages in turn": _peak(PORT, turns, seconds=15.0)}
        peaks |= {one[2]: _peak(PORT, [one]) for one in _firsts(turns)}
        # Each thread of each process opens a connection and reads templates once: that is no growth.
        _ask(turns, seconds=WARM, a_second=pages / 2)
        before = _memory(server)
        alone = _ask(turns, seconds=seconds / 2, a_second=pages)
        middle = _memory(server)
        with _people_signing_in(practice) as signed:
            beside = _ask(turns, seconds=seconds / 2, a_second=pages)
        after = _memory(server)
    with _bare(folder):
        bare = _peak(BARE_PORT, [("/", "", "bare")])
    sign_ins = len(signed) / seconds * 2
    rows = [
        ("the gate decides about one item, all read anew", decided, "p99 2 ms"),
        (f"pages for {seconds / 2:.0f} s", *_told(alone, seconds=seconds / 2, a_second=pages)),
        (f"the same, beside {sign_ins:.1f} sign-ins a second", *_told(beside, seconds=seconds / 2, a_second=pages)),
        ("sign-ins beside it", f"{sign_ins:.1f} a second", f"{SIGN_INS} a second"),
        ("memory of the server", f"{before:.0f}, {middle:.0f}, {after:.0f} MB: before, half way, after", ""),
        *(
            (f"{name}, as fast as it comes", f"{most:.0f} a second: 1/{bare / most:.0f} of a bare page", "1/25")
            for name, most in peaks.items()
        ),
    ]
    _tell(database, rows)
    _tell_slowest([*alone, *beside])


def _prepared():
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    from halfdoor.service.accounts.models import Account
    from halfdoor.service.core import clock
    from tests.drills.signing_in import PASSWORD

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    family = build()
    Account.objects.filter(pk=family.ruth.pk).update(password=make_password(PASSWORD), last_login=clock.now())
    family.ruth.refresh_from_db()  # a session holds for the password that it began with
    count_rows()
    return family


@contextmanager
def _people_signing_in(practice: str) -> Iterator[list[float]]:
    """Let people sign in all the while; give the moments at which one had."""
    from tests.drills.signing_in import sign_in_for_ever

    signed: list[float] = []
    stop = threading.Event()
    asked = ([practice, number, signed, stop] for number in range(SIGN_INS + 1))  # once a second each
    storm = [threading.Thread(target=sign_in_for_ever, args=how) for how in asked]
    for one in storm:
        one.start()
    yield signed
    stop.set()
    for one in storm:
        one.join()


def _turns(family) -> list[tuple[str, str, str]]:
    """Return what is asked for in turn: address, cookie, name of the page. The first is a therapist's first page."""
    from halfdoor.service.portals.tests.test_queries import walk
    from tests.doors import signed_in
    from tests.drills.serving import cookie_of

    turns = []
    for door, reader in (
        ("staff", family.ruth),
        ("family", family.sara.person.account),
        ("me", family.amina.person.account),
    ):
        cookie = cookie_of(reader)
        found = [(cost.address, cookie, name) for name, cost in walk(signed_in(reader), door).items()]
        found = [one for one in found if not any(word in one[2] for word in FILES)]
        daily = [one for one in found if one is found[0] or one[2] in DAILY]
        turns += [*daily * OFTEN, *found]
    spread = 89  # so that one person's pages do not come all at once
    assert len(turns) % spread, "the step must lead through all turns"
    return [turns[number * spread % len(turns)] for number in range(len(turns))]


def _firsts(turns) -> list[tuple[str, str, str]]:
    """Return a therapist's first page, a mother's and her list about one child."""
    wanted = ("portals:today", "portals:week", "portals:child")
    found = {name: (path, cookie, name) for path, cookie, name in reversed(turns) if name in wanted}
    return [found[name] for name in wanted if name in found]


def _decide(family) -> str:
    """Return how long the gate takes to decide about one note, with what stands on record read anew."""
    from halfdoor.service.core import clock
    from halfdoor.service.disclosures import gate
    from halfdoor.service.disclosures.models import Item

    at, taken = clock.now(), []
    seen = gate.shareable_with(family.sara, Item.objects.of_kind("note"), at=at).items
    for one in seen * (DECISIONS // len(seen)):
        started = time.perf_counter()
        gate.decide(family.sara, one.item_id, at=at)
        taken.append((time.perf_counter() - started) * 1e3)
    return f"p50 {_share(taken, 0.5):.2f} ms, p99 {_share(taken, 0.99):.2f} ms"


def _ask(turns, *, seconds: float, a_second: float) -> list[tuple[str, float, int]]:
    """Ask for pages at their moments; return name, milliseconds from the moment it was due, and status of each."""
    from tests.drills.serving import PORT

    answers: list[tuple[str, float, int]] = []
    begun, numbers, lock = time.perf_counter() + 0.5, iter(range(int(seconds * a_second))), threading.Lock()

    def work() -> None:
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            path, cookie, name = turns[number % len(turns)]
            due = begun + number / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                line.request("GET", path, headers={"Cookie": cookie})
                answer = line.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                line.close()
                status = 0
            answers.append((name, (time.perf_counter() - due) * 1e3, status))

    workers = [threading.Thread(target=work) for _ in range(THREADS)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return answers


def _peak(port: int, turns, *, seconds: float = 5.0) -> float:
    """Return how many pages come in a second when they are asked for in turn, as fast as they come."""
    counts: list[int] = []
    in_turn = itertools.cycle(turns)  # which next() takes from in one step

    def work() -> None:
        line, count, until = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            path, cookie, _ = next(in_turn)
            line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
            count += 1
        counts.append(count)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return sum(counts) / seconds


@contextmanager
def _bare(folder: Path) -> Iterator[None]:
    """Serve one bare page of Django by the same server, with as many processes."""
    (folder / "bare.py").write_text(BARE)
    (folder / "served.py").write_text(SERVED)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen([sys.executable, "served.py"], cwd=folder, **quiet)
    try:
        for _ in range(100):
            try:
                http.client.HTTPConnection("127.0.0.1", BARE_PORT, timeout=5).request("GET", "/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait(20)


def _memory(server: subprocess.Popen[bytes]) -> float:
    """Return the memory that the processes of the server hold for themselves, in MB."""
    import psutil

    parent = psutil.Process(server.pid)
    return sum(one.memory_full_info().uss for one in (parent, *parent.children(recursive=True))) / 1e6


def _told(answers, *, seconds: float, a_second: float) -> tuple[str, str]:
    """Return what was answered and how fast, and what was asked for."""
    times = [taken for _, taken, _ in answers]
    wrong = sum(status != 200 for *_, status in answers)
    shares = ", ".join(f"p{share * 100:.0f} {_share(times, share):.0f} ms" for share in (0.5, 0.95, 0.99))
    answered = len(answers) / (seconds + max(0.0, answers[-1][1] / 1e3))
    return f"{answered:.0f} a second: {shares}; {wrong} not 200", f"{a_second:.0f} a second, p95 150 ms, 0 not 200"


def _tell(database: str, rows) -> None:
    """Print the rows as they go into RESULTS.md, and leave them in `build/`."""
    lines = [f"| {database}: {what} | {measured} | {target} |" for what, measured, target in rows]
    table = "\n".join(["| under load | measured | target |", "|---|---|---|", *lines])
    print(table, flush=True)
    build = Path("build")
    build.mkdir(exist_ok=True)
    (build / f"load-{database}.md").write_text(f"{table}\n")


def _tell_slowest(answers, most: int = 6) -> None:
    by_name = defaultdict(list)
    for name, taken, _ in answers:
        by_name[name].append(taken)
    slowest = sorted(((_share(times, 0.5), name) for name, times in by_name.items()), reverse=True)[:most]
    print("  slowest pages (p50): " + ", ".join(f"{name} {taken:.0f} ms" for taken, name in slowest))


def _share(times, share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    main()
