"""What Leo and Nia agree together about his carer, on the page they look at together."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from tests.doors import signed_in, words_of
from tests.people import EARLIER, NOON, Home

TRUST = "The last weeks were about trust."


@pytest.mark.requirement("C7")
def test_what_leo_and_nia_agree_on_a_page_closes_his_carers(home: Home) -> None:
    notes.write(TRUST, episode=home.episode, category=Category.THEMES, by=home.therapist, at=EARLIER)
    agreed = {"categories": "themes", "words": "Dan has enough to do.", str(home.dan.pk): "need_not_know"}
    with time_machine.travel(NOON, tick=False) as now:
        nia, page = signed_in(home.therapist), reverse("portals:telling", args=[home.leo.pk])
        dan, shift = signed_in(home.dan.person.account), reverse("portals:shift")
        assert TRUST in words_of(dan.get(shift))
        assert "Dan has enough to do." in words_of(nia.post(page, agreed, follow=True))
        now.shift(timedelta(minutes=1))
        assert TRUST not in words_of(dan.get(shift))
