"""
What one may not see and what does not exist: the same page, the same headers, the same number of queries.

Every address that takes a key is in the table below, with keys of what is there and hidden from whoever asks. A test
fails when an address is added and not put here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements.models import Authorization
from halfdoor.service.agreements.models import Proposal as AskedConsent
from halfdoor.service.agreements.tests import hidden as agreed
from halfdoor.service.disclosures.codes.rows import CodesWish
from halfdoor.service.disclosures.models import Consultation, Line, Proposal
from halfdoor.service.disclosures.tests import hidden as disclosures
from halfdoor.service.documents.models import Asking, Signing
from halfdoor.service.notes.tests import hidden as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people import queries
from halfdoor.service.people.choices import Answer, Level, Relation, Setting
from halfdoor.service.people.models import Contact, CourtLimit, Cover, EpisodeTerms, Membership, YoungPerson
from halfdoor.service.people.tests import hidden as circles
from halfdoor.service.records.tests import hidden as records
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests import departing
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import Departure, FamilyRequest, Offer, Question
from halfdoor.service.requests.words import Channel, Way
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind
from halfdoor.service.safeguarding.models import Incident
from halfdoor.service.training.models import Completion
from tests.doors import signed_in, with_a_key
from tests.elsewhere import ask_a_lawyer, away_later, propose_rules, shared_contact
from tests.papers import answered_papers, given_consent
from tests.people import EARLIER, NOON, Family, Home, a_court_limits, account, know, takes_part

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
AN_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Elsewhere:
    """What one person put on record about one young person: hidden from everybody who is not in that circle."""

    young_person: YoungPerson
    member: Membership
    request: FamilyRequest
    question: Question
    limit: CourtLimit
    contact: Contact
    cover: Cover
    incident: Incident
    completion: Completion
    askings: list[Asking]
    signings: list[Signing]
    consultation: Consultation
    consent: Authorization
    asked_consent: AskedConsent
    line: Line
    offer: Offer
    departure: Departure


@dataclass(frozen=True)
class Asker:
    """Somebody who opens addresses, and what is hidden from them: in their own practice, and in another."""

    account: Account
    own: YoungPerson | None
    hidden: tuple[Elsewhere, ...]


def told_about(young_person: YoungPerson, member: Membership, *, by: Account) -> Elsewhere:
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="I am worried.", sure=Way.CALLED_BACK)
    request = requests.receive(young_person, asked, asked_by=member, by=by, at=NOON)
    question = requests.ask_young_person(request, words="You decide.", by=by, at=NOON)
    look_again_on = (NOON + timedelta(days=4)).date()
    told = Told(look_again_on=look_again_on, alternatives=("family_session",))
    requests.keep_closed(request, told, by=by, at=NOON)
    decided = {"disposition": "may_share", "reasons": [{"rule": "some-rule"}]}
    departure = departing.depart(request, decided, "withhold", reasons="Too soon.", by=by, at=NOON)
    noticed = Noticed(Kind.OVERHEARD, "The door was open.", happened_on=NOON.date(), known_at=NOON)
    incident = safeguarding.report(young_person, noticed, by=by, at=NOON)
    limit, papers = a_court_limits(member, by=by), answered_papers(member, by=by)
    done = {"collection": "danger", "decided": {}, "packs": {}, "completed_at": NOON}
    completion = Completion.objects.create(practice=by.practice, account=by, **done)
    line = Line.objects.filter(young_person=young_person, membership=member).earliest("at", "id")
    kept = shared_contact(young_person, member, by=by), away_later(by)
    consultation = ask_a_lawyer(young_person, by=by)
    told_of = (request, question, limit, *kept, incident, completion, *papers, consultation)
    offer = Offer.objects.get(request=request)
    return Elsewhere(young_person, member, *told_of, *given_consent(member, by=by), line, offer, departure)


@pytest.fixture
def others(family: Family, home: Home) -> tuple[Elsewhere, Elsewhere]:
    """Mila, whom Vera sees in Ruth's own practice, and Leo in another practice."""
    vera = account(family.practice, "vera", Role.THERAPIST)
    mila = people.admit(
        "Mila Voss",
        born_on=family.amina.born_on,
        account=account(family.practice, "mila", Role.YOUNG_PERSON),
        by=vera,
        at=EARLIER,
    )
    terms = EpisodeTerms(legal_basis="parent_consent")
    people.begin_episode(mila, setting=Setting.OUTPATIENT, started_on=EARLIER.date(), terms=terms, by=vera, at=EARLIER)
    mother = people.introduce("Jana Voss", account=account(family.practice, "jana", Role.CAREGIVER), by=vera)
    since = {"since_on": EARLIER.date(), "by": vera, "at": EARLIER}
    jana = people.add_to_circle(mila, person=mother, relation=Relation.PARENT, **since)
    know(jana, level=Level.SHARED, by=vera)
    takes_part(jana, involved=Answer.YES, by=vera)
    people.add_to_circle(
        mila, person=people.introduce("Vera Lind", account=vera, by=vera), relation=Relation.THERAPIST, **since
    )
    propose_rules(account(home.practice, "gwen", Role.LEAD))
    return told_about(mila, jana, by=vera), told_about(home.leo, home.priya, by=home.therapist)


