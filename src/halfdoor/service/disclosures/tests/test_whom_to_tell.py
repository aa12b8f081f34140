"""Before school or care staff hear something from therapy, Leo and Nia agree who needs to know."""

import pytest

from halfdoor.disclosure.rules import Disposition
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.agreements.models import ToldAtStart
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate, telling
from halfdoor.service.disclosures.choices import Agreed
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, Level, Relation
from halfdoor.service.people.models import Membership
from tests.people import EARLIER, LONG_AGO, NOON, Home, know, stranger, takes_part


@pytest.fixture
def teacher(home: Home) -> Membership:
    """Elin, a teacher at Leo's school."""
    person = people.introduce("Elin Pugh", by=home.therapist)
    elin = people.add_to_circle(
        home.leo, person=person, relation=Relation.EDUCATOR, since_on=LONG_AGO, by=home.therapist, at=EARLIER
    )
    know(elin, level=Level.NONE, by=home.therapist)
    takes_part(elin, involved=Answer.YES, needs=Answer.YES, by=home.therapist)
    return elin


def answer(member: Membership, category: str = "themes") -> Disposition:
    return gate.consider(gate.usual_question(member, category), at=NOON).disposition


def agreed(home: Home, member: Membership, what: Agreed, *categories: str) -> telling.Talk:
    about = [telling.About(member, what)]
    return telling.agree(home.leo, about, categories=categories or ["themes"], by=home.therapist, at=NOON)


@pytest.mark.requirement("C7")
def test_a_teacher_hears_nothing_from_therapy_before_leo_was_asked(home: Home, teacher: Membership) -> None:
    assert not answer(teacher).opens
    agreed(home, teacher, Agreed.THERAPIST_TELLS)
    assert answer(teacher).opens


@pytest.mark.requirement("C7")
@pytest.mark.parametrize("what", [Agreed.NEED_NOT_KNOW, Agreed.TOGETHER, Agreed.THEMSELVES, Agreed.ASK_AGAIN])
def test_whatever_else_they_agree_opens_nothing(home: Home, teacher: Membership, what: Agreed) -> None:
    agreed(home, teacher, what)
    assert not answer(teacher).opens


@pytest.mark.requirement("C7")
def test_what_leo_agreed_about_his_carer_closes_what_was_open(home: Home) -> None:
    assert answer(home.dan).opens
    agreed(home, home.dan, Agreed.NEED_NOT_KNOW)
    assert answer(home.dan) is Disposition.WITHHOLD or not answer(home.dan).opens


def test_one_of_two_carers_being_told_says_nothing_of_the_other(home: Home) -> None:
    other = people.add_to_circle(
        home.leo,
        person=people.introduce("Mo Lane", by=home.therapist),
        relation=Relation.RESIDENTIAL_CARER,
        since_on=LONG_AGO,
        by=home.therapist,
        at=EARLIER,
    )
    before = ToldAtStart.objects.count()
    agreed(home, home.dan, Agreed.THERAPIST_TELLS, "progress")
    assert ToldAtStart.objects.count() == before
    about = [telling.About(one, Agreed.THERAPIST_TELLS) for one in (home.dan, other)]
    telling.agree(home.leo, about, categories=["progress"], by=home.therapist, at=NOON)
    told = ToldAtStart.objects.order_by("-told_at", "-id").first()
    assert told is not None
    assert (told.relations, told.categories) == (["residential_carer"], ["progress"])


def test_a_no_on_his_own_page_is_not_undone_by_what_somebody_else_wrote_down(home: Home, teacher: Membership) -> None:
    agreements.wish(
        home.leo,
        value=WishValue.OBJECTS,
        source=WishSource.OWN_PAGE,
        about=teacher,
        category="themes",
        by=home.himself.person.account,
        at=NOON,
    )
    agreed(home, teacher, Agreed.THERAPIST_TELLS)
    assert not answer(teacher).opens


def test_a_talk_that_names_nobody_or_nothing_agrees_nothing(home: Home, teacher: Membership) -> None:
    for about, categories in (([], ["themes"]), ([telling.About(teacher, Agreed.TOGETHER)], [])):
        with pytest.raises(telling.NobodyWasTalkedAbout):
            telling.agree(home.leo, about, categories=categories, by=home.therapist, at=NOON)


def test_those_who_protect_are_no_matter_of_agreeing(home: Home, teacher: Membership) -> None:
    people.add_to_circle(
        home.leo,
        person=people.introduce("Wilma Stone", by=home.therapist),
        relation=Relation.CHILD_PROTECTION,
        since_on=LONG_AGO,
        by=home.therapist,
        at=EARLIER,
    )
    found = telling.whom_to_talk_about(home.leo, reader=home.therapist)
    assert {one.person.name for one in found} == {"Elin Pugh", "Dan Price", "Priya Nair"}


def test_the_latest_talk_is_for_leo_and_his_clinicians_and_its_line_names_no_words(
    home: Home, teacher: Membership
) -> None:
    about = [telling.About(teacher, Agreed.TOGETHER)]
    telling.agree(home.leo, about, categories=["themes"], words="Not about Dad.", by=home.therapist, at=NOON)
    for reader in (home.therapist, home.himself.person.account):
        latest = telling.latest_talk(home.leo, reader=reader)
        assert latest is not None
        assert latest[0].words == "Not about Dad."
        assert [row.membership for row in latest[1]] == [teacher]
    assert telling.latest_talk(home.leo, reader=stranger(home.practice)) is None
    entry = ChainEntry.objects.filter(practice=home.practice).order_by("-sequence").first()
    assert entry is not None
    assert chain.body_of(entry)["kind"] == "disclosures.talked"
    assert "Dad" not in entry.entry
