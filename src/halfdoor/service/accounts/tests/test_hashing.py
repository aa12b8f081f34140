"""How passwords are looked at: one at a time, and after pages."""

import os
import sys
import threading
import time

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from halfdoor.service.accounts.hashing import OneAtATime

PASSWORD = "a kettle on a windowsill"


@pytest.mark.reliability("R15")
def test_a_storm_of_sign_ins_looks_at_one_password_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once: list[int] = []
    looking: set[int] = set()

    def slow(*args: object) -> str:
        looking.add(threading.get_ident())
        at_once.append(len(looking))
        time.sleep(0.005)
        looking.discard(threading.get_ident())
        return ""

    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    hasher = OneAtATime()
    knocks = [lambda: hasher.encode(PASSWORD, "salt"), lambda: hasher.verify(PASSWORD, "encoded")]
    storm = [threading.Thread(target=knock) for knock in knocks * 5]
    for one in storm:
        one.start()
    for one in storm:
        one.join()
    assert (len(at_once), max(at_once)) == (10, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nice is of a process, and passwords stand in line")
@pytest.mark.reliability("R15")
def test_a_password_stands_back_for_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def nice(*args: object) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    monkeypatch.setattr(Argon2PasswordHasher, "encode", nice)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", nice)
    hasher, here = OneAtATime(), nice()
    assert [hasher.encode(PASSWORD, "salt"), hasher.verify(PASSWORD, "encoded"), nice()] == [
        min(here + 10, 19),
        min(here + 10, 19),
        here,
    ]
