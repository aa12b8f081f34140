"""A record goes where the rules let it, nothing holds it and two people say so; and then it is nowhere any more."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, erasing, journal, keys, shares, wall
from halfdoor.service.core.models import ChainEntry, Emptying, PersonKey, Practice
from halfdoor.service.core.rows import Row
from halfdoor.service.disclosures import gate, ledger
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.gaps import actions as gaps
from halfdoor.service.disclosures.ledger import Outcome as Replayed
from halfdoor.service.disclosures.models import Line
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people import queries, reaching
from halfdoor.service.people.choices import ContactKind, Relation
from halfdoor.service.people.models import Contact, Person, YoungPerson
from halfdoor.service.records import actions
from halfdoor.service.records import erasing as records
from halfdoor.service.records.actions import NotNow
from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, Outcome, RecordKind
from halfdoor.service.records.models import ErasureProposal, ErasureSettled, LegalHold
from tests.database import triggers_lifted
from tests.doors import signed_in, words_of
from tests.people import NOON, Home, account

GROWN = datetime(2046, 11, 2, 12, tzinfo=UTC)
CANARY = "kingfisher"
"""Stands in everything that is written about Leo here, and in no other word."""

pytestmark = pytest.mark.django_db
Committed = Callable[..., Any]


@pytest.fixture
def gwen(home: Home) -> Account:
    return account(home.practice, "gwen", Role.LEAD)


@pytest.fixture(autouse=True)
def grown(home: Home, gwen: Account) -> Iterator[None]:
    """Leo's mother came for him alone; care ended, and by the rules of the place his record may go twenty years on."""
    by = {"by": home.therapist, "at": NOON}
    kerry = people.introduce(
        f"Kerry {CANARY}", account=account(home.practice, CANARY, Role.CAREGIVER), by=home.therapist
    )
    people.add_to_circle(home.leo, person=kerry, relation=Relation.PARENT, since_on=NOON.date(), **by)
    reaching.put_down(kerry, kind=ContactKind.EMAIL, value=f"{CANARY}@example.org", **by)
    note = notes.write(f"He saw a {CANARY}.", episode=home.episode, category=Category.THEMES, **by)
    Person.objects.filter(pk=home.leo.person_id).update(name=f"Leo {CANARY}")
    gate.show(home.clinician, note.item_id, at=NOON)
    people.end_episode(home.episode, ended_on=date(2026, 11, 1), **by)
    actions.say_who_keeps(RecordKind.THERAPY_RECORD, KeptBy.PRIVATE_PRACTICE, by=gwen, at=NOON)
    actions.say_known(home.leo, abuse_alleged=Alleged.NO, died_on=None, by=gwen, at=NOON)
    with time_machine.travel(GROWN, tick=False):
        yield


def proposed(home: Home, gwen: Account) -> ErasureProposal:
    return records.propose(home.leo, by=gwen, at=GROWN)


def erase(home: Home, gwen: Account, committed: Committed) -> ErasureSettled:
    proposal = proposed(home, gwen)
    with committed(execute=True):
        return records.settle(proposal, Outcome.AGREED, by=home.therapist, at=GROWN)


def everything() -> str:
    """Return every value of every table of ours in words, and the whole journal; sealed bytes as they lie there."""
    found = [path.read_text("utf-8") for path in journal.path_of(Practice().pk).parent.glob("*.lines")]
    with wall.permit(wall.readable, wall.EVERYTHING), connection.cursor() as cursor:
        for model in (one for one in apps.get_models() if issubclass(one, Row)):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [str(bytes(one) if isinstance(one, memoryview) else one) for row in cursor for one in row]
    return "\n".join(found)


