"""Whose words something are, and who may know that; and what members of a family say in family work."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.models import Asking
from halfdoor.service.documents.tests.test_pages import hidden_fields
from halfdoor.service.notes import actions, queries
from halfdoor.service.notes.choices import SecretsRule
from halfdoor.service.notes.models import SecretsAgreement
from halfdoor.service.notes.tests.written import CALM, begun, looked_at, shared, typed
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account

pytestmark = pytest.mark.django_db

ROSA = "Rosa Delgado"
TOLD = {"text": "She seems happier at school.", "said_by": "somebody_else", "source": ROSA}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def pages_of_everybody_else(family: Family):
    """Yield what stands on the pages of the young person and of both parents, and what the gate hands them."""
    for member, addresses in (
        (family.sara, ["/family/week/"]),
        (family.tom, ["/family/week/"]),
        (family.herself, ["/me/", reverse("portals:person", args=[family.sara.pk])]),
    ):
        client = signed_in(member.person.account)
        yield from (words_of(client.get(address, follow=True)) for address in addresses)
        yield from (f"{one.source} {one.said_by}" for one in queries.updates_for(member, at=NOON).items)


@pytest.mark.requirement("C16")
@pytest.mark.parametrize("known", ["unknown", "no"])
def test_nobody_is_shown_who_told_us_who_may_not_know(family: Family, known: str):
    client, draft = begun(family)
    shared(client, draft, typed(TOLD | {"known": known}))
    assert [one.text for one in queries.updates_for(family.sara, at=NOON).items] == [TOLD["text"]]
    for page in pages_of_everybody_else(family):
        assert ROSA not in page
        assert "somebody_else" not in page
    note = queries.updates_for(family.therapist, at=NOON).items[0]
    assert (note.source, note.said_by) == (ROSA, "somebody_else")
    opened = words_of(client.get(reverse("notes:note", args=[family.amina.pk, note.item_id])))
    assert f"Said by: {ROSA}" in opened


@pytest.mark.requirement("C16")
def test_the_young_person_knows_who_told_us_once_that_is_on_record(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed(TOLD | {"known": "yes"}))
    assert [one.source for one in queries.updates_for(family.herself, at=NOON).items] == [ROSA]
    assert [one.source for one in queries.updates_for(family.sara, at=NOON).items] == [""]


@pytest.mark.requirement("C16")
def test_an_earlier_source_is_not_shown_either(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed(TOLD))
    note = queries.updates_for(family.therapist, at=NOON).items[0]
    client.post(reverse("notes:correct", args=[family.amina.pk, note.item_id]))
    again = queries.drafts_of(family.ruth).get()
    anew = {"part-0-text": "She seems happier.", "part-0-category": "progress", "part-0-said_by": "clinician"}
    shared(client, again, anew | {"because": "Shorter"})
    for page in pages_of_everybody_else(family):
        assert ROSA not in page
        assert "at school" not in page


@pytest.mark.requirement("C15")
@pytest.mark.parametrize("kind", ["family", "caregivers"])
def test_what_one_of_a_family_says_is_kept_from_the_others(family: Family, kind: str):
    client, draft = begun(family)
    fields = typed(
        {"text": CALM},
        {"text": "Her mother is thinking of moving away.", "said_by": "caregiver", "source": "Sara Khan"},
        {"text": "She is afraid of the new flat.", "said_by": "young_person"},
        kind=kind,
    )
    page = words_of(looked_at(client, draft, fields))
    assert "Somebody told us this and was promised that it stays with us." in page
    shared(client, draft, fields)
    for member in (family.sara, family.tom):
        assert [one.text for one in queries.updates_for(member, at=NOON).items] == [CALM]
    assert "moving away" not in str([one.text for one in queries.updates_for(family.herself, at=NOON).items])
    assert len(queries.updates_for(family.therapist, at=NOON).items) == 3


@pytest.mark.requirement("C15")
def test_whoever_said_it_can_agree_that_the_others_hear_it(family: Family):
    client, draft = begun(family)
    said = {"text": "Her mother found a new flat.", "said_by": "caregiver", "told_on": "on"}
    shared(client, draft, typed(said, kind="family"))
    assert [one.text for one in queries.updates_for(family.tom, at=NOON).items] == ["Her mother found a new flat."]


@pytest.mark.requirement("C15")
def test_an_agreement_holds_for_sessions_from_the_day_it_was_signed(family: Family):
    signed_by = [family.sara, family.tom, family.herself]
    yesterday = (NOON - timedelta(days=1)).date()
    agree = {"signed_by": signed_by, "by": family.ruth, "at": NOON}
    actions.agree_on_secrets(family.amina, rule=SecretsRule.AMONG_US, signed_on=yesterday, **agree)
    said = {"text": "Her mother found a new flat.", "said_by": "caregiver"}
    client, draft = begun(family)
    shared(client, draft, typed(said, kind="family", met_on=(NOON - timedelta(days=3)).date().isoformat()))
    assert queries.updates_for(family.tom, at=NOON).items == ()
    client, draft = begun(family)
    shared(client, draft, typed(said, kind="family"))
    assert len(queries.updates_for(family.tom, at=NOON).items) == 1


@pytest.mark.requirement("C15")
def test_what_a_family_signs_is_put_down_on_a_page(family: Family):
    client, address = signed_in(family.ruth), reverse("notes:secrets", args=[family.amina.pk])
    assert "They have signed nothing yet" in words_of(client.get(address))
    sent = {"rule": "each_decides", "signed_on": "2026-11-02", "signed_by": [family.sara.pk, family.herself.pk]}
    assert "Choose the day on which they signed" in words_of(client.post(address, sent | {"signed_on": "2027-01-01"}))
    assert "It stays with whoever said it" in words_of(client.post(address, sent, follow=True))
    assert SecretsAgreement.objects.get().signed_by == sorted([str(family.sara.pk), str(family.herself.pk)])
    nobody = account(family.practice, "una", Role.THERAPIST)
    assert queries.rule_on(family.amina, day=NOON.date(), reader=nobody) == ""


@pytest.mark.requirement("C15")
def test_each_of_a_family_signs_what_happens_with_secrets_in_their_own_account(family: Family):
    papers.take_up_shipped(on=NOON.date(), by=family.lead, at=NOON)
    ruth, sheet = signed_in(family.ruth), reverse("documents:papers", args=[family.amina.pk])
    people = (family.sara, family.tom, family.herself)
    assert ruth.post(sheet, {"ask": [f"{one.pk}:secrets" for one in people]}).status_code == 302
    for member, door, answer in ((family.sara, "family", "agreed"), (family.herself, "my", "agreed")):
        theirs = signed_in(member.person.account)
        address = reverse(f"documents:{door}_paper", args=[Asking.objects.get(membership=member).pk])
        page = theirs.get(address)
        assert "What one of you says alone stays with whoever said it." in words_of(page)
        signed = {"answer": answer, "printed_name": member.person.name, **hidden_fields(page)}
        assert theirs.post(address, signed).status_code == 302
    address = reverse("notes:secrets", args=[family.amina.pk])
    page = ruth.get(address)
    assert "Sara Khan , parent: agreed" in words_of(page).replace("</strong>", " ").replace("<strong>", "")
    assert set(page.context["form"].initial["signed_by"]) == {family.sara.pk, family.herself.pk}
    tom = signed_in(family.tom.person.account)
    assert "Sara" not in words_of(tom.get(reverse("documents:family_papers"))), "what she said to it is hers"
