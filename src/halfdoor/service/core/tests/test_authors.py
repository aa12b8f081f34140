"""What somebody wrote for themselves takes two keys, and somebody who lets it be opened."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command

from halfdoor.service.core import authors, keys
from halfdoor.service.core.authors import NotTheAuthor
from halfdoor.service.core.keys import Tampered
from halfdoor.service.core.models import AuthorKey, Practice
from halfdoor.service.core.sealing import seal, unseal

pytestmark = pytest.mark.django_db

AMINA, RUTH, VERA = uuid4(), uuid4(), uuid4()
PAGE: dict[str, Any] = {"table": "notes_processnote", "row": uuid4(), "field": "body_sealed", "person": AMINA}
SAID = "I was afraid of her father."


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Corner House")


def written(practice: Practice, author: UUID = RUTH) -> bytes:
    return seal(SAID, **PAGE, practice=practice.pk, author=author)


def opened(sealed: bytes, practice: Practice, *, author: UUID = RUTH, by: UUID = RUTH) -> str:
    with authors.opened([by]):
        return unseal(sealed, **PAGE, practice=practice.pk, author=author)


def test_it_opens_for_its_author_and_for_nobody_who_only_reads_the_row(practice: Practice) -> None:
    sealed = written(practice)
    assert opened(sealed, practice) == SAID
    with pytest.raises(NotTheAuthor):
        unseal(sealed, **PAGE, practice=practice.pk, author=RUTH)
    with pytest.raises(NotTheAuthor):
        opened(sealed, practice, by=VERA)


@pytest.mark.abuse("D6")
def test_it_takes_both_keys_whoever_swaps_them(practice: Practice) -> None:
    sealed, hers = written(practice), written(practice, VERA)
    with pytest.raises(Tampered):
        opened(sealed, practice, author=VERA, by=VERA)
    with pytest.raises(Tampered):  # the other author's key, put into the header
        opened(sealed[:17] + hers[17:33] + sealed[33:], practice)
    with pytest.raises(Tampered):  # as if it lay under the young person's key alone
        unseal(b"\x01" + sealed[1:17] + sealed[33:], **PAGE, practice=practice.pk)
    ruths, veras = (AuthorKey.objects.get(author=one) for one in (RUTH, VERA))
    ruths.wrapped = veras.wrapped
    ruths.save()
    with pytest.raises(Tampered):
        opened(sealed, practice)


def test_the_key_follows_from_both_secrets(practice: Practice) -> None:
    hers, another = keys.Key(AMINA, b"a" * 32), keys.Key(AMINA, b"b" * 32)
    own, both = authors.to_seal(RUTH, hers, practice=practice.pk)
    assert authors.to_seal(RUTH, hers, practice=practice.pk) == (own, both)
    assert authors.to_seal(RUTH, another, practice=practice.pk)[1].secret != both.secret
    row, (_, wrapping) = AuthorKey.objects.get(), keys.of_practice(practice.pk)
    row.wrapped = wrapping.lock(b"c" * 32, bound_to=keys.binding_of_author(practice.pk, RUTH, own))
    row.save()
    assert authors.to_seal(RUTH, hers, practice=practice.pk)[1].secret != both.secret


def test_erasing_the_young_person_shreds_it(practice: Practice) -> None:
    sealed = written(practice)
    keys.erase(AMINA, practice=practice.pk)
    with pytest.raises(keys.KeyErased):
        opened(sealed, practice)


def test_new_keys_of_the_practice_wrap_those_of_authors_too_and_all_of_it_opens_as_before(practice: Practice) -> None:
    sealed, before = written(practice), bytes(AuthorKey.objects.get().wrapped)
    call_command("keys", "practice")
    call_command("keys", "root")
    row = AuthorKey.objects.select_related("practice_key").get()
    assert bytes(row.wrapped) != before
    assert row.practice_key.version == 2
    assert opened(sealed, practice) == SAID
    assert opened(written(practice), practice) == SAID


def test_a_permit_ends_with_its_block_also_where_something_went_wrong(practice: Practice) -> None:
    sealed = written(practice)
    with suppress(LookupError), keys.ring(), authors.opened([RUTH]):
        assert unseal(sealed, **PAGE, practice=practice.pk, author=RUTH) == SAID
        raise LookupError
    with keys.ring():
        assert opened(sealed, practice) == SAID
        with pytest.raises(NotTheAuthor):  # though both keys lie on the ring
            unseal(sealed, **PAGE, practice=practice.pk, author=RUTH)
