"""What a young person wants told, what was signed, and how both end."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from halfdoor.service.agreements import actions, facts, queries
from halfdoor.service.agreements.choices import GivenBy, Told, Topic, WishSource, WishValue
from halfdoor.service.agreements.models import Wish
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import SharingVersion
from tests.people import NOON, Family, stranger


def says(family: Family, value: WishValue, *, minute: int = 0, **about) -> Wish:
    return actions.wish(
        family.amina,
        value=value,
        source=WishSource.OWN_PAGE,
        by=family.herself.person.account,
        at=NOON + timedelta(minutes=minute),
        **about,
    )


def about(member, category="themes", *, topic="", purpose="support", at=NOON + timedelta(hours=1)):
    agreed = facts.load(member.young_person, at=at)
    return agreed.about(member.pk, member.relation, category, topic, purpose)


@pytest.mark.requirement("A6")
def test_a_wish_about_one_parent_is_no_wish_about_the_other(family: Family):
    says(family, WishValue.AGREES, about=family.sara)
    assert about(family.sara)["wish"] == "agrees"
    assert "wish" not in about(family.tom)


def test_a_general_no_stops_everything_that_was_agreed_before(family: Family):
    says(family, WishValue.AGREES, about=family.sara, category="themes")
    says(family, WishValue.OBJECTS, minute=1)
    assert about(family.sara)["wish"] == "objects"


def test_a_general_yes_does_not_undo_a_particular_no(family: Family):
    says(family, WishValue.OBJECTS, about=family.tom, category="themes")
    says(family, WishValue.AGREES, minute=1)
    assert about(family.tom)["wish"] == "objects"
    assert about(family.tom, "progress")["wish"] == "agrees"


def test_a_no_on_her_own_page_falls_there_alone(family: Family):
    says(family, WishValue.OBJECTS, about=family.tom, category="themes")
    told = {"source": WishSource.TOLD_THERAPIST, "about": family.tom, "category": "themes"}
    actions.wish(family.amina, value=WishValue.AGREES, **told, by=family.ruth, at=NOON + timedelta(minutes=1))
    assert about(family.tom)["wish"] == "objects"
    says(family, WishValue.AGREES, about=family.tom, category="themes", minute=2)
    assert about(family.tom)["wish"] == "agrees"


def test_what_she_told_her_therapist_opens_nothing_she_closed_for_everybody_herself(family: Family):
    says(family, WishValue.OBJECTS)
    told = {"source": WishSource.TOLD_THERAPIST, "about": family.tom, "category": "themes"}
    actions.wish(family.amina, value=WishValue.AGREES, **told, by=family.ruth, at=NOON + timedelta(minutes=1))
    assert about(family.tom)["wish"] == "objects"


def test_a_general_no_that_is_taken_back_leaves_the_particular_words_standing(family: Family):
    says(family, WishValue.PREFERS_TO_TELL, about=family.sara, category="themes")
    says(family, WishValue.OBJECTS, minute=1)
    says(family, WishValue.AGREES, minute=2)
    assert about(family.sara)["wish"] == "prefers_to_tell"


@pytest.mark.requirement("A6")
def test_a_topic_kept_private_is_private_and_no_other(family: Family):
    says(family, WishValue.OBJECTS, topic=Topic.FRIENDS)
    assert about(family.sara, topic="friends")["kept_private"] == "yes"
    assert "kept_private" not in about(family.sara, topic="school")
    assert "wish" not in about(family.sara)


def test_what_she_says_tomorrow_does_not_hold_today(family: Family):
    says(family, WishValue.AGREES, minute=60 * 24)
    assert "wish" not in about(family.sara, at=NOON)


def consent(family: Family, **other):
    terms = {
        "categories": ["themes", "session_summary"],
        "purposes": ["support"],
        "given_by": GivenBy.CLIENT,
        "starts_on": date(2026, 11, 1),
        "ends_on": date(2027, 5, 1),
    }
    return actions.authorize(family.sara, **terms | other, evidence="Signed by A.K.", by=family.ruth, at=NOON)


@pytest.mark.requirement("A5")
def test_a_consent_covers_what_it_names_for_whom_and_for_what_it_names(family: Family):
    consent(family)
    assert about(family.sara)["authorization"] == "covers"
    assert about(family.sara)["authorization_by"] == "client"
    assert about(family.sara, "session_content")["authorization"] == "does_not_cover"
    assert about(family.sara, purpose="education")["authorization"] == "does_not_cover"
    assert "authorization" not in about(family.tom)


def test_a_consent_for_one_topic_covers_no_other(family: Family):
    consent(family, topics=[Topic.SCHOOL])
    assert about(family.sara, topic="school")["authorization"] == "covers"
    assert about(family.sara)["authorization"] == "does_not_cover"


def test_a_consent_holds_from_its_first_day_to_the_one_before_its_last(family: Family):
    consent(family, starts_on=date(2026, 11, 5), ends_on=date(2026, 11, 7))
    standing = [about(family.sara, at=NOON + timedelta(days=day))["authorization"] for day in (1, 3, 4, 5)]
    assert standing == ["does_not_cover", "covers", "covers", "expired"]


@pytest.mark.requirement("A5")
def test_a_withdrawal_takes_effect_at_once_and_is_kept_beside_the_consent(family: Family):
    given = consent(family)
    actions.withdraw(given, because="We had a fight.", by=family.herself.person.account, at=NOON)
    assert about(family.sara)["authorization"] == "withdrawn"
    assert not queries.consents_of(family.amina, reader=family.ruth).exists()
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw(given, by=family.ruth, at=NOON)


@pytest.mark.requirement("A7")
def test_what_she_was_told_at_the_start_holds_for_the_people_and_things_it_names(family: Family):
    told = {"relations": [Relation.PARENT], "categories": ["attendance"]}
    actions.tell_at_start(family.amina, **told, by=family.ruth, at=NOON)
    assert about(family.sara, "attendance")["told_at_start"] == "yes"
    assert "told_at_start" not in about(family.sara, "themes")
    actions.tell_at_start(family.amina, **told, told=Told.NO, by=family.ruth, at=NOON + timedelta(minutes=1))
    assert about(family.sara, "attendance")["told_at_start"] == "no"


def test_whatever_changes_who_may_know_raises_the_version_that_releases_lock(family: Family):
    def version() -> int:
        return SharingVersion.objects.get(young_person=family.amina).number

    seen = [version()]
    says(family, WishValue.OBJECTS)
    seen.append(version())
    given = consent(family)
    seen.append(version())
    actions.withdraw(given, by=family.ruth, at=NOON)
    seen.append(version())
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2, seen[0] + 3]


def test_her_words_are_sealed_and_cannot_be_changed(family: Family):
    said = says(family, WishValue.OBJECTS, words="Please not my dad.")
    kept = Wish.objects.get(pk=said.pk)
    assert kept.words == "Please not my dad."
    assert b"dad" not in bytes(kept.words_sealed)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Wish.objects.filter(pk=said.pk).update(value=WishValue.AGREES)


def test_only_she_and_her_clinicians_read_what_she_said(family: Family):
    says(family, WishValue.OBJECTS)
    for reader in (family.ruth, family.herself.person.account):
        assert queries.wishes_of(family.amina, reader=reader).count() == 1
    for reader in (family.sara.person.account, family.tom.person.account, stranger(family.practice)):
        assert not queries.wishes_of(family.amina, reader=reader).exists()
