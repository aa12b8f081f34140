"""A database put back from an earlier copy shares nothing that was stopped since."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from halfdoor.service.accounts import closing
from halfdoor.service.accounts.choices import WhyClosed
from halfdoor.service.accounts.models import Role
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.agreements.models import Wish
from halfdoor.service.core import chain, first, jobs, journal
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.gaps import actions as gaps
from halfdoor.service.disclosures.gaps.rows import LostLine, LostLineReview
from halfdoor.service.messages.tasks import evening_round
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from tests.database import triggers_lifted
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account, amina_and_her_family

LATER = NOON + timedelta(hours=1)
NEXT_DAY = NOON + timedelta(days=1)


def says(family: Family, value: WishValue, *, at) -> None:
    agreements.wish(
        family.amina,
        value=value,
        source=WishSource.TOLD_THERAPIST,
        about=family.sara,
        category=Category.SESSION_SUMMARY,
        by=family.ruth,
        at=at,
    )


@pytest.fixture
def family(db: None) -> Family:
    """Amina and her family, with a journal of their own."""
    return amina_and_her_family()


@pytest.fixture
def note(family: Family):
    """A summary that Amina's mother may see, and then, after a copy was made, may not."""
    item = notes.write(
        "She spoke of school.", episode=family.episode, category=Category.SESSION_SUMMARY, by=family.ruth, at=NOON
    ).item_id
    says(family, WishValue.AGREES, at=NOON)
    Practice.objects.update(journal_read_to=journal.path_of(family.practice.pk).stat().st_size)
    says(family, WishValue.OBJECTS, at=LATER)
    return item


def put_back(family: Family) -> None:
    """Make the database forget what came after the copy, as the owner of its file can: the wish and its line."""
    last = ChainEntry.objects.filter(practice=family.practice).order_by("-sequence").first()
    wish = Wish.objects.get(pk=chain.body_of(last)["row"])
    with triggers_lifted(), connection.cursor() as cursor:
        for row in (last, wish):
            key = row.pk.hex if connection.vendor == "sqlite" else row.pk
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [key])


def opens(family: Family, item) -> bool:
    return gate.decide(family.sara, item, at=NEXT_DAY).disposition.opens


def go_through(family: Family, outcome=LostLineReview.Outcome.RECORDED_AGAIN) -> None:
    gaps.go_through(LostLine.objects.values_list("pk", flat=True), outcome=outcome, by=family.lead, at=NEXT_DAY)


@pytest.mark.abuse("F3")
@pytest.mark.reliability("R5")
def test_what_she_withdrew_after_the_copy_is_not_shared_after_the_restore(family: Family, note):
    put_back(family)
    assert opens(family, note), "a database alone would share it again"
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 1
    family.practice.refresh_from_db()
    family.sara.refresh_from_db()
    assert not opens(family, note)


@pytest.mark.abuse("F3")
def test_families_find_the_door_shut_until_the_lead_has_gone_through_it(family: Family, note, time_machine):
    time_machine.move_to(NEXT_DAY, tick=False)
    put_back(family)
    gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY)
    for who in (family.sara.person.account, family.amina.person.account):
        answer = signed_in(who).get("/family/" if who.role == "caregiver" else "/me/")
        assert answer.status_code == 503
        assert "closed for a while" in words_of(answer)
    lead = signed_in(family.lead)
    page = lead.get("/staff/after-a-restore/")
    assert "Amina Khan" in words_of(page)
    assert "The young person said what they want about sharing." in words_of(page)
    keys = [str(key) for key in LostLine.objects.values_list("pk", flat=True)]
    assert lead.post("/staff/after-a-restore/", {"lines": keys}).status_code == 200, "it does not say what came of it"
    lead.post("/staff/after-a-restore/", {"lines": keys, "outcome": "recorded_again"})
    assert signed_in(family.sara.person.account).get("/family/").status_code == 200
    assert "Nothing is missing" in words_of(lead.get("/staff/after-a-restore/"))


def test_clinicians_read_their_record_while_the_doors_are_shut(family: Family, note):
    put_back(family)
    gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY)
    family.therapist.young_person.practice.refresh_from_db()
    assert [one.item_id for one in queries.updates_for(family.therapist, at=NEXT_DAY).items] == [note]


def test_nothing_is_sent_while_the_doors_are_shut(family: Family, note):
    jobs.enqueue(evening_round, practice=family.practice.pk, at=NOON)
    assert jobs.practices_with_work(at=NEXT_DAY) == [family.practice.pk]
    put_back(family)
    gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY)
    assert jobs.practices_with_work(at=NEXT_DAY) == []