@pytest.mark.abuse("D5")
def test_after_it_leo_is_nowhere_and_the_ledger_still_holds(
    home: Home, gwen: Account, django_capture_on_commit_callbacks: Committed
) -> None:
    assert CANARY in everything()
    settled = erase(home, gwen, django_capture_on_commit_callbacks)
    assert settled.texts >= 3
    assert CANARY not in everything()
    assert not erasing.lying([home.leo.pk], practice=home.practice.pk)
    assert set(Contact.objects.values_list("digest", flat=True)) == {""}
    home.leo.refresh_from_db()
    assert (home.leo.name, home.leo.born_on) == ("erased", None)
    assert chain.verify(home.practice).broken_at is None
    assert {ledger.replay(line).outcome for line in Line.objects.all()} == {Replayed.ERASED}
    office = account(home.practice, "olga", Role.OFFICE)
    assert list(queries.kept_by(office)) == []
    assert signed_in(gwen).get(reverse("records:record", args=[home.leo.pk])).status_code == 404
    page = words_of(signed_in(gwen).get(reverse("records:erasure", args=[settled.proposal_id])))
    assert "A copy of the keys that was made before still holds that half" in page
    assert not Emptying.objects.exists()


@pytest.mark.abuse("F3")
def test_a_copy_made_before_opens_nothing_and_a_restore_erases_again(
    home: Home, gwen: Account, django_capture_on_commit_callbacks: Committed
) -> None:
    kept = {row.pk: bytes(row.wrapped) for row in PersonKey.objects.filter(person=home.leo.pk)}
    Practice.objects.update(journal_read_to=journal.path_of(home.practice.pk).stat().st_size)
    erase(home, gwen, django_capture_on_commit_callbacks)
    for key, wrapped in kept.items():
        PersonKey.objects.filter(pk=key).update(wrapped=wrapped)  # as the copy has it
        with pytest.raises(keys.KeyErased):
            keys.by_id(key, person=home.leo.pk, practice=home.practice.pk)
    Person.objects.filter(pk=home.leo.person_id).update(name=f"Leo {CANARY}")
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_erasuresettled")
        cursor.execute("DELETE FROM core_chainentry WHERE entry LIKE '%records.erased%'")
    gaps.compare(home.practice.pk, restored=True, at=GROWN)
    assert CANARY not in everything()
    assert keys.is_erased(home.leo.pk, practice=home.practice.pk)
    kinds = [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.order_by("sequence")]
    assert kinds[-1] == "records.erased_again"


@pytest.mark.abuse("D10")
def test_neither_one_person_nor_a_held_record_nor_one_that_is_not_due(home: Home, gwen: Account) -> None:
    with pytest.raises(NotNow):
        records.propose(home.leo, by=gwen, at=NOON)
    proposal = proposed(home, gwen)
    with pytest.raises(NotNow):
        records.settle(proposal, Outcome.AGREED, by=gwen, at=GROWN)
    actions.hold(home.leo, HoldKind.CLAIM, because=f"A {CANARY} claims.", by=home.therapist, at=GROWN)
    page = signed_in(home.therapist).post(reverse("records:erasure", args=[proposal.pk]), {"do": "erase"}, follow=True)
    assert "something holds it" in words_of(page)
    assert YoungPerson.objects.get(pk=home.leo.pk).name == f"Leo {CANARY}"


def test_only_words_can_be_emptied_and_only_while_somebody_erases(home: Home, gwen: Account) -> None:
    held = actions.hold(home.leo, HoldKind.CLAIM, because="A claim.", by=gwen, at=GROWN)
    rows = LegalHold.objects.filter(pk=held.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(because_sealed=b"")
    Emptying.objects.create(practice=home.practice)
    for change in ({"because_sealed": b"other"}, {"kind": "police"}, {"kind": "police", "because_sealed": b""}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete("default")
    rows.update(because_sealed=b"")


def test_an_erasure_that_was_stopped_before_its_last_step_is_finished_at_the_next_start(home: Home) -> None:
    keys.erase(home.leo.pk, practice=home.practice.pk)  # the transaction of a test never ends
    slot = PersonKey.objects.get(person=home.leo.pk).slot
    assert shares.share(home.practice.pk, slot) is not None
    records.finish(at=GROWN)
    assert shares.share(home.practice.pk, slot) is None
    assert shares.free_from(home.practice.pk, slot) == slot + 1, "a slot is given to nobody twice"


def test_where_the_halves_were_lost_nothing_is_put_in_their_place(home: Home) -> None:
    (shares._path(home.practice.pk)).unlink()
    with pytest.raises(shares.NoShares, match="newest copy of the keys"):
        keys.newest(home.leo.pk, practice=home.practice.pk)
    with pytest.raises(shares.NoShares):
        keys.newest(uuid4(), practice=home.practice.pk)
