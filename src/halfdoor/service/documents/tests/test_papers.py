"""Papers in their versions: what is in force, what was signed, and who is asked anew."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from halfdoor.service.accounts.models import Role
from halfdoor.service.core.keys import KeyErased, erase
from halfdoor.service.documents import actions, shipped
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.blocks import unknown_names
from halfdoor.service.documents.choices import LANGUAGES, RULES, Answer, Kind, Manner
from halfdoor.service.documents.models import File, Signing, Text
from halfdoor.service.documents.queries import answers, library
from halfdoor.service.documents.verifying import verify
from halfdoor.service.people.choices import Level
from halfdoor.service.people.models import Membership
from tests.house.test_words import AMERICAN
from tests.papers import line_of
from tests.people import NOON, Family, account, know, stranger

LATER = NOON + timedelta(days=1)
YEARS = timedelta(days=400)
TYPED = Said(answer=Answer.AGREED, manner=Manner.TYPED, printed_name="Sara Khan")
NO = Said(answer=Answer.REFUSED, manner=Manner.PRESSED)


@pytest.fixture
def shelf(family: Family) -> Family:
    """Amina's practice, with its papers on the shelf."""
    actions.take_up_shipped(on=NOON.date(), by=family.lead, at=NOON)
    return family


def asked(member: Membership, kind: str, family: Family):
    return actions.ask([(member, kind)], by=family.ruth, at=NOON)[0]


def signs(member: Membership, kind: str, said: Said = TYPED, *, language: str = "en-us", by=None, at=LATER) -> Signing:
    shown = answers.shown_in_force(member.young_person, kind, language=language, at=at)
    return actions.sign(member, shown, said, by=by or member.person.account, at=at)


def how_it_stands(member: Membership, kind: str, *, at=LATER):
    return next(one for one in answers.standings([member], at=at) if one.kind == kind)


def a_new_version(family: Family, kind: str, *, on, at=LATER) -> None:
    texts = {
        language: (title, body + "\n\nAnd one more thing.")
        for language, (title, body) in shipped.papers()[kind].items()
    }
    actions.publish(kind, texts, effective_on=on, because="One more thing.", by=family.lead, at=at)


def test_every_paper_that_comes_with_us_is_there_in_every_language_and_can_be_filled_in():
    for kind, texts in shipped.papers().items():
        assert texts.keys() == set(LANGUAGES)
        for title, body in texts.values():
            assert title
            assert len(body) > 400
            assert unknown_names(title + body, terms=kind == Kind.SHARING) == ()
        british = " ".join(texts["en-gb"])
        assert not AMERICAN.findall(british), kind


@pytest.mark.requirement("A1")
def test_a_new_version_asks_anew_whoever_signed_the_former_from_its_day_on(shelf: Family):
    asked(shelf.sara, Kind.EXPECTATIONS, shelf)
    assert how_it_stands(shelf.sara, Kind.EXPECTATIONS).is_due
    signs(shelf.sara, Kind.EXPECTATIONS)
    assert not how_it_stands(shelf.sara, Kind.EXPECTATIONS).is_due
    a_new_version(shelf, Kind.EXPECTATIONS, on=(LATER + timedelta(days=7)).date())
    assert not how_it_stands(shelf.sara, Kind.EXPECTATIONS).is_due
    then = how_it_stands(shelf.sara, Kind.EXPECTATIONS, at=LATER + timedelta(days=8))
    assert (then.is_due, then.newest.version.number, then.version.number) == (True, 1, 2)


@pytest.mark.requirement("A1")
def test_a_no_is_kept_and_not_asked_again_by_a_new_version_but_by_somebody_who_asks(shelf: Family):
    asked(shelf.sara, Kind.INVOLVEMENT, shelf)
    signs(shelf.sara, Kind.INVOLVEMENT, NO)
    a_new_version(shelf, Kind.INVOLVEMENT, on=LATER.date())
    stands = how_it_stands(shelf.sara, Kind.INVOLVEMENT)
    assert (stands.newest.answer, stands.is_due, stands.has_file) == ("refused", False, False)
    actions.ask([(shelf.sara, Kind.INVOLVEMENT)], by=shelf.ruth, at=LATER + timedelta(days=30))
    assert how_it_stands(shelf.sara, Kind.INVOLVEMENT, at=LATER + timedelta(days=31)).is_due