@pytest.fixture
def askers(family: Family, others: tuple[Elsewhere, Elsewhere]) -> dict[str, list[Asker]]:
    """Whoever signs in behind each door: with a circle of their own, with none, and one who leads the practice."""
    amina = told_about(family.amina, family.tom, by=family.ruth)
    nobody = {role: account(family.practice, f"no-{role}", role) for role in Role}
    clinicians = [
        Asker(family.ruth, family.amina, others),
        Asker(nobody[Role.THERAPIST], None, (amina,)),
        Asker(nobody[Role.LEAD], None, (amina, others[1])),
    ]
    return {
        "staff": clinicians,
        "family": [
            Asker(family.tom.person.account, None, others),
            Asker(family.sara.person.account, None, (amina,)),
            Asker(nobody[Role.CAREGIVER], None, (amina,)),
        ],
        "me": [
            Asker(family.amina.person.account, family.amina, others),
            Asker(nobody[Role.YOUNG_PERSON], None, (amina,)),
        ],
    }


Keys = Callable[[Asker, Elsewhere], Iterator[list[Any]]]


def keyed(*keys: Callable[[Elsewhere], Any]) -> Keys:
    """Return the keys of an address, each read from what is hidden."""

    def of(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
        yield [key(there) for key in keys]

    return of


of_young_person = keyed(lambda there: there.young_person.pk)
of_request = keyed(lambda there: there.request.pk)
of_member = keyed(lambda there: there.member.pk)
of_question = keyed(lambda there: there.question.pk)
of_shared_contact = keyed(lambda there: there.contact.pk)
of_consultation = keyed(lambda there: there.consultation.pk)
of_row_of_request = keyed(lambda there: there.request.pk, lambda there: there.offer.pk)
of_side_of_request = keyed(lambda there: there.request.pk, lambda there: there.offer.pk, lambda there: "family")
of_word_of_request = keyed(lambda there: there.request.pk, lambda there: "family_session")
of_incident, of_completion = keyed(lambda there: there.incident.pk), keyed(lambda there: there.completion.pk)
of_offer, of_departure = keyed(lambda there: there.offer.pk), keyed(lambda there: there.departure.pk)


def of_line(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    for about in filter(None, (there.young_person, asker.own)):
        yield [about.pk, there.line.pk]


def of_cell(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    yield [there.young_person.pk, there.member.pk, "progress"]
    if asker.own:
        yield [asker.own.pk, there.member.pk, "progress"]


def of_fact(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    yield [there.young_person.pk, "competenceassessment"]


def of_event(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    yield [there.young_person.pk, "adoption"]


def of_place(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    yield [there.young_person.pk, there.member.pk]
    if asker.own:
        yield [asker.own.pk, there.member.pk]


def of_place_and_fact(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    yield from ([*keys, "courtlimit"] for keys in of_place(asker, there))


def of_contact(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    yield from ([*keys, there.contact.pk] for keys in of_place(asker, there))


def of_cover(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    if not leads(asker, there):
        yield [there.cover.pk]


def of_limit(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
    if not leads(asker, there):
        yield [there.limit.pk]


def leads(asker: Asker, there: Elsewhere) -> bool:
    """Whether somebody is a lead of this practice, who reads its orders and its covers."""
    return asker.account.role == Role.LEAD and asker.account.practice_id == there.young_person.practice_id


def of_the_practice(model: Any, field: str = "pk") -> Keys:
    """Rules and codes are a whole practice's: those of another are hidden."""

    def keys(asker: Asker, there: Elsewhere) -> Iterator[list[Any]]:
        if there.young_person.practice_id != asker.account.practice_id:
            yield [getattr(model.objects.get(practice=there.young_person.practice_id), field)]

    return keys


HIDDEN: dict[str, tuple[str, Keys]] = {
    **agreed.HIDDEN | notes.HIDDEN | circles.HIDDEN | records.HIDDEN | disclosures.HIDDEN,
    "requests:asking": ("staff", of_young_person),
    "requests:outlook": ("staff", of_young_person),
    "requests:request": ("staff", of_request),
    "requests:facts": ("staff", of_request),
    "requests:ask": ("staff", of_request),
    "requests:answer": ("staff", of_request),
    "requests:follow_up": ("staff", of_request),
    "requests:keep_asking": ("staff", of_young_person),
    "requests:keep": ("staff", of_word_of_request),
    "requests:identity": ("staff", of_request),
    "requests:conversation": ("staff", of_request),
    "requests:leave_out": ("staff", of_request),
    "requests:wishes": ("staff", of_request),
    "requests:talk": ("staff", of_request),
    "requests:weigh": ("staff", of_request),
    "requests:longer": ("staff", of_request),
    "requests:read": ("staff", of_row_of_request),
    "requests:offer": ("staff", of_row_of_request),
    "requests:explain": ("staff", of_side_of_request),
    "requests:letter": ("staff", of_request),
    "requests:departure": ("staff", of_departure),
    "requests:family_letter": ("family", of_request),
    "requests:family_offer": ("family", of_word_of_request),
    "requests:family_review": ("family", of_request),
    "requests:family_how_it_was": ("family", of_request),
    "requests:my_meeting": ("me", of_offer),
    "requests:my_how_it_was": ("me", of_request),
    "requests:family_ask": ("family", of_member),
    "requests:family_request": ("family", of_request),
    "requests:my_question": ("me", of_question),
    "safeguarding:incident": ("staff", of_incident),
    "safeguarding:assess": ("staff", of_incident),
    "safeguarding:step": ("staff", of_incident),
    "safeguarding:report": ("staff", of_young_person),
    "training:certificate": ("staff", of_completion),
    "engagement:offer": ("staff", of_young_person),
    "rules:advice": ("staff", of_young_person),
    "rules:answer": ("staff", of_consultation),
    "rules:proposal": ("staff", of_the_practice(Proposal)),
    "rules:decide": ("staff", of_the_practice(Proposal)),
    "rules:settle_codes": ("staff", of_the_practice(CodesWish)),
    "rules:version": ("staff", of_the_practice(Proposal, "version_id")),
    "rules:download": ("staff", of_the_practice(Proposal, "version_id")),
    "portals:young_person": ("staff", of_young_person),
    "portals:map": ("staff", of_young_person),
    "portals:cell": ("staff", of_cell),
    "portals:map_sheet": ("staff", of_young_person),
    "portals:telling": ("staff", of_young_person),
    "disclosures:line": ("staff", of_line),
    "disclosures:hold": ("staff", of_line),
    "disclosures:family_account": ("family", of_member),
    "disclosures:family_pdf": ("family", of_member),
    "disclosures:family_csv": ("family", of_member),
    "portals:person": ("me", of_member),
    "portals:child": ("family", of_member),
    "people:about": ("staff", of_fact),
    "people:event": ("staff", of_event),
    "people:member": ("staff", of_place),
    "people:record": ("staff", of_place_and_fact),
    "people:part": ("staff", of_place),
    "people:leaves": ("staff", of_place),
    "people:court_limit": ("staff", of_limit),
    "people:ways": ("staff", of_place),
    "people:put_away": ("staff", of_contact),
    "people:shared_contact": ("staff", of_shared_contact),
    "people:end_cover": ("staff", of_cover),
    "portals:birthday": ("staff", of_young_person),
}
TESTED_BELOW = {"demo_sign_in"}
TESTED_ELSEWHERE = {"portals:shift_of", "safeguarding:report_from_shift"}  # teams alone: safeguarding/tests
THE_SAME_FOR_EVERYBODY = {"training:exercise", "training:answered"} | {
    f"engagement:{piece}" for piece in ("piece", "family_piece", "my_piece")
}


def absent(keys: list[Any], asker: Asker) -> list[Any]:
    """Return the same keys, with those of nothing where they are of something hidden."""
    own = asker.own.pk if asker.own else None
    return [uuid4() if isinstance(key, UUID) and key != own else key for key in keys]


def seen(client: Client, method: str, address: str) -> tuple[object, ...]:
    """Return everything that whoever asks can tell of an answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as asked:
        page = getattr(client, method)(address, {"who": "stranger", "category": "progress", "words": "x"})
    body = AN_ID.sub(b"ID", TOKEN.sub(rb"\1", page.content))
    cookies = sorted(page.cookies)
    headers = sorted((name, value) for name, value in page.items() if "nonce" not in value)
    return page.status_code, body, headers, cookies, len(asked)


def test_every_address_with_a_key_is_looked_at() -> None:
    assert (
        set(with_a_key(get_resolver().url_patterns))
        == HIDDEN.keys() | TESTED_BELOW | TESTED_ELSEWHERE | THE_SAME_FOR_EVERYBODY
    )


BATCHES = [list(HIDDEN)[start::2] for start in range(2)]  # one for each core: the people they need take a second


@pytest.mark.abuse("C1")
@pytest.mark.parametrize("names", BATCHES, ids=lambda names: names[0])
def test_hidden_and_absent_are_the_same(
    names: list[str], askers: dict[str, list[Asker]], subtests: pytest.Subtests
) -> None:
    with time_machine.travel(NOON, tick=False):
        for space in askers:
            for asker in askers[space][: 1 if connection.vendor == "postgresql" else None]:  # whom its wall shuts out
                client = signed_in(asker.account)
                client.get(f"/{space}/nothing-here/")
                for name in (name for name in names if HIDDEN[name][0] == space):
                    with subtests.test(name, asker=asker.account.username):
                        compare_with_nothing(name, asker, client)


def compare_with_nothing(name: str, asker: Asker, client: Client) -> None:
    """Compare what one person gets for each hidden key of an address with what they get for a key of nothing."""
    keys_of, of_nothing = HIDDEN[name][1], dict[Any, Any]()
    for there in asker.hidden:
        for keys in keys_of(asker, there):
            gone = absent(keys, asker)
            for method in ("get", "post"):
                hidden = seen(client, method, reverse(name, args=keys))
                like = method, tuple(here == nowhere for here, nowhere in zip(keys, gone, strict=True))
                if like not in of_nothing:
                    of_nothing[like] = seen(client, method, reverse(name, args=gone))
                assert hidden == of_nothing[like], (there.young_person.name, method)
                assert hidden[0] in (404, 405)


def test_somebody_real_and_nobody_are_the_same_at_the_doors_of_the_demo(family: Family, settings: Any) -> None:
    settings.HALFDOOR_DEMO = True
    client = Client()
    there, nowhere = (reverse("demo_sign_in", args=[key]) for key in (family.ruth.pk, uuid4()))
    client.post(nowhere)
    assert seen(client, "post", there) == seen(client, "post", nowhere)


def test_one_query_more_for_what_is_hidden_is_caught(
    family: Family, others: tuple[Elsewhere, Elsewhere], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_first_and_ask_then(clinician: Account, young_person_id: UUID) -> YoungPerson:
        found = YoungPerson.objects.get(pk=young_person_id)
        return queries.young_people_of(clinician).get(pk=found.pk)

    client = signed_in(family.ruth)
    hidden, nothing = (reverse("portals:young_person", args=[key]) for key in (others[0].young_person.pk, uuid4()))
    assert seen(client, "get", hidden) == seen(client, "get", nothing)
    monkeypatch.setattr(queries, "young_person_of", look_first_and_ask_then)
    assert seen(client, "get", hidden) != seen(client, "get", nothing)
