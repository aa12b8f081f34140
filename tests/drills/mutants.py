"""
Breaks of the engine, the gate and the ledger, one at a time: does a test notice? Writes docs/assurance/mutants.md.

    python -m tests.drills.mutants [--only engine "gate and ledger"] [--sample 60] [--module NAME]

The tests of a part run once, which says which of them call which function; then each break is tried in a fork of that
process: the tests that call the function, then the quick ones of the part until time is up. Where no test calls it, it
may run while its module is read in: then the quick tests run in a process that reads it in broken (afresh.py). What is
equal to the original, for a reason that somebody gave, stands in equal_mutants.toml.
"""

import argparse
import ast
import builtins
import functools
import gc
import json
import os
import random
import select
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf
from pathlib import Path
from time import process_time
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.drills.mutant_page import PAGE, add_samples, equal_ones, page, score
from tests.drills.mutating import Break, breaks_of, codes_of, named
from tests.house.tree import ROOT

KEPT = ROOT / "build" / "mutants"
PATIENCE = 6.0
"""Seconds of the processor that the tests of one break may take; the slowest are left out."""
WAITING = 900
"""Seconds after which a break that only waits was noticed; one that goes round in circles is earlier."""
HANGS = 20.0
"""Seconds after which a test hangs in a fork: none that is tried takes a third of them."""
MARK = "__called__"

Functions = Mapping[tuple[str, str, int], Sequence[FunctionType]]
"""Those that live in this process, by file, name and line."""

UNFIT, LOST = 3, 4
"""How a fork ends in which the broken code does not fit (it closes over other names), or that failed itself."""

SERVICE = ROOT / "src" / "halfdoor" / "service"


@dataclass(frozen=True)
class Part:
    """What is broken, and the tests that ought to notice."""

    modules: Sequence[Path]
    tests: Sequence[str]
    without: str = ""
    has_database: bool = False
    """Whether some tests may not do in a fork what they do elsewhere; then each is tried in one first."""
    quick: float = 2.0
    """Seconds of tests that do not call the function, which run too."""


PARTS = {
    "engine": Part(
        sorted((ROOT / "src" / "halfdoor" / "disclosure").glob("*.py")),
        ["tests/disclosure", "tests/contract", "tests/packs/test_examples.py", "tests/packs/test_invariants.py"],
        without="_command or test_every_rule_has_its_turn",
    ),
    "gate and ledger": Part(
        [
            *(SERVICE / "disclosures" / f"{name}.py" for name in ("gate", "lists", "looking", "on_record")),
            *(SERVICE / "disclosures" / f"{name}.py" for name in ("ledger", "lines")),
            *(SERVICE / "core" / f"{name}.py" for name in ("chain", "trees", "checkpoints", "append_only", "journal")),
        ],
        [f"{SERVICE}/{room}/tests" for room in ("disclosures", "core")] + ["tests/disclosure/test_witness_command.py"],
        has_database=True,
        without="test_races or test_second_wall or test_house_rule or test_codes or test_misspelled",
    ),
}


@dataclass
class Found:
    """What became of the breaks of one module."""

    of: int = 0
    tried: int = 0
    noticed: int = 0
    survivors: list[str] = field(default_factory=list)


