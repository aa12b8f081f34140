"""Pages of a long list: one query each, and the nearest page where one is asked for that is not there."""

from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.web.paging import Paged, paged
from tests.people import Family, account


@pytest.mark.parametrize(
    ("asked", "number", "first", "queries"), [("1", 1, 0, 1), ("3", 3, 4, 1), ("x", 1, 0, 1), ("99", 4, 6, 3)]
)
def test_a_page_knows_how_many_there_are(
    asked: str, number: int, first: int, queries: int, family: Family, django_assert_max_num_queries: Any
) -> None:
    for one in range(3):
        account(family.practice, f"more-{one}", Role.TEAM)
    rows = Account.objects.filter(practice=family.practice).order_by("username")
    names = list(rows.values_list("username", flat=True))
    with django_assert_max_num_queries(queries):
        page = paged(rows, page=asked, size=2)
        assert (page.number, page.paginator.count, page.paginator.num_pages) == (number, len(names), 4)
    assert page[0].username == names[first]
    assert page.has_previous() == (number > 1)


@pytest.mark.parametrize("wide", [False, True])
def test_a_first_page_whose_sql_is_written_once_is_the_same_page(wide: bool, family: Family) -> None:
    def build(practice: UUID) -> QuerySet[Account]:
        return Account.objects.filter(practice=practice).order_by("username")

    written_once = Paged(build, UUID, size=2, wide=wide)
    for asked in ("1", "2", "99", "x"):
        page = written_once.page(Account, family.practice.pk, page=asked)
        alike = paged(build(family.practice.pk), page=asked, size=2)
        assert (list(page), page.number, page.paginator.num_pages) == (list(alike), alike.number, 3)
        assert page.has_next() == alike.has_next()
    assert list(written_once.page(Account, family.amina.pk, page="1")) == []


def test_a_page_of_nothing_is_the_first_and_empty(family: Family) -> None:
    page = paged(Account.objects.none(), page="2", size=2)
    assert (list(page), page.number, page.has_other_pages()) == ([], 1, False)
