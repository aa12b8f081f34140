"""
How somebody can be reached, and whether a contact is really theirs.

A young person's way in must not hang on the mailbox or the telephone of somebody who brings them up. Two contacts that
lead to the same place are the same, however they are written; whether such a one may be used, a person decides.
"""

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import queries
from halfdoor.service.people.choices import ContactKind, SharedContactOutcome
from halfdoor.service.people.models import (
    Contact,
    ContactDecision,
    ContactEnding,
    Membership,
    Person,
    YoungPerson,
)

_PLUS_ONE = "1"
_COUNTRY = {"england": "44", "wales": "44"}
_FEWEST, _MOST = 7, 15
_ONE_MAILBOX = {"googlemail.com": "gmail.com"}
_DOTS_DO_NOT_COUNT = frozenset({"gmail.com"})
_TAGS = "+"
_NOT_IN_A_NAME = frozenset('@,;:<>()[]"\\')
"""What would make two addresses of one, or none."""


class NoSuchContact(ValueError):
    """What was typed is no address or number; the message says what is missing."""


def normal(kind: ContactKind, value: str, *, place: str) -> str:
    """
    Return where a contact really leads, in one way of writing: without tags, dots that do not count, and case.

    :raises NoSuchContact: if it leads nowhere
    """
    plain = unicodedata.normalize("NFKC", value).strip()
    match kind:
        case ContactKind.EMAIL:
            return _mailbox(plain)
        case ContactKind.TELEPHONE:
            return _number(plain, country=_COUNTRY.get(place, _PLUS_ONE))
        case ContactKind.POST:
            return "".join(letter for letter in plain.casefold() if letter.isalnum())


@transaction.atomic
def put_down(person: Person, *, kind: ContactKind, value: str, by: Account, at: datetime) -> Contact:
    """
    Put down how somebody can be reached. If somebody else can be reached there too, it is not used until a person has
    decided.

    :raises NoSuchContact: if it leads nowhere
    """
    practice = by.practice
    leads_to = normal(kind, value, place=practice.place)
    young = YoungPerson.objects.filter(practice=practice, person=person).values_list("pk", flat=True).first()
    contact = Contact(
        practice=practice,
        person=person,
        kind=kind,
        key_of=young or person.pk,
        digest=_digest(practice.pk, kind, leads_to),
        recorded_at=at,
        recorded_by=by,
    )
    contact.value = value.strip()
    contact.save(force_insert=True)
    chain.append(practice, _body("contact_put_down", contact, by), at=at)
    return contact


@transaction.atomic
def put_away(contact: Contact, *, by: Account, at: datetime) -> ContactEnding:
    """Stop using a contact."""
    ending = ContactEnding.objects.create(practice=contact.practice, contact=contact, ended_at=at, recorded_by=by)
    chain.append(by.practice, _body("contact_put_away", contact, by), at=at)
    return ending


@transaction.atomic
def decide(
    contact: Contact, *, outcome: SharedContactOutcome, because: str, by: Account, at: datetime
) -> ContactDecision:
    """Say whether a contact that somebody else uses too may be used, and why."""
    decision = ContactDecision(
        practice=contact.practice, contact=contact, outcome=outcome, decided_at=at, decided_by=by
    )
    decision.because = because
    decision.save(force_insert=True)
    chain.append(by.practice, _body("contact_decided", contact, by) | {"outcome": str(outcome)}, at=at)
    return decision


def ways_to_reach(person: Person, *, reader: Account) -> QuerySet[Contact]:
    """Return how somebody can be reached, to whoever keeps a circle they are in."""
    kept = queries.kept_by(reader).values("pk")
    places = Membership.objects.filter(practice=reader.practice_id, person=person, young_person__in=kept)
    rows = Contact.objects.filter(Exists(places), practice=reader.practice_id, person=person).looked_at()
    return rows.select_related("person")


def with_sign_ins(looked_at: Iterable[Contact], *, practice: Practice) -> list[Contact]:
    """Return contacts looked at, those shared too that lead to the address with which somebody else signs in."""
    found = list(looked_at)
    if not any(one.kind == ContactKind.EMAIL and not one.is_shared for one in found):
        return found  # those that two people use wait for somebody anyway
    accounts = Account.objects.filter(practice=practice, is_active=True).exclude(email="")
    signs_in: dict[str, set[UUID]] = {}
    for account, email in accounts.values_list("pk", "email"):
        with suppress(NoSuchContact):
            leads_to = normal(ContactKind.EMAIL, email, place=practice.place)
            signs_in.setdefault(_digest(practice.pk, ContactKind.EMAIL, leads_to), set()).add(account)
    for one in found:
        others = signs_in.get(one.digest, set()) - {one.person.account_id}
        one.is_shared = one.is_shared or (one.kind == ContactKind.EMAIL and bool(others))
    return found