class Breaking:
    """A run of the tests of a part in which, once they pass, each break is tried."""

    def __init__(self, name: str, sample: int, module: Sequence[str], *, seed: str, again: bool) -> None:
        self.again = again
        self.seed = seed
        self.name = name
        self.part = PARTS[name]
        self.sample = sample
        self.module = module
        self.found: dict[str, Found] = {}
        self.failed = False
        self.afresh = False
        self.took: dict[str, float] = {}
        self.calls: dict[tuple[str, str, int], set[int]] = defaultdict(set)

    def pytest_collection(self) -> None:
        import hypothesis

        quick = hypothesis.settings(derandomize=True, deadline=None, database=None, phases=list(hypothesis.Phase)[:3])
        hypothesis.settings.register_profile("mutants", quick)
        hypothesis.settings.load_profile("mutants")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.unfreeze()
        functions = self._functions()
        for file in self.part.modules:
            put(functions, file, codes_of(marked(file)))
        for place, item in enumerate(session.items):
            self._once(session, place, item)
        for file in self.part.modules:
            put(functions, file, codes_of(compile(file.read_text(encoding="utf-8"), str(file), "exec")))
        if self.failed:
            raise SystemExit("The tests fail before anything is broken.")
        close()
        if self.part.has_database:
            self._drop(session, self._unfit(session))
        for file in self.part.modules:
            if not self.module or file.stem in self.module:
                self._module(session, file, functions)
        return True

    def _once(self, session: pytest.Session, place: int, item: pytest.Item) -> None:
        """Run one test unbroken; keep which functions it calls, and how long it takes."""
        called: set[tuple[str, str, int]] = set()
        vars(builtins)[MARK] = called.add
        started = process_time()
        self._run(session, [item])
        self.took[item.nodeid] = process_time() - started
        for function in called:
            self.calls[function].add(place)

    def _unfit(self, session: pytest.Session) -> set[int]:
        """
        Run every test in a fork with nothing broken; return those that fail or hang there, and so would say nothing.

        What sets papers waits for ever: its threads stay behind in the process that was forked.
        """
        unfit: set[int] = set()
        first = 0
        while first < len(session.items):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                self._tell(session, first, writing)
            os.close(writing)
            with os.fdopen(reading, "rb", buffering=0) as told:  # what lay in a buffer, select would not see
                begun = first
                while select.select([told], [], [], HANGS)[0] and (line := told.readline()):
                    begun, failed = map(int, line.split())
                    unfit |= {begun} if failed else set()
                    first = begun + 1
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
                break
            unfit.add(first)
            first += 1
        return unfit

    def _tell(self, session: pytest.Session, first: int, writing: int) -> None:
        """In a fork: say of each test whether it failed, once it ran, and end."""
        for place in range(first, len(session.items)):
            self.failed = False
            if self.took[session.items[place].nodeid] <= PATIENCE:
                self._run(session, [session.items[place]])
            os.write(writing, f"{place} {int(self.failed)}\n".encode())
        os._exit(0)

    def _drop(self, session: pytest.Session, places: set[int]) -> None:
        for place in places:
            print(f"not in a fork: {session.items[place].nodeid}", file=sys.__stderr__, flush=True)
            self.took[session.items[place].nodeid] = inf
        for callers in self.calls.values():
            callers -= places

    def _run(self, session: pytest.Session, items: Sequence[pytest.Item]) -> None:
        for place, item in enumerate(items):
            after = items[place + 1] if place + 1 < len(items) else session.items[session.items[0] is item]
            session._setupstate.teardown_exact(item)
            took = self.took.get(item.nodeid, inf)
            signal.setitimer(signal.ITIMER_PROF, 5 + 20 * took if took < inf else 0)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                return

    def _functions(self) -> dict[tuple[str, str, int], list[FunctionType]]:
        files = set(map(str, self.part.modules))
        found: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        for thing in gc.get_objects():
            if type(thing) is FunctionType and thing.__code__.co_filename in files:
                code = thing.__code__
                found[code.co_filename, code.co_qualname, code.co_firstlineno].append(thing)
        return found

    def _module(self, session: pytest.Session, file: Path, functions: Functions) -> None:
        name = str(file.relative_to(ROOT / "src" / "halfdoor"))
        every = list(breaks_of(file))
        chosen = random.Random(f"{self.seed}{file.stem}").sample([*enumerate(every)], min(self.sample, len(every)))
        before = self.kept().get(name) if self.again else None
        if self.again and before is None:
            return
        found = self.found[name] = Found(**before) if before else Found(of=len(every))
        known, equal = Counter(found.survivors), equal_ones()
        for number, broken in chosen:
            key = f"{file.stem}.{broken.function}: {broken.says}"
            if before:
                if not known[key]:
                    continue
                known[key] -= 1
                found.survivors.remove(key)
                found.tried -= 1
            noticed = None if key in equal else self._noticed(session, broken, functions, number)
            if noticed is None:
                continue
            found.tried += 1
            found.noticed += noticed
            if not noticed:
                found.survivors.append(key)
                print(f"  unnoticed: {broken.name}", file=sys.__stderr__, flush=True)
        print(f"{file.stem}: {found.noticed} of {found.tried} ({len(every)})", file=sys.__stderr__, flush=True)
        self.keep()

    def kept(self) -> dict[str, Any]:
        """Return what was found of this part's modules before."""
        kept = KEPT / f"{self.name}.json"
        return dict(json.loads(kept.read_text(encoding="utf-8"))) if kept.exists() else {}

    def keep(self) -> None:
        """Keep what was found so far, beside what was found of other modules before."""
        found = self.kept() | {module: vars(found) for module, found in self.found.items()}
        (KEPT / f"{self.name}.json").write_text(json.dumps(found), encoding="utf-8")

    def _noticed(self, session: pytest.Session, broken: Break, functions, number: int) -> bool | None:
        """Return whether a test notices; nothing, where the break cannot be put in place."""
        was = codes_of(compile(broken.file.read_text(encoding="utf-8"), str(broken.file), "exec"))
        now = codes_of(broken.code())
        changed = [key for key, code in was.items() if key in now and now[key] != code and key[0] != "<module>"]
        places = [(str(broken.file), *key) for key in changed]
        callers = set().union(*(self.calls[place] for place in places)) if places else set()
        replaced = [(functions.get(place, []), now[place[1:]]) for place in places]
        if not callers or not any(held for held, _ in replaced):
            return self._noticed_afresh(session, broken.file, number)
        how = self._in_a_fork(session, replaced, callers)
        return None if how == UNFIT else how != 0

    def _noticed_afresh(self, session: pytest.Session, file: Path, number: int) -> bool:
        """Return whether the quick tests notice when the module is read in broken, in a process of its own."""
        if number >= 0 and not self.afresh:
            self.afresh = not self._noticed_afresh(session, file, -1)
            if not self.afresh:
                raise SystemExit("The tests fail in a process of their own before anything is broken.")
        tests = [item.nodeid for item in self._within(PATIENCE, session.items)]
        command = [sys.executable, "-m", "tests.drills.afresh", str(file), str(number), *tests]
        try:
            return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=WAITING, check=False).returncode != 0
        except subprocess.TimeoutExpired:
            return True

    def _in_a_fork(self, session, replaced, callers: set[int]) -> int:
        child = os.fork()
        if child == 0:
            how = LOST
            try:
                how = self._in_the_child(session, replaced, callers)
            finally:
                os._exit(how)
        how = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if how == LOST:
            raise SystemExit("A fork was lost before it could say anything.")
        return how

    def _in_the_child(self, session, replaced, callers: set[int]) -> int:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(WAITING)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        try:
            for held, code in replaced:
                for function in held:
                    function.__code__ = code
        except ValueError:
            return UNFIT
        tests = self._within(PATIENCE, (session.items[place] for place in callers))
        self._run(session, tests)
        if not self.failed:
            forget()
            others = (item for item in session.items if item not in tests)
            self._run(session, [*tests[:30], *self._within(self.part.quick, others)])
        return int(self.failed)

    def _within(self, seconds: float, items: Iterable[pytest.Item]) -> list[pytest.Item]:
        """Return the quickest of these tests, as many as take so long."""
        quickest = sorted(items, key=lambda item: self.took[item.nodeid])
        so_far = accumulate(self.took[item.nodeid] for item in quickest)
        return [item for item, upto in zip(quickest, so_far, strict=True) if upto <= seconds]


