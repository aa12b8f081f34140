"""Killed at any moment: who writes, who works at jobs, and who sends mail."""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, a_note, forked, is_sound, kill, moment

KILLS, JOBS, JOB_KILLS, ROUNDS = 1_000, 1_200, 120, 150
SOON = (0.03, 0.12)


@pytest.mark.reliability("R1", "R7")
def drill(ground: Ground) -> None:
    """Kill writers, workers and senders."""
    writers(ground)
    workers(ground)
    senders(ground)


def writers(ground: Ground) -> None:
    """Kill somebody who releases one note after another, and look whether what was acknowledged is there."""
    from django.db import connections

    from halfdoor.service.disclosures.models import Line
    from tests.people import amina_and_her_family

    family, kills = amina_and_her_family(), ground.many(KILLS, least=20)
    release_one(family)  # the rules are read before, so that each child begins at once
    acknowledged, lost, unsound = 0, 0, []
    for number in range(kills):
        child, said = forked(lambda say: release_for_ever(family, say))
        said.readline()
        time.sleep(random.uniform(*SOON))
        kill(child)
        lines = [line.strip() for line in said if line.endswith("\n")]
        assert not any(line.startswith("raised") for line in lines), lines[-1]
        acknowledged += len(lines)
        lost += len(lines) - Line.objects.filter(pk__in=lines).count()
        if number % 50 == 0 and (wrong := is_sound()):
            unsound.append(wrong)
        connections.close_all()
    unsound += [wrong] if (wrong := is_sound()) else []
    ground.found(
        "R1",
        f"{kills:,} times kill -9 of somebody who releases notes through the gate",
        target="0 acknowledged releases lost; chain and file sound",
        found=f"{lost} of {acknowledged:,} acknowledged lost; {'; '.join(unsound) or 'sound'}",
        met=lost == 0 and not unsound and acknowledged > kills / 4,
        notes="proves our bookkeeping, not the disk's: a kill leaves the page cache whole",
    )


def release_for_ever(family: Any, say: Callable[[str], None]) -> None:
    release_one(family)
    say("ready")
    while True:
        say(str(release_one(family)))


def release_one(family: Any) -> Any:
    """Write a note, release it to the father, and return the id of the line that says so."""
    from halfdoor.service.disclosures import gate

    return gate.release(family.tom, a_note(family).item_id, by=family.ruth, at=moment()).line.pk


def workers(ground: Ground) -> None:
    """Kill workers with a lease of a second, until all jobs are done, and look at the marks that the jobs left."""
    from django.db import connections

    from halfdoor.service.core import clock, jobs
    from halfdoor.service.core.models import Job
    from halfdoor.service.core.tests.errands import note_down
    from tests.people import practice

    where, many, folder = practice("Corner House"), ground.many(JOBS, least=100), ground.folder / "marks"
    folder.mkdir()
    marks = [folder / str(number) for number in range(many)]
    for mark in marks:
        jobs.enqueue(note_down, practice=where.pk, mark=str(mark), slowly=0.004, at=clock.now())
    kills, began = 0, time.monotonic()
    while kills < ground.many(JOB_KILLS, least=10) or Job.objects.filter(outcome=Job.Outcome.OPEN).exists():
        assert time.monotonic() - began < 900 * max(1.0, ground.scale), "the jobs are never done"
        child, _ = forked(lambda say: work(say))
        time.sleep(random.uniform(0.05, 0.4) if kills < ground.many(JOB_KILLS, least=10) else 3)
        kill(child)
        kills += 1
        connections.close_all()
    times = Counter(len(mark.read_text()) if mark.exists() else 0 for mark in marks)
    failed = Job.objects.filter(outcome=Job.Outcome.FAILED).count()
    again = sum(many for often, many in times.items() if often > 1)
    ground.found(
        "R7",
        f"{many:,} jobs, their worker killed {kills} times",
        target="0 lost; what is done twice is counted",
        found=f"{times[0]} lost, {failed} given up, {again} done more than once",
        met=times[0] == 0 and failed == 0,
        notes="a job may run twice, and each task bears it",
    )


def work(say: Callable[[str], None]) -> None:
    from halfdoor.service.core.worker import Worker

    Worker(lease=timedelta(seconds=1), pause=0.02).run()


class Postbox:
    """A mail backend of ours: it takes a while, and writes down to whom it sent."""

    folder = Path()

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def send_messages(self, mails: Any) -> int:
        """Write each address on a line of its own, as an outside world that keeps it for good."""
        for mail in mails:
            time.sleep(0.004)
            with (self.folder / "sent").open("a", encoding="utf-8") as sent:
                sent.write(f"{mail.to[0]}\n")
                sent.flush()
            time.sleep(0.004)
        return len(mails)


def senders(ground: Ground) -> None:
    """Kill the evening round while it sends, run it again, and count the words that somebody got in one evening."""
    from django.db import connections

    from halfdoor.service.messages import actions as messages
    from halfdoor.service.messages.models import Notice

    family, rounds, sent = who_wants_words(ground), ground.many(ROUNDS, least=20), ground.folder / "sent"
    sara, counted = family.sara.person.account, Counter[int]()
    for number in range(rounds):
        at = moment() + timedelta(days=number)
        type(sara).objects.filter(pk=sara.pk).update(last_login=at - timedelta(hours=1))
        sent.write_text("")
        child, said = forked(lambda say, at=at: (say("ready"), messages.send_round(family.practice, at=at)))
        said.readline()
        time.sleep(random.uniform(0.0, 0.05))
        kill(child)
        messages.send_round(family.practice, at=at + timedelta(minutes=5))
        counted[sent.read_text().count("\n")] += 1
        connections.close_all()
    twice = sum(many for often, many in counted.items() if often > 1)
    ground.found(
        "R7",
        f"{rounds} evenings, the sender of words by mail killed while it sends, and started again",
        target="0 words sent twice",
        found=f"{twice} twice; {counted[1]} once; {counted[0]} not at all, of {Notice.objects.count()} begun",
        met=twice == 0 and counted[1] > 0,
        notes="claimed before it is sent: what may have gone is not sent again, and waits for the next evening",
    )


def who_wants_words(ground: Ground) -> Any:
    """Return a family whose mother wants a word when there is something new, and for whom something waits."""
    from django.conf import settings

    from halfdoor.service.messages import actions as messages
    from halfdoor.service.people import reaching
    from halfdoor.service.people.choices import ContactKind
    from tests.people import amina_and_her_family

    settings.EMAIL_BACKEND, Postbox.folder = "tests.drills.killing.Postbox", ground.folder
    family = amina_and_her_family()
    contact = {"kind": ContactKind.EMAIL, "value": "sara@example.org"}
    reaching.put_down(family.sara.person, **contact, by=family.ruth, at=moment())
    messages.choose(wanted=True, by=family.sara.person.account, at=moment())
    a_note(family, category="attendance")
    return family
