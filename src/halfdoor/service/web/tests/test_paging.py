"""Pages of a long list: one query each, and the nearest page where one is asked for that is not there."""

from typing import Any

import pytest

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.web.paging import paged
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


def test_a_page_of_nothing_is_the_first_and_empty(family: Family) -> None:
    page = paged(Account.objects.none(), page="2", size=2)
    assert (list(page), page.number, page.has_other_pages()) == ([], 1, False)
