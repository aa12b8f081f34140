"""Of several young people one is opened at a time: what was shared is looked at when somebody wants to read it."""

from datetime import date

import time_machine
from django.urls import reverse

from halfdoor.service.disclosures.models import Look
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Relation, Setting
from halfdoor.service.people.models import EpisodeTerms
from tests.doors import signed_in, words_of
from tests.people import EARLIER, LONG_AGO, NOON, Home, know, takes_part


def test_dan_opens_one_of_those_he_cares_for_and_it_leaves_a_line(home: Home) -> None:
    by = {"by": home.therapist, "at": EARLIER}
    mia = people.admit("Mia Lane", born_on=date(2012, 1, 1), **by)
    terms = EpisodeTerms(legal_basis=LegalBasis.AGENCY_CONSENT)
    people.begin_episode(mia, setting=Setting.RESIDENTIAL, started_on=EARLIER.date(), terms=terms, **by)
    place = {"person": home.dan.person, "relation": Relation.RESIDENTIAL_CARER, "since_on": LONG_AGO}
    there = people.add_to_circle(mia, **place, **by)
    know(there, level=Level.NONE, by=home.therapist)
    takes_part(there, involved=Answer.YES, needs=Answer.YES, by=home.therapist)
    dan = signed_in(home.dan.person.account)
    with time_machine.travel(NOON, tick=False):
        both = words_of(dan.get(reverse("portals:shift")))
        one = words_of(dan.get(reverse("portals:shift_of", args=[there.pk])))
    assert "Leo Marsh" in both
    assert "Mia Lane" in both
    assert "Mia Lane" in one
    assert "Leo Marsh" not in one
    look = Look.objects.get()
    assert (look.by, look.young_person, look.page) == (home.dan.person.account, mia, "portals:shift_of")
