"""What is written about a young person opens only in its place, and never again once they are erased."""

import stat
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from halfdoor.service.core import keys
from halfdoor.service.core.keys import Tampered
from halfdoor.service.core.models import PersonKey, Practice, PracticeKey
from halfdoor.service.core.sealing import Sealed, seal, unseal
from halfdoor.service.core.starting import NotSecret

pytestmark = pytest.mark.django_db

AMINA, LEO = uuid4(), uuid4()
PAGE = {"table": "notes_note", "row": uuid4(), "field": "body_sealed"}
SAID = "I told her about the river."


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Corner House")


def sealed_for(person: UUID, practice: Practice) -> bytes:
    return seal(SAID, **PAGE, person=person, practice=practice.pk)


def test_what_amina_said_opens_where_it_was_written(practice: Practice) -> None:
    assert unseal(sealed_for(AMINA, practice), **PAGE, person=AMINA, practice=practice.pk) == SAID


def test_the_same_words_look_different_each_time(practice: Practice) -> None:
    assert sealed_for(AMINA, practice) != sealed_for(AMINA, practice)


@pytest.mark.abuse("D6")
@pytest.mark.parametrize("moved", [{"table": "other"}, {"row": uuid4()}, {"field": "title_sealed"}])
def test_a_text_moved_to_another_place_does_not_open(moved: dict[str, object], practice: Practice) -> None:
    sealed = sealed_for(AMINA, practice)
    with pytest.raises(Tampered):
        unseal(sealed, **(PAGE | moved), person=AMINA, practice=practice.pk)


@pytest.mark.abuse("D6")
def test_a_text_about_amina_does_not_open_as_leos(practice: Practice) -> None:
    sealed = sealed_for(AMINA, practice)
    with pytest.raises(keys.KeyErased):
        unseal(sealed, **PAGE, person=LEO, practice=practice.pk)


def test_a_text_does_not_open_in_another_practice(practice: Practice) -> None:
    sealed = sealed_for(AMINA, practice)
    with pytest.raises(keys.KeyErased):
        unseal(sealed, **PAGE, person=AMINA, practice=Practice.objects.create(name="Elsewhere").pk)


@pytest.mark.parametrize("at", [0, 20, -1])
def test_one_changed_bit_is_noticed(at: int, practice: Practice) -> None:
    broken = bytearray(sealed_for(AMINA, practice))
    broken[at] ^= 1
    with pytest.raises(Tampered):
        unseal(bytes(broken), **PAGE, person=AMINA, practice=practice.pk)


def test_the_database_holds_no_word_and_no_key_in_the_clear(practice: Practice) -> None:
    sealed = sealed_for(AMINA, practice)
    key = keys.newest(AMINA, practice=practice.pk)
    rows = [*PracticeKey.objects.values_list("wrapped"), *PersonKey.objects.values_list("wrapped")]
    kept = b"".join(bytes(wrapped) for (wrapped,) in rows) + sealed
    assert b"river" not in kept
    assert key.secret not in kept


def test_a_new_key_seals_from_now_on_and_the_old_one_still_opens(practice: Practice) -> None:
    before = sealed_for(AMINA, practice)
    keys.renew(AMINA, practice=practice.pk)
    after = sealed_for(AMINA, practice)
    assert before[1:17] != after[1:17]
    for sealed in (before, after):
        assert unseal(sealed, **PAGE, person=AMINA, practice=practice.pk) == SAID


def test_after_erasing_amina_nothing_about_her_opens_and_leo_is_untouched(practice: Practice) -> None:
    hers, his = sealed_for(AMINA, practice), sealed_for(LEO, practice)
    keys.erase(AMINA, practice=practice.pk)
    with pytest.raises(keys.KeyErased):
        unseal(hers, **PAGE, person=AMINA, practice=practice.pk)
    assert unseal(his, **PAGE, person=LEO, practice=practice.pk) == SAID


@pytest.mark.parametrize("known_before", [True, False])
def test_after_erasing_amina_nothing_new_is_sealed_for_her(known_before: bool, practice: Practice) -> None:
    if known_before:
        sealed_for(AMINA, practice)
    keys.erase(AMINA, practice=practice.pk)
    with pytest.raises(keys.KeyErased):
        sealed_for(AMINA, practice)


def test_erasing_empties_the_ring_of_the_request_that_does_it(practice: Practice) -> None:
    with keys.ring():
        sealed = sealed_for(AMINA, practice)
        unseal(sealed, **PAGE, person=AMINA, practice=practice.pk)
        keys.erase(AMINA, practice=practice.pk)
        with pytest.raises(keys.KeyErased):
            unseal(sealed, **PAGE, person=AMINA, practice=practice.pk)


