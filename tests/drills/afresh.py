"""
Tests with one function broken before anything reads its module in: for what runs only while modules are read.

    python -m tests.drills.afresh MODULE.py NUMBER TEST...

``NUMBER`` counts the breaks of the module as ``mutating`` yields them; -1 is none of them.
"""

import resource
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

from tests.drills.mutating import breaks_of

AT_MOST = 90
"""Seconds of the processor; whoever takes longer goes round in circles."""


class Broken(SourceFileLoader):
    """Loads a module with other code than its file has."""

    def __init__(self, name: str, file: str, code: CodeType) -> None:
        super().__init__(name, file)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class Breaker:
    """Finds one module broken, before anybody else finds it whole."""

    def __init__(self, file: str, code: CodeType) -> None:
        self.file = file
        self.code = code

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name.startswith("halfdoor") else None  # type: ignore[arg-type]
        if spec is None or spec.origin != self.file:
            return None
        spec.loader = Broken(name, self.file, self.code)
        return spec


def main() -> None:
    file, number, *tests = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (AT_MOST, AT_MOST))
    if int(number) >= 0:
        sys.meta_path.insert(0, Breaker(file, list(breaks_of(Path(file)))[int(number)].code()))  # type: ignore[arg-type]
    raise SystemExit(pytest.main(["-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]))


if __name__ == "__main__":
    main()
