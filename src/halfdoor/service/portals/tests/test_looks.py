"""Looking leaves a line: which pages of the staff are about somebody, and what the young person reads of it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
import time_machine
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.core.spaces import STAFF
from halfdoor.service.disclosures import looking, own_page
from halfdoor.service.disclosures.models import Look
from halfdoor.service.disclosures.own_page import EVERYDAY_PAGES, Seen
from tests.doors import signed_in, words_of
from tests.people import NOON, Family

ABOUT_NOBODY = frozenset(
    {"slug", "kind", "contact_id", "cover_id", "completion_id", "version_id", "proposal_id", "codes_id", "account_id"}
)
"""Keys in addresses of the staff that lead to no young person's record."""


def keys_of_staff(
    patterns: list[URLPattern | URLResolver], *, below: str = "/"
) -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        route = below + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from keys_of_staff(pattern.url_patterns, below=route)
        elif route.startswith("/staff/") and pattern.pattern.converters:
            yield route, frozenset(pattern.pattern.converters)


def test_of_every_address_of_the_staff_with_a_key_it_is_known_whose_record_it_is() -> None:
    known = looking.keys() | ABOUT_NOBODY
    strange = [route for route, keys in keys_of_staff(get_resolver().url_patterns) if not keys & known]
    assert not strange, "say whose it is in AppConfig.ready: looking.key('concern_id', looking.of(Concern))"


@pytest.mark.requirement("C9")
@pytest.mark.abuse("D1")
def test_ruth_looks_at_aminas_page_and_it_leaves_a_line(family: Family) -> None:
    with time_machine.travel(NOON, tick=False):
        signed_in(family.ruth).get(reverse("portals:young_person", args=[family.amina.pk]))
    look = Look.objects.get()
    assert (look.by, look.young_person, look.page) == (family.ruth, family.amina, "portals:young_person")
    assert chain.body_of(look.entry)["kind"] == "disclosures.looked"
    assert chain.verify(family.practice).broken_at is None


def test_no_line_no_page(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(chain, "append", fails)
    with pytest.raises(OSError, match="disk is full"):
        signed_in(family.ruth).get(reverse("portals:young_person", args=[family.amina.pk]))


def test_a_page_that_was_not_shown_leaves_no_line(family: Family) -> None:
    signed_in(family.lead).get(reverse("portals:young_person", args=[family.amina.pk]))
    assert not Look.objects.exists()


@pytest.mark.requirement("C10")
def test_amina_reads_who_looked_and_on_which_day_once_a_day(family: Family) -> None:
    for moment in (NOON, NOON + timedelta(minutes=5), NOON + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            signed_in(family.ruth).get(reverse("portals:map", args=[family.amina.pk]))
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        page = words_of(signed_in(family.amina.person.account).get(reverse("portals:mine")))
    part = page[page.index("Who looked at what is written about you") :]
    assert part.count("Ruth,") == 2
    assert "Monday, November 2, 2026" in part
    assert "Tuesday, November 3, 2026" in part


@pytest.mark.abuse("A5")
def test_a_look_at_a_page_of_safeguarding_changes_nothing_on_her_page(family: Family) -> None:
    amina = signed_in(family.amina.person.account)
    with time_machine.travel(NOON, tick=False):
        before = words_of(amina.get(reverse("portals:history")))
        looking.looked(family.amina.pk, page="safeguarding:concern", by=family.ruth, at=NOON)
        after = words_of(amina.get(reverse("portals:history")))
    shown = [page.split("<main")[1].split("<footer")[0] for page in (before, after)]
    assert shown[0] == shown[1]


@pytest.mark.requirement("C10")
def test_whoever_read_her_notes_papers_or_circle_stands_on_her_page(family: Family) -> None:
    pages = {"notes:list", "documents:papers", "agreements:agreements", "people:circle"}
    with time_machine.travel(NOON, tick=False):
        for name in pages:
            assert signed_in(family.ruth).get(reverse(name, args=[family.amina.pk])).status_code == 200
        assert set(Look.objects.values_list("page", flat=True)) == pages
    assert pages <= set(EVERYDAY_PAGES)


@pytest.fixture
def four_days(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four days of looks, of which three are read at once."""
    monkeypatch.setattr(own_page, "_A_FEW_HUNDRED", 3)
    first = Prepared(lambda *about: own_page._moments(*about)[:3], UUID, UUID)
    monkeypatch.setattr(own_page, "_FIRST_LOOKS", first)
    for day, whose in enumerate([[family.ruth], [family.lead] + [family.ruth] * 5, [], [family.lead] * 4]):
        for minute, who in enumerate(whose):
            at = NOON + timedelta(days=day, minutes=minute)
            looking.looked(family.amina.pk, page="portals:map", by=who, at=at)


EVERY = [("lena", 3), ("lena", 1), ("ruth", 1), ("ruth", 0)]
"""Who looked on which day, newest first."""


def named(seen: Iterable[Seen]) -> list[tuple[str, int]]:
    return [(one.who.split(",")[0].lower(), (one.on - NOON.date()).days) for one in seen]


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_who_looked_last_is_found_also_where_one_day_has_more_looks_than_are_read_at_once(
    family: Family, four_days: None, most: int
) -> None:
    reader = family.amina.person.account
    assert named(own_page.latest_looks(family.amina, most, reader=reader)) == EVERY[:most]


@pytest.mark.requirement("C10")
@pytest.mark.parametrize(("a_page", "cut"), [(1, [1, 3]), (2, [3]), (3, [3]), (4, []), (50, [])])
def test_who_looked_comes_in_whole_days_with_nothing_twice_and_nothing_left_out(
    family: Family, four_days: None, monkeypatch: pytest.MonkeyPatch, a_page: int, cut: list[int]
) -> None:
    monkeypatch.setattr(own_page, "_A_PAGE", a_page)
    reader, pages, before = family.amina.person.account, [], ""
    while not pages or pages[-1].older:
        day = date.fromisoformat(pages[-1].older) if pages else None
        pages.append(own_page.looks(family.amina, before=day, reader=reader))
        assert pages[-1].after == before
        before = pages[-1].older
    ends = [0, *cut, len(EVERY)]
    assert [named(page.rows) for page in pages] == [EVERY[a:b] for a, b in pairwise(ends)]


@pytest.mark.parametrize("role", sorted(STAFF.roles))
def test_whoever_of_the_staff_looked_on_a_busy_day_is_told_also_once_they_have_left(
    family: Family, four_days: None, role: str
) -> None:
    somebody = Account.objects.create(
        practice=family.practice, username="nia", display_name="Nia", role=role, is_active=False
    )
    looking.looked(family.amina.pk, page="portals:map", by=somebody, at=NOON + timedelta(days=1, seconds=30))
    seen = own_page.latest_looks(family.amina, 9, reader=family.amina.person.account)
    assert named(seen) == [*EVERY[:2], ("nia", 1), *EVERY[2:]]


def test_before_a_day_on_which_all_begins_stands_what_is_newest(family: Family, four_days: None) -> None:
    reader = family.amina.person.account
    newest = own_page.looks(family.amina, reader=reader)
    assert own_page.looks(family.amina, before=NOON.date(), reader=reader) == newest
    assert own_page.looks(family.amina, before=NOON.date(), reader=family.lead).rows == ()
