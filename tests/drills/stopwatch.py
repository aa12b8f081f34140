"""A stopwatch: can whoever measures tell an address where something is hidden from one where nothing is?"""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from math import sqrt
from statistics import mean, variance
from typing import Any
from uuid import uuid4

import pytest

from tests.drills.ground import Ground

LOOKS = 10_000
MOST_US = 100.0
CROPPED = 0.9
NORMAL_95 = 1.96


@pytest.mark.abuse("C1")
@pytest.mark.reliability("R17")
def drill(ground: Ground) -> None:
    """Time pairs of addresses in random order; a pair of equals, and a page that asks once more, are controls."""
    from django.conf import settings
    from django.urls import reverse

    from tests.doors import signed_in
    from tests.people import amina_and_her_family

    settings.ALLOWED_HOSTS = ["*"]
    logging.disable(logging.WARNING)
    family, many = amina_and_her_family(), ground.many(LOOKS, least=200)
    hidden = somebody_elses(family.practice)
    ruth, tom = signed_in(family.ruth), signed_in(family.tom.person.account)

    def timed(client: Any, name: str, a: Any, b: Any = uuid4) -> tuple[float, float, float]:
        def ask(key: Any) -> Callable[[], Any]:
            return lambda: client.get(reverse(name, args=[key() if callable(key) else key]))

        return compared(ask(a), ask(b), many)

    for what, client, name, there in (
        ("a young person of somebody else and nobody", ruth, "portals:young_person", hidden),
        ("somebody else's place and nobody's", tom, "portals:child", family.sara.pk),
        ("a map of somebody else's and none", ruth, "portals:map", hidden),
        ("nobody and nobody (control)", ruth, "portals:young_person", uuid4),
    ):
        said(ground, f"{what}, 2 x {many:,} looks", *timed(client, name, there))
    with asking_once_more():
        difference, wide, t = timed(ruth, "portals:young_person", hidden)
    ground.found(
        "R17",
        f"a page that asks the database once more for what is hidden, 2 x {many:,} (control)",
        target="told apart (t above 4.5)",
        found=f"{difference:+.0f} µs ± {wide:.0f}, t = {t:.1f}",
        met=abs(t) > 4.5,
    )


def somebody_elses(practice: Any) -> Any:
    """
    Admit somebody to the same practice, with another therapist, and return their id. From another practice the second
    wall hides them in the database, whatever a page asks.
    """
    from halfdoor.service.accounts.models import Role
    from halfdoor.service.people import actions as people
    from tests.people import EARLIER, account

    leo, vera = account(practice, "leo", Role.YOUNG_PERSON), account(practice, "vera", Role.THERAPIST)
    return people.admit("Leo Marsh", born_on=date(2011, 6, 1), account=leo, by=vera, at=EARLIER).pk


@contextmanager
def asking_once_more() -> Iterator[None]:
    """Let a page look first whether somebody is there at all, as one writes without thinking of a stopwatch."""
    from halfdoor.service.people import queries
    from halfdoor.service.people.models import YoungPerson

    find = queries.young_person_of

    def looks_first(clinician: Any, young_person_id: Any) -> Any:
        found = YoungPerson.objects.filter(pk=young_person_id).first()
        return find(clinician, found.pk if found and YoungPerson.objects.get(pk=found.pk) else young_person_id)

    queries.young_person_of = looks_first
    try:
        yield
    finally:
        queries.young_person_of = find


def said(ground: Ground, what: str, difference: float, wide: float, t: float) -> None:
    ground.found(
        "R17",
        what,
        target="95 % interval of the difference within ±100 µs",
        found=f"{difference:+.0f} µs ± {wide:.0f}, t = {t:.1f}",
        met=abs(difference) + wide <= MOST_US,
        notes="of the time that the process itself works, so that neither a network nor other work blurs it",
    )


def compared(a: Callable[[], Any], b: Callable[[], Any], many: int) -> tuple[float, float, float]:
    """Return the difference of means in µs, half its 95 % interval, and Welch's t; the slowest tenth is cut."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(10):
        a(), b()
    for _ in range(many):
        for side in random.sample([True, False], 2):
            act = a if side else b
            began = time.thread_time_ns()
            act()
            times[side].append((time.thread_time_ns() - began) / 1_000)
    cut = sorted(times[True] + times[False])[int(2 * many * CROPPED)]
    ones, others = ([time for time in times[side] if time < cut] for side in (True, False))
    spread = sqrt(variance(ones) / len(ones) + variance(others) / len(others))
    difference = mean(ones) - mean(others)
    return difference, NORMAL_95 * spread, difference / spread
