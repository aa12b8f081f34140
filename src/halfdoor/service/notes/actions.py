"""
Writing notes. A note and its item come into being together, in one transaction; a correction is a new version of both.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core import chain
from halfdoor.service.core.guarding import writing
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.actions import REVISABLE, UNMARKED, ChangedMeanwhile, Marks, draw_up, enter, revise
from halfdoor.service.disclosures.answers import Receipt, Released
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Item
from halfdoor.service.notes import foresight
from halfdoor.service.notes.choices import SecretsRule, Why
from halfdoor.service.notes.contents import Contents, Piece, kind_of
from halfdoor.service.notes.foresight import Preview, Repeated
from halfdoor.service.notes.models import (
    PROCESS_KIND,
    Allowance,
    Draft,
    Note,
    ProcessNote,
    SecretsAgreement,
    WriteUp,
    WriteUpPart,
)
from halfdoor.service.people.actions import lock_sharing
from halfdoor.service.people.models import Episode, Membership, YoungPerson

__all__ = ["ChangedMeanwhile", "NotLookedAt", "Reason", "ReasonMissing"]


class NotLookedAt(ValueError):
    """What each person would get has not been looked at as it stands now."""

    def __init__(self) -> None:
        super().__init__(_("What they will see has changed since you looked. Look at it once more, then share it."))


class ReasonMissing(ValueError):
    """A sentence repeats private notes, and nobody has said why it may be told. ``sentences`` are those."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(_("Some sentences repeat private notes. Change them, or say why they may be told."))
        self.sentences = tuple(sentences)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence may be told that private notes say too; ``words`` are the author's own."""

    why: Why
    words: str = field(default="", repr=False)


@transaction.atomic
def write(
    body: str,
    *,
    episode: Episode,
    category: Category,
    topic: Topic = Topic.NONE,
    marks: Marks = UNMARKED,
    by: Account,
    at: datetime,
) -> Note | ProcessNote:
    """
    Write one note apart from any session. Who reads it is for the gate to say, then and whenever somebody looks.
    """
    item = draw_up(kind_of(category), episode=episode, category=category, topic=topic, marks=marks, by=by, at=at)
    enter(item, by=by, at=at)
    return _note(item, body, by=by, at=at)


def begin(episode: Episode, *, by: Account, at: datetime) -> Draft:
    """Begin to write after a session; or go on with an empty beginning of one's own."""
    young_person = episode.young_person
    mine = Draft.objects.of(by).filter(practice=by.practice_id, episode=episode, corrects=None)
    for draft in mine.filter(typed_sealed=b"").order_by("-kept_at")[:1]:
        return draft
    return Draft.objects.create(
        practice=young_person.practice,
        young_person=young_person,
        episode=episode,
        author=by,
        began_at=at,
        kept_at=at,
    )


def begin_correction(
    young_person: YoungPerson, note: Released, typed: Mapping[str, list[str]], *, by: Account, at: datetime
) -> Draft:
    """Begin to correct a finished note of one's own, from its words as they stand."""
    draft = Draft(
        practice=young_person.practice,
        young_person=young_person,
        episode_id=note.episode_id,
        author=by,
        corrects_id=note.item_id,
        from_version=note.version,
        category=note.category,
        began_at=at,
        kept_at=at,
    )
    draft.typed = json.dumps(typed)
    draft.save(force_insert=True)
    return draft


def keep(draft: Draft, typed: Mapping[str, list[str]], *, by: Account, at: datetime) -> None:
    """Keep what was typed so far, finished or not, right or not."""
    fields = {name: values for name, values in typed.items() if name != "page"}
    fields |= {"sent_from": typed["page"]} if "page" in typed else {}
    draft.typed, draft.kept_at = json.dumps(fields), at
    Draft.objects.of(by).filter(practice=draft.practice_id, pk=draft.pk).update(
        typed_sealed=draft.typed_sealed, kept_at=at
    )


@transaction.atomic
def keep_in_passing(draft: Draft, typed: Mapping[str, list[str]], *, by: Account, at: datetime) -> None:
    """
    Keep what a page sends while somebody types. What comes late from a page that was sent on meanwhile is older than
    what is kept, and is let go.
    """
    rows = Draft.objects.of(by).filter(practice=draft.practice_id, pk=draft.pk).select_for_update()
    for kept in rows:
        before = kept.typed_by(by)
        if not before or before.get("sent_from") != typed.get("page"):
            keep(draft, {name: values for name, values in typed.items() if name != "page"}, by=by, at=at)


def discard(draft: Draft, *, by: Account) -> None:
    """Throw a draft away. Nobody but its author ever saw it."""
    Draft.objects.of(by).filter(practice=draft.practice_id, pk=draft.pk).delete()


@transaction.atomic
def finish(
    draft: Draft,
    contents: Contents,
    *,
    seen: str,
    reasons: Mapping[str, Reason],
    by: Account,
    at: datetime,
) -> None:
    """
    Finish a draft: write its notes, and let the gate share what may be shared. ``seen`` is the fingerprint of what the
    author looked at, ``reasons`` are by sentence.

    :raises NotLookedAt: if what each person would get is not what the author saw
    :raises ReasonMissing: if a sentence repeats private notes without a reason
    :raises ChangedMeanwhile: if the note to correct is no longer what was looked at
    :raises Draft.DoesNotExist: if it was finished or thrown away before
    """
    young_person = draft.young_person
    at = lock_sharing(young_person, at=at)
    Draft.objects.of(by).get(practice=by.practice_id, pk=draft.pk)
    preview = foresight.of(draft, contents, show=False, by=by, at=at)
    if preview.fingerprint != seen:
        raise NotLookedAt
    _ask_for_reasons(preview.repeated, reasons)
    if draft.corrects_id:
        items = [_correct(draft, contents.pieces[0], by=by, at=at)]
    else:
        items = _write_up(draft, contents, by=by, at=at)
    _allow(preview, items, reasons, by=by, at=at)
    Draft.objects.filter(practice=draft.practice_id, pk=draft.pk).delete()