def test_a_page_of_texts_asks_for_each_key_once(practice: Practice, django_assert_num_queries: Any) -> None:
    texts = [sealed_for(AMINA, practice) for _ in range(10)]
    with keys.ring(), django_assert_num_queries(1):
        for sealed in texts:
            unseal(sealed, **PAGE, person=AMINA, practice=practice.pk)


def test_a_key_that_was_rolled_back_seals_nothing_afterwards(practice: Practice) -> None:
    with keys.ring():
        with transaction.atomic():
            unseal(sealed_for(AMINA, practice), **PAGE, person=AMINA, practice=practice.pk)
            transaction.set_rollback(True)
        sealed = sealed_for(AMINA, practice)
    assert unseal(sealed, **PAGE, person=AMINA, practice=practice.pk) == SAID


def test_the_root_key_is_a_file_that_only_its_owner_reads(practice: Practice, settings: Any) -> None:
    sealed_for(AMINA, practice)
    file: Path = settings.HALFDOOR_DATA / "keys" / "root-1.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes()) == 32


def test_a_wrong_root_key_is_named_as_such(practice: Practice, settings: Any, tmp_path: Path) -> None:
    sealed = sealed_for(AMINA, practice)
    settings.HALFDOOR_DATA = tmp_path
    with pytest.raises(keys.WrongRootKey, match="HALFDOOR_DATA"):
        unseal(sealed, **PAGE, person=AMINA, practice=practice.pk)


def test_a_key_moved_to_another_person_opens_nothing(practice: Practice) -> None:
    sealed = sealed_for(AMINA, practice)
    PersonKey.objects.update(person=LEO)
    with pytest.raises(Tampered):
        unseal(sealed, **PAGE, person=LEO, practice=practice.pk)


def test_a_sealed_property_reads_and_writes_like_a_plain_one(practice: Practice) -> None:
    class Letter:
        _meta = PersonKey._meta
        body_sealed = b""
        body = Sealed("body_sealed", person="young_person_id")

    letter = Letter()
    letter.pk, letter.practice_id, letter.young_person_id = uuid4(), practice.pk, AMINA
    letter.body = SAID
    assert letter.body == SAID
    assert b"river" not in letter.body_sealed
    letter.body = ""
    assert (letter.body, letter.body_sealed) == ("", b"")


def test_keys_never_show_in_a_log_or_an_error() -> None:
    assert "secret" not in repr(keys.Key(uuid4(), b"0" * 32))


def test_the_tables_of_keys_carry_the_practice() -> None:
    with connection.cursor() as cursor:
        for model in (PracticeKey, PersonKey):
            columns = {
                column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            }
            assert "practice_id" in columns


def test_every_key_is_wrapped_anew_while_texts_stay_as_they_are(
    practice: Practice, settings: Any, tmp_path: Path
) -> None:
    settings.HALFDOOR_DATA = tmp_path
    sealed, gone = sealed_for(AMINA, practice), sealed_for(LEO, practice)
    keys.erase(LEO, practice=practice.pk)
    before = bytes(PersonKey.objects.get(person=AMINA).wrapped)
    call_command("keys", "root", stdout=StringIO())
    call_command("keys", "practice", stdout=StringIO())
    newest = PracticeKey.objects.order_by("-version").first()
    assert (newest.version, newest.root_version) == (2, 2)
    assert bytes(PersonKey.objects.get(person=AMINA).wrapped) != before
    assert unseal(sealed, **PAGE, person=AMINA, practice=practice.pk) == SAID
    (settings.HALFDOOR_DATA / "keys" / "root-1.key").unlink()
    assert unseal(sealed, **PAGE, person=AMINA, practice=practice.pk) == SAID, "the first root key is no longer needed"
    with pytest.raises(keys.KeyErased):
        unseal(gone, **PAGE, person=LEO, practice=practice.pk)


def test_a_root_key_that_others_may_read_opens_nothing(practice: Practice, settings: Any, tmp_path: Path) -> None:
    settings.HALFDOOR_DATA = tmp_path
    sealed = sealed_for(AMINA, practice)
    file: Path = settings.HALFDOOR_DATA / "keys" / "root-1.key"
    file.chmod(0o640)
    with pytest.raises(NotSecret, match="chmod 600"):
        unseal(sealed, **PAGE, person=AMINA, practice=practice.pk)
