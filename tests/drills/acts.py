"""What a drill lets another program trace or fail: `python -m tests.drills.acts ACT COUNT SETTING`, on its ground."""

import sys
from contextlib import suppress

import django


def main(act: str, count: int, setting: str) -> None:
    """Act so often in the database that the environment names; say each time what was acknowledged or refused."""
    django.setup()
    from django.db import OperationalError, connection, transaction

    from halfdoor.service.core import chain, within
    from halfdoor.service.core.models import Practice
    from tests.drills.ground import is_sound, moment
    from tests.drills.power import FULL, weaker

    if setting != FULL:
        weaker(setting)
    within.enter(within.EVERYWHERE)
    practice = Practice.objects.first() or Practice.objects.create(name="Corner House")
    acknowledged, refused = [], 0
    for number in range(count):
        try:
            with transaction.atomic():
                line = chain.append(practice, {"act": act, "number": number}, at=moment())
            acknowledged.append(line.pk)
        except (OperationalError, OSError):
            refused += 1
            with suppress(OperationalError):
                connection.close()
    there = len({*chain.ChainEntry.objects.values_list("pk", flat=True)}.intersection(acknowledged))
    print(len(acknowledged), refused, there, is_sound() or "sound")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
