"""Scenarios: short stories of invented families, and what is on record about them. The rules answer, not the story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.exercises import Facts
from halfdoor.service.requests.words import Channel

CLINICIANS = frozenset({Role.THERAPIST, Role.LEAD})
AND_OFFICE = CLINICIANS | {Role.OFFICE}
AND_TEAM = CLINICIANS | {Role.TEAM}
EVERYBODY = AND_OFFICE | AND_TEAM

EVERYWHERE = ("us", "england", "wales")


class Collection(StrEnum):
    """A set of scenarios that belong together."""

    FAMILIES = "families"
    OTHERS = "others"
    DANGER = "danger"


COLLECTIONS: Mapping[Collection, Promise] = {
    Collection.FAMILIES: _("Families who ask"),
    Collection.OTHERS: _("Others who ask"),
    Collection.DANGER: _("When somebody may be in danger"),
}


class NoSuchScenario(ObjectDoesNotExist):
    """There is no such scenario, or it is not for whoever asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """
    One story, what is on record, and words to choose from: the warm and right ones, some that leak, some that wall.

    ``expects`` says, by place, which answer the author wrote the words for; a test holds it against the rules. ``us``
    stands for every state that is not named. ``tells`` is what too open an answer would have told, and whom.
    """

    slug: str
    collection: Collection
    channel: Channel
    title: Promise
    story: Promise
    facts: Facts
    expects: Mapping[str, str]
    steps: tuple[str, str, str]
    right: Promise
    leaks: Promise
    walls: Promise
    tells: Promise
    roles: frozenset[Role] = EVERYBODY

    def words_of(self, which: str) -> Promise:
        """Return one of the three wordings: ``right``, ``leaks`` or ``walls``."""
        return {"right": self.right, "leaks": self.leaks, "walls": self.walls}[which]

    def place_for(self, place: str) -> str:
        """Return where the story is told for a practice in this place: there, if the author thought of it."""
        return place if self.is_told_in(place) else next(iter(self.expects))

    def is_told_in(self, place: str) -> bool:
        """Say whether the story can happen in this place."""
        return place in self.expects or (place.startswith("us-") and "us" in self.expects)

    def expected_in(self, place: str) -> str:
        """Return the answer that the author expects in a place in which the story is told."""
        return self.expects.get(place) or self.expects["us"]

    def belongs_to(self, place: str) -> bool:
        """Say whether the story counts for a practice in this place: told there, or the same everywhere."""
        return self.is_told_in(place) or self.expects.keys() >= set(EVERYWHERE)


@cache
def everything() -> tuple[Scenario, ...]:
    """Return all scenarios, set by set."""
    from halfdoor.service.training import families_ask, in_danger, others_ask, parents_ask

    return (*families_ask.SCENARIOS, *parents_ask.SCENARIOS, *others_ask.SCENARIOS, *in_danger.SCENARIOS)


def for_account(account: Account) -> tuple[Scenario, ...]:
    """Return the scenarios that fit somebody's role, those from elsewhere too."""
    return tuple(one for one in everything() if account.role in one.roles)


def set_for(account: Account, collection: Collection) -> tuple[Scenario, ...]:
    """Return the scenarios of a set that count for somebody: those of their role and their place."""
    mine = for_account(account)
    return tuple(one for one in mine if one.collection is collection and one.belongs_to(account.practice.place))


def scenario_for(account: Account, slug: str) -> Scenario:
    """
    Return one scenario to somebody whose role it fits.

    :raises NoSuchScenario: if there is none
    """
    for one in for_account(account):
        if one.slug == slug:
            return one
    raise NoSuchScenario(slug)


def the_same(answer: str, places: Sequence[str] = EVERYWHERE, **others: str) -> dict[str, str]:
    """Return one expected answer for several places; ``others`` names an answer and the places that differ."""
    differing = {place: other for other, names in others.items() for place in names.split()}
    return dict.fromkeys(places, answer) | differing
