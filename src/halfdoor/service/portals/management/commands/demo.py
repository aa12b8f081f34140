"""`halfdoor demo`: see it, with invented people, on this machine."""

import errno
import socket
import sys
from argparse import ArgumentParser
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from halfdoor.service.core import clock, first, fitting, jobs, keys, within, worker
from halfdoor.service.core.door import at_once
from halfdoor.service.core.models import Practice
from halfdoor.service.people.choices import Setting
from halfdoor.service.portals.demo import families, more, scenes, stories
from halfdoor.service.portals.tasks import add_demo_family, play_demo_scene, tell_demo_story


class Command(BaseCommand):
    """Prepare the demonstration and serve it until stopped."""

    help = "Serve a practice and a children's home with invented families, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the port be chosen, and preparing without serving."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="put the invented people on record and stop")

    def handle(self, *args: Any, port: int, prepare_only: bool, **options: Any) -> None:
        """Prepare what is missing, then serve pages and jobs in one process."""
        if not settings.HALFDOOR_DEMO:
            raise CommandError("The demo signs people in without a password. Set HALFDOOR_DEMO=1 where that is meant.")
        if prepare_only:
            _prepare()
            return
        door = _door(port)
        _prepare()
        first.do_first(at=clock.now())
        working = worker.start_beside_the_server()
        self.stdout.write(f"Halfdoor is at http://localhost:{port}/  (everybody in it is invented; Ctrl-C stops it)")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(uvicorn.Config("halfdoor.service.asgi:application", log_level="warning")).run([door])
        working.stop()


def _door(port: int) -> socket.socket:
    """Take the port before anything else is done, or say that it is taken and how to choose another."""
    try:
        return at_once(socket.create_server(("127.0.0.1", port)))
    except (OSError, OverflowError) as error:
        other = 8001 if port == 8000 else 8000
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        why = "is taken: perhaps a demo is still running" if taken else f"cannot be used here ({error})"
        sys.exit(f"Port {port} {why}. Stop what uses it, or choose another port: make demo PORT={other}")


def _prepare() -> None:
    try:
        with within.everywhere():
            prepare()
    except fitting.NotOfThisVersion as reason:
        left = settings.DATABASES["default"]["NAME"]
        sys.exit(
            f"This version of Halfdoor cannot use what an earlier one left in {left} ({str(reason).rstrip('.')}).\n"
            "It is a demo's and holds invented people only: move the folder away or delete it, or choose another "
            "(HALFDOOR_DATA=.local/another make demo)."
        )


def prepare() -> None:
    """Bring the database up to date, put the first families on record, and ask for more in the background."""
    fitting.bring_up_to_date()
    at = clock.now()
    with keys.ring():
        families.prepare(at=at)
    for practice in Practice.objects.filter(is_demo=True):
        _grow(practice, at=at)


def _grow(practice: Practice, *, at: datetime) -> None:
    """Ask for what can come while somebody reads the first page, the rare things first."""
    for name in stories.STORIES[practice.setting]:
        key = f"demo-{name}"
        jobs.enqueue(tell_demo_story, practice=practice.pk, dedupe_key=key, name=name, at=at)
    *first, last = scenes.SCENES
    for scene in first:
        jobs.enqueue(play_demo_scene, practice=practice.pk, dedupe_key=f"demo-{scene}", scene=scene, at=at)
    for number in range(more.HOW_MANY[Setting(practice.setting)]):
        key = f"demo-family-{number}"
        jobs.enqueue(add_demo_family, practice=practice.pk, dedupe_key=key, number=number, at=at)
    later = at + timedelta(minutes=3)
    jobs.enqueue(play_demo_scene, practice=practice.pk, dedupe_key=f"demo-{last}", due_at=later, scene=last, at=at)
