"""A process gives back what a look at a password took."""

import subprocess
import sys

import pytest

IN_A_PROCESS_OF_ITS_OWN = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from argon2.low_level import Type, hash_secret
from halfdoor.service.core import memory

def mine():
    return sum(int(line.split()[1]) for line in Path("/proc/self/smaps_rollup").read_text().splitlines()
               if line.startswith("Private_")) / 1000

def look(_):
    with ThreadPoolExecutor(1) as thread:
        thread.submit(hash_secret, b"a kettle", b"s" * 16, 2, 19 * 1024, 1, 32, Type.ID).result()

if sys.argv[1] == "settled":
    memory.settle()
before = mine()
with ThreadPoolExecutor(6) as pages:
    list(pages.map(look, range(12)))
print(mine() - before)
"""


def held_after_twelve_passwords(how: str) -> float:
    command = [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, how]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="it is glibc that keeps it, and /proc that says so")
def test_what_a_password_took_is_given_back():
    assert held_after_twelve_passwords("as it comes") > 15, "megabytes, else there is nothing to give back"
    assert held_after_twelve_passwords("settled") < 8
