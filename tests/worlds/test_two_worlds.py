"""
Two worlds that differ only in what somebody may not know look the same to them: every page, file and mail.

``make test`` looks at one example behind each door, ``make check`` at five, ``make assault`` at many.
docs/how-to/keep-two-worlds-apart.md says more.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.worlds.cast import Cast
from tests.worlds.comparing import compare
from tests.worlds.viewers import VIEWERS
from tests.worlds.worlds import founded

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Everybody, put on record once for all examples."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield founded()
        transaction.set_rollback(True)


@pytest.mark.requirement("R6")
@pytest.mark.abuse("B4", "C2", "C3", "C10", "C11", "C12")
@pytest.mark.parametrize("name", ["tom", "sara"])
def test_a_parent_sees_nothing_of_the_other_nor_of_what_is_kept_from_both(name: str, cast: Cast) -> None:
    compare(VIEWERS[name], cast)


@pytest.mark.abuse("B7", "C3")
@pytest.mark.parametrize("name", ["tom under a court order", "tom under suspicion"])
def test_who_is_barred_or_suspected_sees_nothing_of_what_is_written_about_them(name: str, cast: Cast) -> None:
    compare(VIEWERS[name], cast)


@pytest.mark.abuse("A5", "B7", "C2", "C12")
def test_on_the_young_persons_own_page_nothing_tells_of_danger_or_of_anybody_else(cast: Cast) -> None:
    compare(VIEWERS["amina"], cast)


@pytest.mark.abuse("C2", "D3")
def test_a_carer_in_the_home_sees_nothing_but_what_is_for_the_team(cast: Cast) -> None:
    compare(VIEWERS["dan"], cast)


@pytest.mark.abuse("C2", "C4", "D3")
def test_the_office_sees_nothing_clinical(cast: Cast) -> None:
    compare(VIEWERS["the office"], cast)


@pytest.mark.abuse("C2", "C4", "D1")
@pytest.mark.parametrize("name", ["ruth", "the lead"])
def test_a_clinician_sees_nothing_of_circles_that_are_not_theirs(name: str, cast: Cast) -> None:
    compare(VIEWERS[name], cast)