@pytest.mark.abuse("D9", "F3")
@pytest.mark.reliability("R19")
def test_whoever_left_after_the_copy_is_not_let_in_by_the_restore(family: Family):
    gone = account(family.practice, "vera", Role.THERAPIST)
    closing.close(gone, WhyClosed.LEFT, left_on=NOON.date(), by=family.lead, at=LATER)
    last = ChainEntry.objects.filter(practice=family.practice).order_by("-sequence").first()
    assert chain.body_of(last)["kind"] == "accounts.closed"
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_chainentry WHERE sequence = %s", [last.sequence])
        cursor.execute("DELETE FROM accounts_closing")
        cursor.execute("UPDATE accounts_account SET is_active = %s WHERE username = 'vera'", [True])
    Practice.objects.update(journal_read_to=0)
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 1
    gone.refresh_from_db()
    assert not gone.is_active
    assert closing.closing_of(gone), "a lead can open it anew"


def test_only_a_lead_opens_the_doors(family: Family, note):
    put_back(family)
    gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY)
    with pytest.raises(gaps.NotTheirs):
        gaps.go_through([], outcome=LostLineReview.Outcome.NOTHING_TO_DO, by=family.ruth, at=NEXT_DAY)
    assert signed_in(family.ruth).get("/staff/after-a-restore/").status_code == 404


def test_what_was_lost_stands_in_the_chain_again_and_is_lost_once(family: Family, note):
    lost = ChainEntry.objects.filter(practice=family.practice).order_by("-sequence").first()
    put_back(family)
    assert [gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) for _ in range(2)] == [1, 0]
    found = ChainEntry.objects.filter(practice=family.practice).order_by("-sequence").first()
    assert chain.body_of(found)["was"] == chain.body_of(lost)
    assert chain.verify(family.practice).broken_at is None
    go_through(family)
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 0
    assert not Practice.objects.get(pk=family.practice.pk).doors_shut


def test_a_database_that_goes_on_unnoticed_after_a_restore_is_found_out(
    family: Family, note, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        says(family, WishValue.OBJECTS, at=LATER)
    put_back(family)
    says(family, WishValue.AGREES, at=LATER)  # it takes the place of the line that is gone
    assert gaps.compare(family.practice.pk, at=NEXT_DAY) == 1


def test_what_was_undone_is_no_loss_unless_nobody_can_know(family: Family):
    with transaction.atomic():
        says(family, WishValue.OBJECTS, at=LATER)
        transaction.set_rollback(True)
    assert gaps.compare(family.practice.pk, at=NEXT_DAY) == 0
    Practice.objects.update(journal_read_to=0)
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 1


def test_without_a_journal_a_restored_database_stays_shut(family: Family):
    journal.path_of(family.practice.pk).unlink()
    assert gaps.compare(family.practice.pk, at=NEXT_DAY) == 0, "it begins anew where nothing was put back"
    journal.path_of(family.practice.pk).unlink(missing_ok=True)
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 1
    assert Practice.objects.get(pk=family.practice.pk).doors_shut


def test_the_first_page_of_a_process_waits_for_the_comparison(family: Family, note, monkeypatch):
    put_back(family)
    Practice.objects.update(journal_read_to=0)
    with journal.path_of(family.practice.pk).open("a") as file:
        file.writelines(f"+ {one.leaf}\n" for one in journal._read(Path(file.name), since=0)[0])
    monkeypatch.setattr(first, "_done", threading.Event())
    assert signed_in(family.sara.person.account).get("/family/").status_code == 503


def test_a_look_that_was_lost_shuts_no_door(family: Family):
    with transaction.atomic():
        chain.append(family.practice, {"kind": "disclosures.looked"}, at=LATER)
    last = ChainEntry.objects.filter(practice=family.practice).order_by("-sequence").first()
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_chainentry WHERE sequence = %s", [last.sequence])
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 1
    assert not Practice.objects.get(pk=family.practice.pk).doors_shut


@pytest.mark.abuse("F5")
def test_where_the_journal_cannot_be_written_nothing_is_saved_and_nothing_shared(
    family: Family, note, settings, tmp_path: Path
):
    (tmp_path / "a file").write_text("no folder")
    settings.HALFDOOR_JOURNAL = tmp_path / "a file"
    before = ChainEntry.objects.count()
    with pytest.raises(journal.JournalBroken, match="nothing was saved"):
        says(family, WishValue.OBJECTS, at=NEXT_DAY)
    with pytest.raises(journal.JournalBroken):
        gate.release(family.sara, note, by=family.ruth, at=NEXT_DAY)
    assert ChainEntry.objects.count() == before


def test_a_line_cut_off_by_a_full_disk_takes_no_other_with_it(family: Family):
    path = journal.path_of(family.practice.pk)
    with path.open("ab") as file:
        file.write(b'{"at":"2026-11-02T1')
    says(family, WishValue.OBJECTS, at=LATER)
    Practice.objects.update(journal_read_to=0)
    assert gaps.compare(family.practice.pk, restored=True, at=NEXT_DAY) == 0


def test_nobody_but_its_owner_reads_the_journal(family: Family):
    path = journal.path_of(family.practice.pk)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert b"Amina" not in path.read_bytes()