@pytest.mark.requirement("A1")
def test_a_paper_is_due_to_be_read_again_until_somebody_who_keeps_papers_lets_it_stand(shelf: Family):
    assert library.reviews_due(shelf.lead, at=LATER) == []
    due = library.reviews_due(shelf.lead, at=NOON + YEARS)
    assert len(due) == len(Kind)
    day = (NOON + YEARS).date()
    actions.review(due[0].now, on=day, by=shelf.lead, at=NOON + YEARS)
    left = library.reviews_due(shelf.lead, at=NOON + YEARS)
    assert [one.kind for one in left] == [one.kind for one in due[1:]]
    assert library.reviews_due(shelf.ruth, at=NOON + YEARS) == []
    assert library.history(shelf.lead, due[0].kind)[0].reviews[0].reviewed_on == day


@pytest.mark.requirement("A2")
def test_mother_and_therapist_sign_the_same_words_and_one_file_proves_both(shelf: Family):
    signing = signs(shelf.sara, Kind.PARTNERSHIP, language="es")
    assert [one.pk for one in answers.to_countersign(shelf.ruth)] == [signing.pk]
    assert answers.to_countersign(account(shelf.practice, "vera", Role.THERAPIST)) == []
    shown = answers.shown_in_force(shelf.amina, Kind.PARTNERSHIP, language="es", at=LATER)
    beside = actions.countersign(signing, shelf.therapist, shown, _ruth(), by=shelf.ruth, at=LATER)
    assert answers.to_countersign(shelf.ruth) == []
    assert signing.shown == beside.shown == shown.words
    assert "Amina" in shown.words
    assert "Larkspur Practice" in shown.words
    file = answers.file_for_family(shelf.sara.person.account, signing.pk, at=LATER)
    assert file.signing_id == beside.pk
    verdict = verify(file.content)
    assert verdict.holds
    assert verdict.words == shown.words
    assert line_of(verdict.says.split()[-1], shelf.practice)["row"] == str(signing.pk), "the line before this one"
    with pytest.raises(actions.SignedBefore):
        actions.countersign(signing, shelf.therapist, shown, _ruth(), by=shelf.ruth, at=LATER)


@pytest.mark.requirement("A2")
def test_nobody_signs_beside_a_no_or_beside_a_yes_that_was_taken_back(shelf: Family):
    yes = signs(shelf.sara, Kind.PARTNERSHIP)
    no = signs(shelf.sara, Kind.PARTNERSHIP, NO, at=LATER + timedelta(hours=1))
    shown = answers.shown_in_force(shelf.amina, Kind.PARTNERSHIP, language="en-us", at=LATER)
    for signing in (yes, no):
        with pytest.raises(actions.NotTheirs):
            actions.countersign(signing, shelf.therapist, shown, _ruth(), by=shelf.ruth, at=LATER)
    again = signs(shelf.sara, Kind.PARTNERSHIP, at=LATER + timedelta(hours=2))
    with pytest.raises(actions.NotTheirs):
        actions.countersign(again, shelf.therapist, shown, NO, by=shelf.ruth, at=LATER)
    assert actions.countersign(again, shelf.therapist, shown, _ruth(), by=shelf.ruth, at=LATER).beside == again


def _ruth() -> Said:
    return Said(answer=Answer.AGREED, manner=Manner.TYPED, printed_name="Ruth Adler")


@pytest.mark.requirement("A3")
def test_her_yes_is_assent_and_her_no_is_kept_beside_her_mothers_yes(shelf: Family):
    signs(shelf.sara, Kind.INVOLVEMENT)
    yes = signs(shelf.herself, Kind.ASSENT, Said(answer=Answer.AGREED, manner=Manner.TYPED, printed_name="amina"))
    assert yes.answer == Answer.ASSENTED
    no = signs(
        shelf.herself,
        Kind.ASSENT,
        Said(answer=Answer.REFUSED, manner=Manner.PRESSED, words="Not both at once."),
        at=LATER + timedelta(hours=1),
    )
    assert no.words == "Not both at once."
    assert how_it_stands(shelf.herself, Kind.ASSENT, at=LATER + timedelta(hours=2)).newest.answer == "refused"
    assert how_it_stands(shelf.sara, Kind.INVOLVEMENT).newest.answer == "agreed"
    assert how_it_stands(shelf.sara, Kind.INVOLVEMENT).newest.relation == "parent"


