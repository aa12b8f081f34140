"""Of several young people one is opened at a time: what was shared is looked at when somebody wants to read it."""

from datetime import date

import time_machine
from django.urls import reverse

from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Look
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Relation, Setting
from halfdoor.service.people.models import EpisodeTerms, Membership
from tests.doors import signed_in, words_of
from tests.people import EARLIER, LONG_AGO, NOON, Home, know, takes_part


def mia_at_the_home(home: Home) -> Membership:
    """Return Dan's place in the circle of Mia, whom he cares for too."""
    by = {"by": home.therapist, "at": EARLIER}
    mia = people.admit("Mia Lane", born_on=date(2012, 1, 1), **by)
    terms = EpisodeTerms(legal_basis=LegalBasis.AGENCY_CONSENT)
    people.begin_episode(mia, setting=Setting.RESIDENTIAL, started_on=EARLIER.date(), terms=terms, **by)
    place = {"person": home.dan.person, "relation": Relation.RESIDENTIAL_CARER, "since_on": LONG_AGO}
    there = people.add_to_circle(mia, **place, **by)
    know(there, level=Level.NONE, by=home.therapist)
    takes_part(there, involved=Answer.YES, needs=Answer.YES, by=home.therapist)
    return there


def test_dan_opens_one_of_those_he_cares_for_and_it_leaves_a_line(home: Home) -> None:
    there = mia_at_the_home(home)
    dan = signed_in(home.dan.person.account)
    with time_machine.travel(NOON, tick=False):
        both = words_of(dan.get(reverse("portals:shift")))
        one = words_of(dan.get(reverse("portals:shift_of", args=[there.pk])))
    assert "Leo Marsh" in both
    assert "Mia Lane" in both
    assert "Mia Lane" in one
    assert "Leo Marsh" not in one
    look = Look.objects.get()
    assert (look.by, look.young_person, look.page) == (home.dan.person.account, there.young_person, "portals:shift_of")


def test_dan_sees_about_whom_there_is_something_to_read_until_he_has_read_it(home: Home) -> None:
    mia_at_the_home(home)
    notes.write("Trust.", episode=home.episode, category=Category.THEMES, by=home.therapist, at=EARLIER)
    notes.write("Leo's words.", episode=home.episode, category=Category.SESSION_CONTENT, by=home.therapist, at=EARLIER)
    dan = signed_in(home.dan.person.account)
    with time_machine.travel(NOON, tick=False):
        before = words_of(dan.get(reverse("portals:shift")))
        assert "Trust." in words_of(dan.get(reverse("portals:shift_of", args=[home.dan.pk])))
        after = words_of(dan.get(reverse("portals:shift")))
    assert before.count("Something new for you") == 1
    assert before.index("Leo Marsh") < before.index("Something new for you") < before.index("Mia Lane")
    assert "Trust." not in before
    assert "Something new for you" not in after