def usable(person: Person, *, kind: ContactKind, reader: Account) -> list[Contact]:
    """Return the contacts of a kind that lead to this person alone, or that somebody decided may be used."""
    rows = ways_to_reach(person, reader=reader).filter(kind=kind)
    return [one for one in with_sign_ins(rows, practice=reader.practice) if not is_held(one)]


def mailbox_of(account: Account) -> str:
    """Return the e-mail address at which somebody is reached alone, the newest; nothing where there is none."""
    rows = Contact.objects.filter(practice=account.practice_id, person__account=account, kind=ContactKind.EMAIL)
    looked_at = rows.looked_at().select_related("person").order_by("-recorded_at", "-id")
    free = [one for one in with_sign_ins(looked_at, practice=account.practice) if not is_held(one)]
    return free[0].value if free else ""


def held_for(clinician: Account) -> list[Contact]:
    """Return contacts of people in the clinician's circles that wait for somebody to decide, the oldest first."""
    near = _NEAR.rows(Contact, clinician.practice_id, clinician.pk)
    looked_at = with_sign_ins(near, practice=clinician.practice)
    return [contact for contact in looked_at if contact.is_shared and not contact.decided]


def _near(practice: UUID, clinician: UUID) -> QuerySet[Contact]:
    mine = queries.young_people_of(known_by_ids(practice, clinician)).values("pk")
    near = Membership.objects.current().filter(
        practice=OuterRef("practice"), person=OuterRef("person"), young_person__in=mine
    )
    rows = Contact.objects.filter(Exists(near), practice=practice).looked_at()
    return rows.select_related("person").order_by("recorded_at", "id")


_NEAR = Prepared(_near, UUID, UUID)


def held_contact(clinician: Account, contact_id: UUID) -> Contact:
    """
    Return one that waits.

    :raises Contact.DoesNotExist: if it does not, or is nobody's in this clinician's circles
    """
    for contact in held_for(clinician):
        if contact.pk == contact_id:
            return contact
    raise Contact.DoesNotExist


def is_held(contact: Contact) -> bool:
    """Whether a contact is not used: somebody else has it too, and nobody said that it may be used all the same."""
    return contact.is_shared and contact.decided != SharedContactOutcome.ALLOWED


def _mailbox(plain: str) -> str:
    local, _at, domain = plain.casefold().rpartition("@")
    domain = domain.rstrip(".")
    try:
        domain = domain.encode("idna").decode()
        validate_email(f"x@{domain}")
    except (UnicodeError, ValidationError):
        raise NoSuchContact(
            _("This is no e-mail address: after the @ stands a domain, as in name@example.org.")
        ) from None
    domain = _ONE_MAILBOX.get(domain, domain)
    local = local.partition(_TAGS)[0]
    local = local.replace(".", "") if domain in _DOTS_DO_NOT_COUNT else local
    if not local or any(letter.isspace() or letter in _NOT_IN_A_NAME or ord(letter) < ord(" ") for letter in local):
        raise NoSuchContact(_("This is no e-mail address: before the @ stands a name, without spaces."))
    return f"{local}@{domain}"


def _number(plain: str, *, country: str) -> str:
    """Return a number as it is dialed from abroad: digits alone, the country first."""
    said = plain.casefold().partition("x")[0].replace("(0)", "")
    digits = "".join(str(unicodedata.digit(letter)) for letter in said if letter.isdigit())
    if said.lstrip().startswith("+"):
        dialed = digits
    elif digits.startswith("00"):
        dialed = digits[2:]
    elif country == _PLUS_ONE and len(digits) == len("12125550100") and digits.startswith(_PLUS_ONE):
        dialed = digits
    else:
        dialed = country + digits.removeprefix("0")
    if not _FEWEST <= len(dialed) <= _MOST:
        raise NoSuchContact(_("This is no telephone number: write all its digits, with the country if it is abroad."))
    return dialed


def _digest(practice: UUID, kind: ContactKind, leads_to: str) -> str:
    return salted_hmac("people.contacts", f"{practice}\n{kind}\n{leads_to}", algorithm="sha256").hexdigest()


def _body(kind: str, contact: Contact, by: Account) -> dict[str, object]:
    return {"kind": f"people.{kind}", "contact": str(contact.pk), "person": str(contact.person_id), "by": str(by.pk)}
