"""A page of a long list with one query less: how many rows there are is read with the rows of the page."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value


def paged(rows: "QuerySet[Any]", *, page: str, size: int) -> Page[Any]:
    """Return a page of rows, the nearest to what was asked for; one query, or three for a page that is not there."""
    asked = int(page) if page.isascii() and page.isdecimal() and len(page) < _DIGITS else 1
    first = (max(asked, 1) - 1) * size
    found = list(rows.annotate(rows_in_all=Subquery(_how_many(rows)))[first : first + size])
    if not found and first:
        return Paginator(rows, size).get_page(page)
    pages = Paginator(rows, size)
    pages.__dict__["count"] = found[0].rows_in_all if found else 0
    return Page(found, max(asked, 1), pages)


_DIGITS = 7


def _how_many(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the number of rows as a subquery that stands in each of them."""
    alike = rows.order_by().annotate(_all=Value(1, IntegerField())).values("_all")
    many: QuerySet[Any] = alike.annotate(_many=Count("pk")).values("_many")[:1]
    return many
