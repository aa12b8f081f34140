"""A no beside a release: 10,000 times, with jitter, each in a thread and on a connection of its own."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextvars import copy_context
from datetime import timedelta
from typing import Any

import pytest

from halfdoor.disclosure.obligations import CODES
from tests.drills.ground import Ground, a_note, forked, moment

TRIALS, CONTROLS, SIDE_BY_SIDE = 10_000, 200, 2
SAME_FAMILY = 150
JITTER = 0.02
WORK = 0.005
RELEASED = "disclosures.release"


@pytest.mark.abuse("F1")
@pytest.mark.reliability("R6")
def drill(ground: Ground) -> None:
    """Race, the product and a naive twin of it."""
    trials = ground.many(TRIALS, least=40)
    product = raced_side_by_side(trials, naive=False)
    both = min(product["released first"], product["refused"])
    ground.found(
        "R6",
        f"{trials:,} races of a release against a no (wish, suspicion, consent taken back)",
        target="0 late; both orders met",
        found=f"{product['late']} late ({product['released first']:,} released first, {product['refused']:,} refused)",
        met=product["late"] == 0 and both > trials / 50 and product["trials"] == trials,
        notes="the order is that of the practice's chain, which is the order of commits",
    )
    controls = ground.many(CONTROLS, least=60)
    naive = raced_side_by_side(controls, naive=True)
    ground.found(
        "R6",
        f"the same {controls} times, decided before the transaction that writes it down (control)",
        target="more than 5 % late, else the window is not hit",
        found=f"{naive['late']} late ({naive['late'] / controls:.0%})",
        met=naive["late"] > controls / 20,
    )


def raced_side_by_side(trials: int, *, naive: bool) -> Counter[str]:
    """Race in two processes, each with a family of its own in one database, and add up what they counted."""
    shares = [trials // SIDE_BY_SIDE + (number < trials % SIDE_BY_SIDE) for number in range(SIDE_BY_SIDE)]
    running = [forked(lambda say, share=share: race(share, say, naive=naive)) for share in shares]
    total: Counter[str] = Counter()
    for _, said in running:
        for line in said:
            assert not line.startswith("raised"), line
            name, _, count = line.strip().rpartition(" ")
            total[name] += int(count)
    return total


def race(trials: int, say: Callable[[str], None], *, naive: bool) -> None:
    """Run some trials, and say what was counted."""
    from tests.people import amina_and_her_family

    random.seed()
    counted = Counter[str]()
    for number in range(trials):
        if number % SAME_FAMILY == 0:  # what is on record about somebody grows with each race, and takes longer to read
            families = {no: amina_and_her_family() for no in NOES}
        no = list(NOES)[number % len(NOES)]
        counted[trial(families[no], no, naive=naive)] += 1
        counted["trials"] += 1
    for name in ("late", "released first", "refused", "trials"):
        say(f"{name} {counted[name]}")


def trial(family: Any, no: str, *, naive: bool) -> str:
    """Let one thread release and another say no, at about the same time, and return what came of it."""
    from halfdoor.service.core import chain
    from halfdoor.service.core.models import ChainEntry
    from halfdoor.service.disclosures import gate

    category, prepare = NOES[no]
    refuse, again = prepare(family)
    note = a_note(family, category=category)
    before = ChainEntry.objects.filter(practice=family.practice).count()
    gate_opens = threading.Barrier(2)
    release = released_naively if naive else released
    raised: list[BaseException] = []

    def act(what: Callable[[], Any]) -> None:
        from django.db import connections

        try:
            gate_opens.wait()
            time.sleep(random.random() * JITTER)
            what()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    both = [begun(act, what) for what in (lambda: release(family, note), refuse)]
    for one in both:
        one.join()
    assert not raised, raised
    lines = ChainEntry.objects.filter(practice=family.practice, sequence__gt=before).order_by("sequence")
    kinds = [chain.body_of(line)["kind"] for line in lines]
    assert not gate.decide(family.tom, note.item_id, at=moment()).disposition.opens, "a no that closes nothing"
    again()
    said_no = next(place for place, kind in enumerate(kinds) if not kind.startswith("disclosures."))
    if RELEASED not in kinds:
        return "refused"
    return "released first" if kinds.index(RELEASED) < said_no else "late"


def released(family: Any, note: Any) -> None:
    from halfdoor.service.disclosures import gate

    gate.release(family.tom, note.item_id, done=CODES, by=family.ruth, at=moment())


def released_naively(family: Any, note: Any) -> None:
    """Decide, work a little, and write it down in a transaction of its own: what one writes without thinking of it."""
    from django.db import transaction

    from halfdoor.service.disclosures import delivering, gate
    from halfdoor.service.disclosures.ledger import Hearing

    at = moment()
    view = gate._view(family.tom, purpose="", at=at)
    judged = view.judged(gate._item(view, note.item_id))
    time.sleep(WORK)
    with transaction.atomic():
        hearing = Hearing(young_person=family.amina, member=family.tom, judge=view.judge, by=family.ruth, at=at)
        delivering.conclude(hearing, judged, done=CODES, by_writing=True, since={})


def a_wish(family: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    from halfdoor.service.agreements import actions as agreements
    from halfdoor.service.agreements.choices import WishSource, WishValue

    def says(value: Any) -> Callable[[], Any]:
        own = {"source": WishSource.OWN_PAGE, "about": family.tom, "by": family.ruth}
        return lambda: agreements.wish(family.amina, value=value, at=moment(), **own)

    return says(WishValue.OBJECTS), says(WishValue.AGREES)


def a_suspicion(family: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    from halfdoor.service.people import actions as people
    from halfdoor.service.people.models import Suspicion

    def recorded(suspected: str) -> Callable[[], Any]:
        return lambda: people.record(
            Suspicion(membership=family.tom, suspected=suspected, effective_on=moment().date()),
            by=family.ruth,
            at=moment(),
        )

    return recorded("yes"), recorded("no")


def a_consent(family: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    from halfdoor.service.agreements import actions as agreements
    from halfdoor.service.agreements.choices import GivenBy

    day = moment().date()
    consent = agreements.authorize(
        family.tom,
        categories=["themes"],
        purposes=["support"],
        given_by=GivenBy.CLIENT,
        starts_on=day - timedelta(days=1),
        ends_on=day + timedelta(days=30),
        by=family.ruth,
        at=moment(),
    )
    return (lambda: agreements.withdraw(consent, by=family.ruth, at=moment())), lambda: None


NOES = {"wish": ("progress", a_wish), "suspicion": ("progress", a_suspicion), "consent": ("themes", a_consent)}


def begun(act: Any, *what: Any) -> threading.Thread:
    """Let something be done in a thread, with what is at hand here."""
    thread = threading.Thread(target=copy_context().run, args=[act, *what])
    thread.start()
    return thread