def hand_over(member: Membership, item_id: UUID, *, done: Collection[str], by: Account, at: datetime) -> Receipt:
    """
    Hand a finished note to a member of the circle who does not get it by itself; ``done`` was seen to by ``by``. It is
    decided again at this moment, and what was decided is on the ledger either way.

    :raises NotReleased: if there is no such note about this young person
    :raises StillToDo: if something has to be done first
    """
    return gate.release(member, item_id, done=done, by=by, at=at)


@transaction.atomic
def agree_on_secrets(
    young_person: YoungPerson,
    *,
    rule: SecretsRule,
    signed_on: date,
    signed_by: Iterable[Membership],
    by: Account,
    at: datetime,
) -> SecretsAgreement:
    """Put on record what a family signed about secrets, before the sessions it is to hold for."""
    agreement = SecretsAgreement.objects.create(
        practice=young_person.practice,
        young_person=young_person,
        rule=rule,
        signed_on=signed_on,
        signed_by=sorted(str(member.pk) for member in signed_by),
        recorded_at=at,
        recorded_by=by,
    )
    body = {
        "kind": "notes.secrets_agreed",
        "young_person": str(young_person.pk),
        "row": str(agreement.pk),
        "rule": rule.value,
        "by": str(by.pk),
    }
    chain.append(by.practice, body, at=at)
    return agreement


def _write_up(draft: Draft, contents: Contents, *, by: Account, at: datetime) -> list[Item]:
    young_person, episode = draft.young_person, draft.episode
    write_up = WriteUp.objects.create(
        practice=young_person.practice,
        young_person=young_person,
        episode=episode,
        kind=contents.kind,
        met_on=contents.met_on,
        written_at=at,
        written_by=by,
    )
    items = []
    for piece in contents.everything():
        item = enter(piece.item(episode=episode, by=by, at=at), by=by, at=at)
        _note(item, piece.text, source=piece.source, by=by, at=at)
        items.append(item)
    WriteUpPart.objects.bulk_create(
        WriteUpPart(practice=young_person.practice, write_up=write_up, item=item) for item in items
    )
    return items


def _correct(draft: Draft, piece: Piece, *, by: Account, at: datetime) -> Item:
    item = piece.item(episode=draft.episode, by=by, at=at)
    assert draft.corrects_id is not None
    version = revise(item, replacing=draft.corrects_id, version=draft.from_version, by=by, at=at)
    item.pk, item.version = draft.corrects_id, version
    because = draft.typed_by(by).get("because", [""])[0]
    _note(item, piece.text, source=piece.source, because=because, by=by, at=at)
    return item


def _note(
    item: Item, body: str, *, source: str = "", because: str = "", by: Account, at: datetime
) -> Note | ProcessNote:
    version = {
        "practice": item.practice,
        "young_person": item.young_person,
        "item_id": item.pk,
        "version": item.version,
        "entered": {name: str(getattr(item, name)) for name in REVISABLE},
        "written_at": at,
        "written_by": by,
    }
    note = ProcessNote(**version) if item.kind == PROCESS_KIND else Note(**version)
    if isinstance(note, Note):
        note.source = source
    note.body, note.because = body, because
    with writing(type(note)):
        note.save(force_insert=True)
    return note


def _ask_for_reasons(repeated: Iterable[Repeated], reasons: Mapping[str, Reason]) -> None:
    sentences = [one.overlap.sentence for one in repeated if one.needs_a_reason]
    missing = [sentence for sentence in sentences if sentence not in reasons]
    if missing:
        raise ReasonMissing(missing)


def _allow(
    preview: Preview, items: Sequence[Item], reasons: Mapping[str, Reason], *, by: Account, at: datetime
) -> None:
    """Write down each sentence that repeats private notes and stays, with its reason; and that the author looked."""
    for one in preview.repeated:
        reason = reasons.get(one.overlap.sentence)
        if reason is None:
            continue
        item = items[one.piece]
        row = Allowance(
            practice=item.practice,
            young_person=item.young_person,
            item_id=item.pk,
            version=item.version,
            source_id=one.source,
            likeness=one.overlap.likeness,
            why=reason.why,
            given_at=at,
            given_by=by,
        )
        row.sentence, row.words = one.overlap.sentence, reason.words
        row.save(force_insert=True)
    body = {
        "kind": "notes.finished",
        "young_person": str(items[0].young_person_id),
        "items": {str(item.pk): item.version for item in items},
        "seen": preview.fingerprint,
        "repeated": [
            {"likeness": str(one.overlap.likeness), "why": str(reasons[one.overlap.sentence].why)}
            for one in preview.repeated
            if one.overlap.sentence in reasons
        ],
        "by": str(by.pk),
    }
    chain.append(by.practice, body, at=at)
