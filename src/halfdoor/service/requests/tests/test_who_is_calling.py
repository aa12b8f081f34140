"""Somebody rings and says they are Sara. Nobody is anybody until somebody made sure."""

from datetime import timedelta

import pytest
from django.urls import reverse

from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Identity
from halfdoor.service.people.models import IdentityCheck
from halfdoor.service.requests import actions, calls
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import Answer, FamilyRequest
from halfdoor.service.requests.queries.clinicians import as_question, case_of, who_asked
from halfdoor.service.requests.queries.families import asked_by
from halfdoor.service.requests.words import OFFICES, Channel, Paper, Way
from tests.doors import signed_in, words_of
from tests.people import NOON, Family

FRIDAY = (NOON + timedelta(days=4)).date()


def rings(family: Family, *, sure: Way = Way.NOT_YET, office: str = "", **more: object) -> FamilyRequest:
    asked = Asked(category="attendance", channel=Channel.TELEPHONE, sure=sure, office=office, **more)
    member = None if office else family.sara
    return actions.receive(family.amina, asked, asked_by=member, by=family.ruth, at=NOON)


@pytest.mark.abuse("B2")
def test_a_name_given_on_the_telephone_opens_nothing(family: Family) -> None:
    request = rings(family)
    decision = case_of(request, reader=family.ruth, at=NOON).outlook.decision
    assert (decision["disposition"], decision["acknowledge"]) == ("withhold", "neither_confirm_nor_deny")
    with pytest.raises(actions.ChangedMeanwhile):
        actions.share(request, Told(look_again_on=FRIDAY, text="She comes every week."), by=family.ruth, at=NOON)
    assert not Answer.objects.exists()
    assert who_asked(request) == "Somebody who says they are Sara Khan"


@pytest.mark.abuse("B2")
@pytest.mark.parametrize("way", [Way.NOT_YET, Way.SOMEBODY_ELSE])
def test_what_somebody_rang_about_in_saras_name_is_not_on_her_page(family: Family, way: Way) -> None:
    request = rings(family, sure=way)
    sara = signed_in(family.sara.person.account)
    assert asked_by(family.sara).object_list == []
    assert "whether sessions are attended" not in words_of(sara.get(reverse("portals:week")))
    assert sara.get(reverse("requests:family_request", args=[request.pk])).status_code == 404


@pytest.mark.requirement("C5")
def test_once_ruth_called_back_the_request_is_saras(family: Family) -> None:
    request = rings(family)
    ruth = signed_in(family.ruth)
    assert "Who is it really?" in words_of(ruth.get(reverse("requests:request", args=[request.pk])))
    ruth.post(reverse("requests:identity", args=[request.pk]), {"way": "called_back", "note": "The number of 2024"})
    assert case_of(request, reader=family.ruth, at=NOON + timedelta(days=1)).outlook.opens
    assert len(asked_by(family.sara).object_list) == 1


def test_that_it_was_somebody_else_stands_whatever_is_written_later(family: Family) -> None:
    request = rings(family, sure=Way.CALLED_BACK)
    calls.make_sure(request, Way.SOMEBODY_ELSE, by=family.ruth, at=NOON)
    calls.make_sure(request, Way.IN_PERSON, by=family.ruth, at=NOON)
    assert as_question(request).member is None
    assert asked_by(family.sara).object_list == []


def test_making_sure_also_says_who_she_is_in_the_circle_where_nobody_was_sure(family: Family) -> None:
    doubt = IdentityCheck(membership=family.sara, outcome=Identity.UNVERIFIED, effective_on=NOON.date())
    people.record(doubt, by=family.ruth, at=NOON - timedelta(hours=1))
    rings(family, sure=Way.CALLED_BACK)
    newest = IdentityCheck.objects.filter(membership=family.sara).order_by("recorded_at").last()
    assert newest is not None
    assert newest.outcome == Identity.VERIFIED


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_nobody_called_back_hears_what_every_stranger_hears(family: Family, office: str) -> None:
    request = rings(family, office=office, paper=Paper.SUBPOENA, purpose="legal_process")
    assert not case_of(request, reader=family.ruth, at=NOON).outlook.opens


def test_a_lawyer_with_a_letter_is_told_nothing_and_ruth_reads_which_paper_it_needs(family: Family) -> None:
    typed = {"who": "lawyer", "category": "full_record", "purpose": "legal_process", "channel": "telephone"}
    typed |= {"sure": "called_back", "paper": "informal_letter"}
    ruth = signed_in(family.ruth)
    page = words_of(ruth.post(reverse("requests:asking", args=[family.amina.pk]), typed, follow=True))
    assert "A lawyer asks: the whole record" in page
    assert "Being a parent’s lawyer gives none." in page
    request = FamilyRequest.objects.get()
    assert as_question(request).stated["order"] == Paper.LETTER
    assert not case_of(request, reader=family.ruth, at=NOON).outlook.opens


def test_what_has_to_be_done_before_an_office_is_told_stands_there_to_be_said(family: Family) -> None:
    request = rings(family, office="payer", sure=Way.CALLED_BACK, paper=Paper.LETTER, purpose="payment")
    outlook = case_of(request, reader=family.ruth, at=NOON).outlook
    assert "minimum_necessary" in dict(outlook.todo)
    done = tuple(dict(outlook.todo))
    answer = actions.share(request, Told(look_again_on=FRIDAY, text="Two dates.", done=done), by=family.ruth, at=NOON)
    assert answer.outcome == Answer.Outcome.SHARED


def test_every_office_has_its_path_on_the_page_for_unknown_callers(family: Family) -> None:
    page = words_of(signed_in(family.ruth).get(reverse("requests:calls")))
    assert all(str(title) in page for title in OFFICES.values())
