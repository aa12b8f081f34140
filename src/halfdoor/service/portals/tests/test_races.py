"""A father's page that was opened before Amina's no and is answered after it, in threads, on either database."""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from halfdoor.service.core import clock
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.portals.views import caregiver
from tests.doors import signed_in, words_of
from tests.people import EARLIER, amina_and_her_family
from tests.racing import LONG, elsewhere, together

__all__ = ["elsewhere"]

GOING = "She has come every week."
ROUNDS = 4


def told_in_order() -> tuple[list[str], list[str]]:
    """Return what the chain says of Tom's reading and Amina's wishes, and the moments of all its lines."""
    said = [json.loads(entry.entry) for entry in ChainEntry.objects.order_by("sequence")]
    watched = ("disclosures.release", "disclosures.view", "agreements.wish")
    kinds = [line["body"]["kind"] for line in said if line["body"]["kind"] in watched]
    return kinds, [line["at"] for line in said]


@pytest.mark.abuse("F1")
@pytest.mark.reliability("R6")
def test_tom_opens_his_page_and_waits_while_amina_says_no_on_hers(
    elsewhere: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    family = amina_and_her_family()
    notes.write(GOING, episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=EARLIER)
    tom, amina = signed_in(family.tom.person.account), signed_in(family.herself.person.account)
    hers = reverse("portals:person", args=[family.tom.pk])
    looked, said = threading.Event(), threading.Event()

    def slowly() -> datetime:
        at = clock.now()
        looked.set()
        assert said.wait(LONG)
        return at

    def she_says_no() -> int:
        assert looked.wait(LONG)
        status = amina.post(hers, {"category": "progress", "value": "objects"}).status_code
        said.set()
        return status

    monkeypatch.setattr(caregiver, "clock", SimpleNamespace(now=slowly))
    elsewhere()
    page, status = together(lambda: words_of(tom.get(reverse("portals:week"))), she_says_no)
    assert status == 302
    assert GOING not in page
    ((kinds, moments),) = together(told_in_order)
    assert kinds == ["agreements.wish"]
    assert moments == sorted(moments)


@pytest.mark.abuse("F1")
def test_nothing_goes_to_four_fathers_pages_after_the_no_whoever_comes_first(elsewhere: Callable[[], None]):
    family = amina_and_her_family()
    for number in range(ROUNDS):
        notes.write(f"{GOING} {number}", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=EARLIER)
    pages = [signed_in(family.tom.person.account) for _ in range(4)]
    amina, hers = signed_in(family.herself.person.account), reverse("portals:person", args=[family.tom.pk])
    elsewhere()
    for number in range(ROUNDS):
        start = threading.Barrier(len(pages) + 1)

        def look(client: Any, start: threading.Barrier = start) -> str:
            start.wait(LONG)
            return words_of(client.get(reverse("portals:week")))

        def say_no(start: threading.Barrier = start) -> int:
            start.wait(LONG)
            return int(amina.post(hers, {"category": "progress", "value": "objects"}).status_code)

        *_, status = together(*(partial(look, client) for client in pages), say_no)
        ((kinds, moments),) = together(told_in_order)
        assert status == 302
        since = kinds[len(kinds) - kinds[::-1].index("agreements.wish") :]
        assert not since, f"round {number}: after her no went {since}"
        assert moments == sorted(moments)
        together(lambda: amina.post(hers, {"category": "progress", "value": "agrees"}))
