"""The practice's papers: what is in force, what was before, and what has to be looked at again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.documents.blocks import Change, changes
from halfdoor.service.documents.choices import LANGUAGES, Kind
from halfdoor.service.documents.models import Review, Text, Version
from halfdoor.service.people.facts import day_in

EDITORS = (Role.LEAD, Role.OFFICE)
"""Who keeps the papers of a practice."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One paper on the shelf: the version in force, one that is still to come, and when it is to be looked at again."""

    kind: Kind
    now: Version | None
    coming: Version | None
    looked_at_on: date | None
    due_on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Written:
    """One version with its texts by language, what it changed in each, and when somebody let it stand."""

    version: Version
    texts: tuple[Text, ...]
    changed: tuple[tuple[str, tuple[Change, ...]], ...]
    reviews: tuple[Review, ...]


def in_force(practice: Practice, *, on: date) -> dict[str, Version]:
    """Return the version of each paper that is in force on a day, by kind. For everybody who may read papers."""
    rows = Version.objects.filter(practice=practice, effective_on__lte=on).order_by("number")
    return {version.kind: version for version in rows}


def texts_of(versions: Iterable[Version], *, practice: Practice) -> dict[UUID, dict[str, Text]]:
    """Return the texts of versions by version and language. One query."""
    found: dict[UUID, dict[str, Text]] = defaultdict(dict)
    for text in Text.objects.filter(practice=practice, version__in=list(versions)).select_related("version"):
        found[text.version_id][text.language] = text
    return found


def shelves(reader: Account, *, at: datetime) -> list[Shelf]:
    """Return every paper of the practice to its staff. One query."""
    today = day_in(reader.practice, at=at)
    reviews = Review.objects.filter(practice=OuterRef("practice"), version=OuterRef("pk"))
    last = Subquery(reviews.order_by("-reviewed_on", "-reviewed_at").values("reviewed_on")[:1])
    versions = list(Version.objects.filter(practice=reader.practice_id).annotate(looked_on=last).order_by("number"))
    now = {version.kind: version for version in versions if version.effective_on <= today}
    coming = {version.kind: version for version in versions if version.effective_on > today}
    looked = {version.pk: version.looked_on for version in versions if version.looked_on}
    return [_shelf(kind, now.get(kind), coming.get(kind), looked, today) for kind in Kind]


def reviews_due(reader: Account, *, at: datetime) -> list[Shelf]:
    """Return what whoever keeps the papers has to look at again; nothing to anybody else."""
    if reader.role not in EDITORS:
        return []
    return [shelf for shelf in shelves(reader, at=at) if shelf.is_due]


def _shelf(kind: Kind, now: Version | None, coming: Version | None, looked: Mapping[UUID, date], today: date) -> Shelf:
    if now is None:
        return Shelf(kind, None, coming, None, None, is_due=False)
    last = max(now.effective_on, looked.get(now.pk, now.effective_on))
    due_on = months_after(last, now.review_months)
    return Shelf(kind, now, coming, last, due_on, is_due=due_on <= today)


def months_after(day: date, months: int) -> date:
    """Return the day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(year, month + 1, day.day - shorter)
        except ValueError:
            continue
    return date(year, month + 1, 28)


def history(reader: Account, kind: str) -> list[Written]:
    """
    Return all versions of a paper to the practice's staff, newest first.

    :raises Version.DoesNotExist: if the practice has no such paper
    """
    versions = list(Version.objects.filter(practice=reader.practice_id, kind=kind).order_by("number"))
    if not versions:
        raise Version.DoesNotExist
    texts = texts_of(versions, practice=reader.practice)
    reviews: dict[UUID, list[Review]] = defaultdict(list)
    for review in Review.objects.filter(practice=reader.practice_id, version__in=versions).order_by("reviewed_at"):
        reviews[review.version_id].append(review)
    before: Mapping[str, Text] = {}
    found = []
    for version in versions:
        now = texts[version.pk]
        written = tuple(now[language] for language in LANGUAGES if language in now)
        found.append(Written(version, written, _changed(before, now), tuple(reviews[version.pk])))
        before = now
    return found[::-1]


def _changed(before: Mapping[str, Text], now: Mapping[str, Text]) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """Return what changed in each language that was there before and reads differently now."""
    return tuple(
        (language, changes(_whole(before[language]), _whole(now[language])))
        for language in LANGUAGES
        if language in before and language in now and _whole(before[language]) != _whole(now[language])
    )


def _whole(text: Text) -> str:
    return f"{text.title}\n{text.body}"