def close() -> None:
    """Close what is open to a database: a fork opens its own."""
    from django.db import connections

    connections.close_all()


def marked(file: Path) -> CodeType:
    """Return the code of a module in which each function says that it was called."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for name, function in named(tree):
        line = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
        said = ast.parse(f"{MARK}({(str(file), name, line)!r})").body[0]
        docstring = ast.get_docstring(function, clean=False) is not None
        function.body.insert(int(docstring), ast.copy_location(said, function.body[0]))
    return compile(ast.fix_missing_locations(tree), str(file), "exec")


def put(functions: Functions, file: Path, codes: Mapping[tuple[str, int], CodeType]) -> None:
    """Put code in the place of each function of a module, where it fits."""
    for (name, line), code in codes.items():
        for function in functions.get((str(file), name, line), ()):
            with suppress(ValueError):
                function.__code__ = code


def forget() -> None:
    """Empty every cache, so that what was made by the unbroken code is made anew."""
    for thing in gc.get_objects():
        if type(thing) is functools._lru_cache_wrapper:  # isinstance would wake what is lazy
            thing.cache_clear()


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.drills.mutants", description=__doc__)
    asked.add_argument("--only", nargs="*", default=list(PARTS), choices=list(PARTS))
    asked.add_argument("--sample", type=int, default=60, help="how many breaks of each module are tried")
    asked.add_argument("--seed", default="", help="draw another sample: what was mended is no fair one any more")
    asked.add_argument("--module", nargs="*", default=[], help="only these")
    asked.add_argument("--again", action="store_true", help="only those that nobody noticed, of a sample as large")
    asked.add_argument("--tests", nargs="*", default=[], help="these instead of the part's own, as with --again")
    how = asked.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    is_whole = not (how.module or how.again or how.tests)
    for name in how.only:
        if is_whole:
            (KEPT / f"{name}.json").unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            run(name, how.sample, how.module, seed=how.seed, again=how.again, tests=how.tests or PARTS[name].tests)
            os._exit(0)
        os.waitpid(child, 0)
    found = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(KEPT.glob("*.json"))}
    if is_whole:
        add_samples({name: found[name] for name in how.only}, seed=how.seed)
    PAGE.write_text(page(found), encoding="utf-8")
    for name, modules in found.items():
        print(f"{name}: {score(modules.values())}")


def run(name: str, sample: int, module: Sequence[str], *, seed: str, again: bool, tests: Sequence[str]) -> None:
    """Break a part, in a process of its own, and keep what was found."""
    part = PARTS[name]
    chosen = ["-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    chosen += ["-k", f"not ({part.without})"] if part.without else []
    pytest.main(chosen, plugins=[Breaking(name, sample, module, seed=seed, again=again)])


if __name__ == "__main__":
    main()
