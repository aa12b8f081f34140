"""Something happens to a family on a day: one step for everybody it concerns, and nothing of the past is rewritten."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.core.models import ChainEntry, Job
from halfdoor.service.people import actions, facts, involving, joining, queries
from halfdoor.service.people.choices import Answer, EventKind, Level, Part, Relation, YoungPersonsView
from halfdoor.service.people.events import Event, record_event
from halfdoor.service.people.joining import Joining
from halfdoor.service.people.models import Authority, CircleEvent, Involvement, Membership, MembershipEnding
from halfdoor.service.people.tasks import end_place
from halfdoor.service.people.tests.test_circle_pages import of, page_of, sent, typed_into
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home

TODAY = NOON.date()
FRIDAY = (NOON + timedelta(days=4)).date()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def happens(family_or_home: object, kind: EventKind, *, on: date = TODAY, **what: object) -> CircleEvent:
    about, by = (
        (family_or_home.amina, family_or_home.ruth)
        if isinstance(family_or_home, Family)
        else (family_or_home.leo, family_or_home.therapist)
    )
    return record_event(about, Event(kind=kind, happened_on=on, evidence="Papers", **what), by=by, at=NOON)


@pytest.mark.requirement("P2")
def test_a_separation_is_on_record_with_its_day_and_takes_nothing_from_anybody(family: Family) -> None:
    happens(family, EventKind.SEPARATION)
    assert of(family.sara)["authority"] == of(family.tom)["authority"] == "shared"
    assert "separation of the parents" in page_of("circle", family.amina.pk, by=family.ruth).lower()


@pytest.mark.requirement("P2")
def test_custody_changes_for_both_parents_in_one_step_that_shows_what_each_could_know(family: Family) -> None:
    typed = {
        "happened_on": FRIDAY.isoformat(),
        f"of-{family.sara.pk}": "full",
        f"of-{family.tom.pk}": "ended",
        "evidence": "Judgment of 6 November",
        "document": "FC 26-9",
    }
    shown = sent("event", family.amina.pk, "custody_change", by=family.ruth, **typed)
    assert "<h3>Tom Reed, parent</h3>" in shown
    assert "<h3>Sara Khan, parent</h3>" not in shown  # shared or whole, she may know the same
    assert (of(family.sara, days=3)["authority"], of(family.tom, days=3)["authority"]) == ("shared", "shared")
    assert (of(family.sara, days=4)["authority"], of(family.tom, days=4)["authority"]) == ("full", "ended")
    assert Authority.objects.filter(membership=family.tom).count() == 2


@pytest.mark.requirement("P2")
def test_looking_at_what_would_change_puts_nothing_on_record(family: Family) -> None:
    acts = ChainEntry.objects.exclude(entry__contains="disclosures.looked")  # that she looked is on record
    lines, before = acts.count(), Authority.objects.count()
    typed = {"happened_on": FRIDAY.isoformat(), f"of-{family.tom.pk}": "ended", "evidence": "Judgment"}
    page = words_of(signed_in(family.ruth).post(reverse("people:event", args=[family.amina.pk, "adoption"]), typed))
    assert "This is not on record yet" in page
    assert (acts.count(), Authority.objects.count()) == (lines, before)


@pytest.mark.requirement("P2")
def test_a_new_caseworker_comes_on_the_day_the_old_one_leaves(home: Home) -> None:
    typed = {
        "happened_on": NOON.date().isoformat(),
        f"of-{home.priya.pk}": "leaves",
        "joins_name": "Ada Okafor",
        "joins_as": "social_worker",
        "joins_with": "shared",
        "evidence": "Letter from the authority",
    }
    sent("event", home.leo.pk, "new_caseworker", by=home.therapist, **typed)
    ada = Membership.objects.get(person__name="Ada Okafor")
    assert of(ada)["authority"] == "shared"
    assert of(home.priya)["authority"] == "ended"
    assert MembershipEnding.objects.filter(membership=home.priya).exists()
    assert "Priya Nair" not in page_of("circle", home.leo.pk, by=home.therapist)


@pytest.mark.requirement("P2")
@pytest.mark.abuse("B1")
def test_whoever_leaves_on_a_day_to_come_sees_nothing_from_that_midnight_even_if_no_job_has_run(home: Home) -> None:
    happens(home, EventKind.NEW_CASEWORKER, on=FRIDAY, leaves=[home.priya])
    assert of(home.priya, days=3)["authority"] == "shared"
    assert of(home.priya, days=4)["authority"] == "ended"
    assert of(home.priya, days=4)["involved_in_care"] == "no"
    job = Job.objects.get(task=end_place.module_path)
    with time_machine.travel(job.due_at, tick=False):
        end_place.call(**job.arguments)
        end_place.call(**job.arguments)  # a job may run twice
    assert job.due_at.astimezone().date() <= FRIDAY
    assert MembershipEnding.objects.get(membership=home.priya).ended_at >= job.due_at


@pytest.mark.requirement("P2")
def test_a_local_authority_shares_responsibility_and_the_parents_keep_theirs(home: Home) -> None:
    joins = [Joining(relation=Relation.PLACING_AUTHORITY, since_on=FRIDAY, name="County", level=Level.SHARED)]
    happens(home, EventKind.AUTHORITY_SHARES, on=FRIDAY, joins=joins, looked_after="care_order")
    county = Membership.objects.get(person__name="County")
    assert of(county, days=4)["authority"] == "shared"
    later = facts.load(home.leo, at=NOON + timedelta(days=4)).of_young_person("")
    assert later["looked_after"] == "care_order"
    assert facts.load(home.leo, at=NOON).of_young_person("")["looked_after"] == "accommodated"


@pytest.mark.requirement("P2")
def test_an_adoption_ends_what_was_and_gives_the_adopters_theirs(family: Family) -> None:
    joins = [Joining(relation=Relation.PARENT, since_on=FRIDAY, name="Eve Stone", level=Level.FULL)]
    ends = {family.sara: Level.ENDED, family.tom: Level.ENDED}
    happens(family, EventKind.ADOPTION, on=FRIDAY, authorities=ends, joins=joins)
    eve = Membership.objects.get(person__name="Eve Stone")
    told = [of(one, days=4)["authority"] for one in (family.sara, family.tom, eve)]
    assert told == ["ended", "ended", "full"]
    assert of(family.sara)["authority"] == "shared"  # until then, all is as it was


@pytest.mark.requirement("P2")
def test_a_special_guardian_gets_what_the_order_gives_and_the_parents_are_left_as_they_are(family: Family) -> None:
    joins = [Joining(relation=Relation.GUARDIAN, since_on=NOON.date(), name="Aunt May", level=Level.FULL)]
    happens(family, EventKind.SPECIAL_GUARDIAN, joins=joins)
    assert of(Membership.objects.get(person__name="Aunt May"))["authority"] == "full"
    assert of(family.sara)["authority"] == "shared"


def test_an_event_is_recorded_whole_or_not_at_all(family: Family) -> None:
    already = [Joining(relation=Relation.PARENT, since_on=FRIDAY, person=family.sara.person)]
    with pytest.raises(actions.AlreadyInCircle):
        happens(family, EventKind.ADOPTION, authorities={family.tom: Level.ENDED}, joins=already)
    assert of(family.tom)["authority"] == "shared"
    assert not CircleEvent.objects.exists()


def test_an_event_that_changes_nothing_is_not_taken(family: Family) -> None:
    typed = {"happened_on": FRIDAY.isoformat(), "evidence": "Judgment"}
    page = words_of(signed_in(family.ruth).post(reverse("people:event", args=[family.amina.pk, "adoption"]), typed))
    assert "nothing would change" in page


def test_whoever_left_can_come_back_to_a_new_place(family: Family) -> None:
    actions.end_membership(family.sara, by=family.ruth, at=NOON)
    again = Joining(relation=Relation.PARENT, since_on=NOON.date(), person=family.sara.person)
    back = joining.join(family.amina, again, by=family.ruth, at=NOON)
    assert back.pk != family.sara.pk
    assert queries.membership_of(family.sara.person.account, back.pk) == back
    with pytest.raises(actions.AlreadyInCircle):
        joining.join(family.amina, again, by=family.ruth, at=NOON)


@pytest.mark.requirement("P5")
def test_a_father_stops_taking_part_and_may_know_what_he_could_before(family: Family) -> None:
    typed = {
        "part": "no_longer",
        "effective_on": NOON.date().isoformat(),
        "because": "He moved away and works nights",
        "view": "wishes_otherwise",
        "words": "I would like him to come sometimes",
    }
    shown = sent("part", family.amina.pk, family.tom.pk, by=family.ruth, **typed)
    assert "It changes nothing in who may know what." in shown
    assert of(family.tom)["authority"] == "shared"
    assert of(family.tom)["involved_in_care"] == "no"
    row = Involvement.objects.get(membership=family.tom)
    assert (row.view, row.words) == ("wishes_otherwise", "I would like him to come sometimes")
    story = page_of("member", family.amina.pk, family.tom.pk, by=family.ruth)
    assert "wishes it were otherwise" in story
    assert "I would like him to come sometimes" in story


@pytest.mark.requirement("P5")
def test_nobody_s_part_is_ended_without_asking_the_young_person(family: Family) -> None:
    typed = {"part": "no_longer", "effective_on": NOON.date().isoformat(), "because": "He moved away"}
    address = reverse("people:part", args=[family.amina.pk, family.tom.pk])
    assert "This field is required." in words_of(signed_in(family.ruth).post(address, typed))
    assert not Involvement.objects.exists()


@pytest.mark.requirement("P5")
def test_whoever_takes_part_again_is_on_record_as_taking_part(family: Family) -> None:
    for minute, part in enumerate((Part.NO_LONGER, Part.AGAIN)):
        review = involving.Review(
            part=part, view=YoungPersonsView.WANTS_IT, effective_on=NOON.date(), because="Agreed together"
        )
        involving.review_part(family.tom, review, by=family.ruth, at=NOON + timedelta(minutes=minute))
    assert of(family.tom, days=1)["involved_in_care"] == Answer.YES
    assert Involvement.objects.count() == 2


@pytest.mark.requirement("P2")
def test_a_therapist_takes_herself_out_of_a_circle_and_sees_no_more_of_it(family: Family) -> None:
    ruth, address = signed_in(family.ruth), reverse("people:leaves", args=[family.amina.pk, family.therapist.pk])
    done = ruth.post(address, typed_into(ruth.get(address)))
    assert (done.status_code, done.headers["Location"]) == (302, "/staff/")
    assert MembershipEnding.objects.filter(membership=family.therapist).exists()
    assert ruth.get(reverse("people:circle", args=[family.amina.pk])).status_code == 404
