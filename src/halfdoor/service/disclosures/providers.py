"""
Facts from rooms above this one: risk, abuse, whereabouts. A room registers who can say; the gate asks, and never
imports it.

A provider that fails closes: while it cannot be asked, its facts are those it named for that case. They are recorded
with the decision like any other, so that a closed answer can be told from a wrong one.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from halfdoor.disclosure.vocabulary import BY_NAME, Kind
from halfdoor.service.core.logs import log
from halfdoor.service.core.prepared import Question
from halfdoor.service.people.models import Membership, YoungPerson

logger = log(__name__)

Facts = Mapping[str, str]
"""Facts of the contract by the last part of their path."""

About = Callable[[Membership | None, str, str], Facts]
"""Answers for one recipient (none: somebody outside the circle), category and topic, without the database."""

Load = Callable[[YoungPerson, datetime], About]
"""Reads once what a provider knows about a young person at a moment."""

Asks = Callable[[YoungPerson, datetime], Question]
"""Returns what a provider will ask the database about a young person at a moment."""

LoadMany = Callable[[Sequence[YoungPerson], datetime], Mapping[UUID, About]]
"""Reads once what a provider knows about several young people of one practice, by their id."""

SAYABLE = frozenset(
    {name for name, fact in BY_NAME.items() if fact.path.startswith(("circumstances.", "information."))} - {"category"}
) | {"acting_for", "suspected_of_harm"}
"""What is not the circle's own record, so that another room can know it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who says some facts, and what holds while they cannot be asked."""

    name: str
    load: Load
    closed: Facts
    many: LoadMany | None
    asks: Asks | None


_registered: dict[str, Provider] = {}


def register(name: str, load: Load, *, closed: Facts, many: LoadMany | None = None, asks: Asks | None = None) -> None:
    """
    Let a room say facts. ``closed`` names each fact it may say, with the value that holds when it fails; ``many`` reads
    for several young people at once what ``load`` reads for one, and asks nothing but ``asks`` for that.

    :raises ValueError: for a name taken, a fact that is not a provider's to say, or a closing value that could open
    """
    if name in _registered:
        raise ValueError(f"a fact provider called {name} is registered already; give this one another name")
    for fact, value in closed.items():
        _check(fact, value)
    _registered[name] = Provider(name, load, MappingProxyType(dict(closed)), many, asks)


def forget(name: str) -> None:
    """Take a provider away again."""
    _registered.pop(name, None)


def consult(young_person: YoungPerson, *, at: datetime) -> tuple[About, ...]:
    """Ask every provider about a young person at a moment. What comes back never raises."""
    return tuple(_safely(provider, young_person, at) for provider in _registered.values())


def consult_about(young_people: Sequence[YoungPerson], *, at: datetime) -> dict[UUID, tuple[About, ...]]:
    """Ask every provider about several young people at once. What comes back never raises."""
    said = [_of_many(provider, young_people, at) for provider in _registered.values()]
    return {one.pk: tuple(abouts[one.pk] for abouts in said) for one in young_people}


def questions_of(young_person: YoungPerson, *, at: datetime) -> list[Question]:
    """
    Return what providers will ask about a young person, to be asked ahead with what else is read: in a transaction
    nothing, as what fails there has to fail alone.
    """
    if transaction.get_connection().in_atomic_block:
        return []
    return [provider.asks(young_person, at) for provider in _registered.values() if provider.asks]


def _of_many(provider: Provider, young_people: Sequence[YoungPerson], at: datetime) -> Mapping[UUID, About]:
    many = provider.many
    if many is None:
        return {one.pk: _safely(provider, one, at) for one in young_people}
    try:
        with _apart():
            found = many(young_people, at)
            return {one.pk: _saying(provider, found[one.pk]) for one in young_people}
    except Exception as error:
        logger.error("a fact provider failed", task=provider.name, error=type(error).__name__)
        return {one.pk: lambda member, category, topic: provider.closed for one in young_people}


def _safely(provider: Provider, young_person: YoungPerson, at: datetime) -> About:
    """Return a provider's answers, or its closing ones wherever it fails or says what it did not name."""
    try:
        with _apart():
            about = provider.load(young_person, at)
    except Exception as error:
        logger.error("a fact provider failed", task=provider.name, error=type(error).__name__)
        return lambda member, category, topic: provider.closed
    return _saying(provider, about)


def _saying(provider: Provider, about: About) -> About:
    """Return the same answers, or the closing ones where it fails when it is asked, or says what it did not name."""

    def safe(member: Membership | None, category: str, topic: str) -> Facts:
        try:
            said = about(member, category, topic)
            if all(said[name] in BY_NAME[name].values and name in provider.closed for name in said):
                return said
            logger.error("a fact provider said what it may not", task=provider.name)
        except Exception as error:
            logger.error("a fact provider failed", task=provider.name, error=type(error).__name__)
        return provider.closed

    return safe


def _apart() -> AbstractContextManager[object]:
    """Let what fails in the database fail alone, and not take the gate's own transaction with it."""
    return transaction.atomic() if transaction.get_connection().in_atomic_block else nullcontext()


def _check(name: str, value: str) -> None:
    if name not in SAYABLE:
        raise ValueError(f"{name} is not a fact that another room may say; allowed are {', '.join(sorted(SAYABLE))}")
    fact = BY_NAME[name]
    closing = ("yes", "unknown") if fact.kind is Kind.MARK else (fact.default, "unknown")
    if value not in fact.values or value not in closing:
        raise ValueError(f"{name} = {value} could open while nobody can be asked; allowed is one of {closing}")
