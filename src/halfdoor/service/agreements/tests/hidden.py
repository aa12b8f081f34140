"""Addresses of papers and agreements that take a key, with keys of what is hidden, for `test_hidden_and_absent`."""

from collections.abc import Iterator
from typing import Any


def of_young_person(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk]


def of_member(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.member.pk]


def of_asking(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield from ([asking.pk] for asking in there.askings)


def of_signing(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield from ([signing.pk] for signing in there.signings)


def of_consent(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.consent.pk]


def of_proposal(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.asked_consent.pk]


def of_record(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield [there.young_person.pk, there.member.pk, "expectations"]
    if asker.own:
        yield [asker.own.pk, there.member.pk, "expectations"]


def of_paper(asker: Any, there: Any) -> Iterator[list[Any]]:
    yield ["nothing"]


HIDDEN = {
    "agreements:agreements": ("staff", of_young_person),
    "agreements:propose": ("staff", of_young_person),
    "agreements:explain": ("staff", of_young_person),
    "agreements:consent": ("staff", of_consent),
    "agreements:family_proposal": ("family", of_proposal),
    "agreements:family_consent": ("family", of_consent),
    "agreements:my_proposal": ("me", of_proposal),
    "agreements:my_consent": ("me", of_consent),
    "agreements:my_give": ("me", of_member),
    "agreements:my_wishes_for": ("me", of_member),
    "documents:paper": ("staff", of_paper),
    "documents:edit": ("staff", of_paper),
    "documents:papers": ("staff", of_young_person),
    "documents:record": ("staff", of_record),
    "documents:signed": ("staff", of_signing),
    "documents:file": ("staff", of_signing),
    "documents:family_paper": ("family", of_asking),
    "documents:family_file": ("family", of_signing),
    "documents:my_paper": ("me", of_asking),
    "documents:my_file": ("me", of_signing),
}
