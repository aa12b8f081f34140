"""`halfdoor demo`: see it, with invented people, on this machine."""

import warnings
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from halfdoor.service.core import clock, jobs, keys, worker
from halfdoor.service.core.models import Practice
from halfdoor.service.portals.demo import families, more
from halfdoor.service.portals.tasks import add_demo_family


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
        prepare()
        if prepare_only:
            return
        working = worker.start_beside_the_server()
        self.stdout.write(f"Halfdoor is at http://localhost:{port}/  (everybody in it is invented; Ctrl-C stops it)")
        # Whitenoise hands out files as Django did before there was ASGI. They are small: reading one at once is fine.
        warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
        uvicorn.run("halfdoor.service.asgi:application", host="127.0.0.1", port=port, log_level="warning")
        working.stop()


def prepare() -> None:
    """Bring the database up to date, put the first families on record, and ask for more in the background."""
    call_command("migrate", verbosity=0)
    at = clock.now()
    with keys.ring():
        families.prepare(at=at)
    for practice in Practice.objects.filter(is_demo=True, setting="outpatient"):
        for number in range(more.HOW_MANY):
            key = f"demo-family-{number}"
            jobs.enqueue(add_demo_family, practice=practice.pk, dedupe_key=key, number=number, at=at)
