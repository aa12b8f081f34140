"""A page of a long list with one query less: how many rows there are is read with the rows of the page."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, Model, QuerySet, Subquery, Value

from halfdoor.service.core.prepared import Prepared


def paged(rows: "QuerySet[Any]", *, page: str, size: int) -> Page[Any]:
    """Return a page of rows, the nearest to what was asked for; one query, or three for a page that is not there."""
    asked = int(page) if page.isascii() and page.isdecimal() and len(page) < _DIGITS else 1
    first = (max(asked, 1) - 1) * size
    found = list(_counted(rows)[first : first + size])
    if not found and first:
        return Paginator(rows, size).get_page(page)
    return _page(found, max(asked, 1), Paginator(rows, size))


class Paged:
    """The same for a list of which most pages are the first: the SQL of that is written once, by `core.prepared`."""

    def __init__(
        self, build: "Callable[..., QuerySet[Any]]", *kinds: type[UUID | date | str], size: int, wide: bool = False
    ) -> None:
        """:param wide: which rows stand on the first page is found by their ids, before all else of them is read"""
        self._build = build
        self._size = size

        def first(*values: Any) -> "QuerySet[Any]":
            rows = build(*values)
            counted = _counted(rows)
            return counted.filter(pk__in=rows.values("pk")[:size]) if wide else counted[:size]

        self._first = Prepared(first, *kinds)

    def page(self, model: type[Model], *values: UUID | date | str, page: str) -> Page[Any]:
        """Return a page of what was built from these values."""
        if page != "1":
            return paged(self._build(*values), page=page, size=self._size)
        found = list(self._first.rows(model, *values))
        return _page(found, 1, Paginator(found, self._size))


_DIGITS = 7


def _counted(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    counted: QuerySet[Any] = rows.annotate(rows_in_all=Subquery(_how_many(rows)))
    return counted


def _page(found: list[Any], number: int, pages: Paginator[Any]) -> Page[Any]:
    pages.__dict__["count"] = found[0].rows_in_all if found else 0
    return Page(found, number, pages)


def _how_many(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the number of rows as a subquery that stands in each of them."""
    alike = rows.order_by().annotate(_all=Value(1, IntegerField())).values("_all")
    many: QuerySet[Any] = alike.annotate(_many=Count("*")).values("_many")[:1]
    return many
