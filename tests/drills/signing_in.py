"""A storm of people who sign in, beside somebody who reads a list."""

import re
import threading
import time
from contextvars import copy_context
from urllib.parse import urlencode

import pytest

from tests.drills.ground import Ground, a_note, percentile
from tests.drills.serving import Reader, asked, cookie_of, served

SECONDS, PAGES_A_SECOND, SIGN_INS_A_SECOND = 20, 10, 5
WARM, WARM_PAGES = 15.0, 30
"""Seconds in which pages are asked for before any is timed: each thread of each process opens a connection first."""
PASSWORD = "a kettle on a windowsill"
_GOLDEN = 0.618
"""Multiples of it lie far apart within a second, however many there are."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')


@pytest.mark.reliability("R15")
def drill(ground: Ground) -> None:
    """Read a list with nobody at the door, and with so many a second at it, each from another address."""
    from django.contrib.auth.hashers import make_password

    from halfdoor.service.accounts.models import Account
    from halfdoor.service.core import clock
    from tests.people import amina_and_her_family

    family, seconds = amina_and_her_family(), ground.many(SECONDS, least=6)
    for _ in range(40):
        a_note(family)
    Account.objects.filter(pk=family.ruth.pk).update(password=make_password(PASSWORD), last_login=clock.now())
    cookie = cookie_of(family.sara.person.account)
    with served():
        read(f"/family/children/{family.sara.pk}/", cookie, WARM, a_second=WARM_PAGES)
        alone = read(f"/family/children/{family.sara.pk}/", cookie, seconds)
        signed, stop = [], threading.Event()
        at_which = str(family.practice.pk)
        storm = [
            threading.Thread(target=copy_context().run, args=[sign_in_for_ever, at_which, number, signed, stop])
            for number in range(2 * SIGN_INS_A_SECOND)
        ]
        for one in storm:
            one.start()
        beside = read(f"/family/children/{family.sara.pk}/", cookie, seconds)
        stop.set()
        for one in storm:
            one.join()
    before, after = percentile(alone.times, 0.95), percentile(beside.times, 0.95)
    failed = sum(status != 200 for _, status, _ in alone.answers + beside.answers)
    ground.found(
        "R15",
        f"a caregiver's list, {PAGES_A_SECOND} times a second for {seconds} s, beside people who sign in with Argon2",
        target=f"{SIGN_INS_A_SECOND} sign-ins a second; p95 of the list unaffected (within a quarter)",
        found=f"{len(signed) / seconds:.1f} sign-ins a second; p95 {before:.0f} ms alone, {after:.0f} ms beside them; "
        f"{failed} pages failed",
        met=failed == 0 and len(signed) / seconds >= SIGN_INS_A_SECOND and after <= before * 1.25,
        notes=f"{2 * SIGN_INS_A_SECOND} people, each once a second; two passwords are looked at at once; the generator "
        "has the same cores",
    )


def read(path: str, cookie: str, seconds: float, *, a_second: float = PAGES_A_SECOND) -> Reader:
    reader = Reader(path, cookie, a_second)
    asked(path, cookie=cookie)
    reader.start()
    time.sleep(seconds)
    reader.stop()
    return reader


def sign_in_for_ever(practice: str, number: int, signed: list[float], stop: threading.Event) -> None:
    """Sign in once a second, from an address of one's own each time; each of several at another moment of it."""
    turn = 0
    stop.wait(number * _GOLDEN % 1)
    while not stop.is_set():
        began, turn = time.perf_counter(), turn + 1
        come_from = f"127.0.{number + 1}.{turn % 250 + 1}"
        _, page, headers = asked("/staff/sign-in/", come_from=come_from)
        cookies = "; ".join(one.partition(";")[0] for one in headers.get_all("Set-Cookie", ()))
        token = _TOKEN.search(page.decode())
        form = {
            "login": "ruth",
            "password": PASSWORD,
            "practice": practice,
            "csrfmiddlewaretoken": token[1] if token else "",
        }
        status, _, _ = asked("/staff/sign-in/", cookie=cookies, form=urlencode(form), come_from=come_from)
        if status == 302:
            signed.append(time.perf_counter() - began)
        stop.wait(max(0.0, 1 - (time.perf_counter() - began)))