@pytest.mark.requirement("A4")
def test_only_who_may_decide_about_her_care_is_asked_to_consent_to_it(shelf: Family):
    by_name = {row.member.person.name: row for row in answers.overview(shelf.amina, reader=shelf.ruth, at=LATER)}
    assert Kind.CARE in by_name["Sara Khan"].missing
    assert Kind.CARE not in by_name["Amina Khan"].askable
    know(shelf.tom, level=Level.INFORMATION_ONLY, by=shelf.ruth, on=NOON.date(), at=NOON)
    rows = answers.overview(shelf.amina, reader=shelf.ruth, at=LATER)
    assert Kind.CARE not in next(row.askable for row in rows if row.member == shelf.tom)


@pytest.mark.requirement("A8")
def test_an_agreement_said_aloud_is_recorded_as_said_aloud_and_can_be_signed_later(shelf: Family):
    aloud = Said(answer=Answer.AGREED, manner=Manner.ALOUD, printed_name="Amina Khan", words="Okay, but no homework.")
    signing = signs(shelf.herself, Kind.THERAPY_AGREEMENT, aloud, by=shelf.ruth)
    assert (signing.manner, signing.recorded_by, signing.words) == ("aloud", shelf.ruth, "Okay, but no homework.")
    stands = how_it_stands(shelf.herself, Kind.THERAPY_AGREEMENT)
    assert stands.has_file
    assert stands.asking is not None
    signs(shelf.herself, Kind.THERAPY_AGREEMENT, at=LATER + timedelta(days=1))
    assert how_it_stands(shelf.herself, Kind.THERAPY_AGREEMENT, at=LATER + timedelta(days=2)).newest.manner == "typed"


@pytest.mark.abuse("B9", "A6")
def test_nobody_signs_in_anothers_place(shelf: Family):
    with pytest.raises(actions.NotTheirs):
        signs(shelf.tom, Kind.EXPECTATIONS, by=shelf.sara.person.account)
    with pytest.raises(actions.NotTheirs):
        signs(shelf.sara, Kind.EXPECTATIONS, by=shelf.ruth)
    with pytest.raises(actions.NotTheirs):
        signs(
            shelf.sara, Kind.EXPECTATIONS, Said(answer=Answer.AGREED, manner=Manner.ALOUD), by=shelf.sara.person.account
        )
    with pytest.raises(actions.NotTheirs):
        actions.ask([(shelf.sara, Kind.THERAPY_AGREEMENT)], by=shelf.ruth, at=NOON)
    assert not Signing.objects.exists()


def test_a_strangers_shelf_is_empty_and_a_practice_reads_its_own_papers_only(shelf: Family):
    assert answers.papers_of_family(stranger(shelf.practice), at=LATER) == []
    assert answers.overview(shelf.amina, reader=account(shelf.practice, "vera", Role.THERAPIST), at=LATER) == []
    signing = signs(shelf.sara, Kind.EXPECTATIONS)
    with pytest.raises(File.DoesNotExist):
        answers.file_for_family(shelf.tom.person.account, signing.pk, at=LATER)
    with pytest.raises(File.DoesNotExist):
        answers.file_for_clinician(account(shelf.practice, "vlad", Role.THERAPIST), signing.pk)


def test_what_was_signed_cannot_be_changed_and_goes_with_her_key(shelf: Family):
    signing = signs(shelf.sara, Kind.EXPECTATIONS)
    for rows in (Signing.objects.all(), Text.objects.all(), File.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    erase(shelf.amina.pk, practice=shelf.practice.pk)
    with pytest.raises(KeyErased):
        _ = Signing.objects.get(pk=signing.pk).shown
    with pytest.raises(KeyErased):
        _ = File.objects.get(signing=signing).content


def test_a_consent_to_share_that_does_not_say_to_whom_is_not_put_in_force(shelf: Family):
    with pytest.raises(actions.CannotBeRead):
        actions.publish(
            Kind.SHARING,
            {"en-us": ("Share", "{what} {purpose} {until}")},
            effective_on=NOON.date(),
            because="Shorter.",
            by=shelf.lead,
            at=NOON,
        )


def test_every_paper_has_somebody_who_answers_it():
    assert RULES.keys() == set(Kind.values)
    assert all(rule.parties for rule in RULES.values())
