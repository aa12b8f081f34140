"""More that can be on record about somebody, for tests of who finds it: contacts, cover, rules, legal advice."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.codes import actions as codes
from halfdoor.service.disclosures.house import actions as house
from halfdoor.service.disclosures.house import drafts
from halfdoor.service.disclosures.house.rows import Proposal
from halfdoor.service.disclosures.legal import actions as legal
from halfdoor.service.disclosures.legal.rows import Consultation
from halfdoor.service.people import covering, reaching
from halfdoor.service.people.choices import ContactKind, WhyCovered
from halfdoor.service.people.models import Contact, Cover, Membership, YoungPerson
from tests.people import NOON, account


def shared_contact(young_person: YoungPerson, member: Membership, *, by: Account) -> Contact:
    house = {"kind": ContactKind.EMAIL, "value": "house@example.org"}
    reaching.put_down(young_person.person, **house, by=by, at=NOON)
    return reaching.put_down(member.person, **house, by=by, at=NOON)


def away_later(clinician: Account, *, at: datetime = NOON) -> Cover:
    colleague = account(clinician.practice, f"covers-for-{clinician.username}", Role.THERAPIST)
    later = (NOON + timedelta(days=9)).date()
    away = covering.Absence(clinician=clinician, cover=colleague, why=WhyCovered.AWAY, starts_on=later)
    return covering.arrange(away, by=clinician, at=at)


def propose_rules(lead: Account, *, at: datetime = NOON) -> Proposal:
    kinder = drafts.text_of(house.newest(lead.practice)).replace("Ask the young person", "Do ask the young person")
    codes.wish(["aamft"], because="Two are members", by=lead, at=at)
    return house.propose(kinder, because="Kinder words", by=lead, at=at)


def ask_a_lawyer(young_person: YoungPerson, *, by: Account, at: datetime = NOON) -> Consultation:
    return legal.consult(young_person, whom="Counsel", question="May we?", by=by, at=at)
