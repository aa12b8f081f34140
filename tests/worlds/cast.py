"""
Who lives in both worlds: Amina's family and Leo's home from the usual cast, and in each practice one circle more.

Everybody here stands in both worlds. What happened lately between them is in ``visible``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Level, Relation, Setting
from halfdoor.service.people.models import Episode, EpisodeTerms, Membership, YoungPerson
from tests.people import EARLIER, account, amina_and_her_family, know, leo_and_his_home, takes_part


@dataclass(frozen=True, slots=True)
class Circle:
    """
    One circle of care: the young person, their therapist, and the adults around them by first name. Of one who is
    ``quiet`` nothing is heard lately, so that what is hidden about them does not change what happens.
    """

    young_person: YoungPerson
    episode: Episode
    herself: Membership
    therapist: Account
    stands_in: Account
    adults: Mapping[str, Membership]
    quiet: str = ""

    @property
    def practice(self) -> Practice:
        return self.young_person.practice

    def account_of(self, name: str) -> Account:
        """Return the account with which one of the adults signs in."""
        found = self.adults[name].person.account
        assert found is not None, f"{name} signs in"
        return found


@dataclass(frozen=True, slots=True)
class Cast:
    """The two practices: in each a circle that viewers belong to, and one that is none of their business."""

    amina: Circle
    mila: Circle
    leo: Circle
    kit: Circle
    lead: Account
    office: Account
    head: Account

    def circle_of(self, name: str) -> Circle:
        """Return a circle by the name of its young person."""
        found: Circle = getattr(self, name)
        return found


def everybody() -> Cast:
    """Put both practices on record, as they were two months ago."""
    family, home = amina_and_her_family(), leo_and_his_home()
    teacher = _joins(family.amina, "Ines Cole", Relation.EDUCATOR, None, by=family.ruth)
    amina = Circle(
        family.amina,
        family.episode,
        family.herself,
        family.ruth,
        _stands_in_for(family.ruth),
        {"tom": family.tom, "sara": family.sara, "ines": teacher},
    )
    around = {"dan": home.dan, "priya": home.priya}
    leo = Circle(home.leo, home.episode, home.himself, home.therapist, _stands_in_for(home.therapist), around)
    kerry = _joins(home.leo, "Kerry Marsh", Relation.PARENT, ("kerry", Role.CAREGIVER), by=home.therapist)
    around["kerry"] = kerry
    return Cast(
        amina=amina,
        mila=_another("Mila Voss", "Jana Voss", "Vera Lind", Relation.PARENT, Role.CAREGIVER, like=amina),
        leo=leo,
        kit=_another("Kit Hale", "Mo Dean", "Gwyn Rees", Relation.RESIDENTIAL_CARER, Role.TEAM, like=leo),
        lead=family.lead,
        office=account(family.practice, "olive", Role.OFFICE),
        head=account(home.practice, "hana", Role.LEAD),
    )


def _another(name: str, adult: str, therapist: str, relation: Relation, role: Role, *, like: Circle) -> Circle:
    """Put another young person of a practice on record, with one adult and a therapist of their own."""
    sees = account(like.practice, therapist.split()[0].lower(), Role.THERAPIST)
    first = name.split()[0].lower()
    young = people.admit(
        name,
        born_on=like.young_person.born_on,
        account=account(like.practice, first, Role.YOUNG_PERSON),
        by=sees,
        at=EARLIER,
    )
    terms = EpisodeTerms(legal_basis="parent_consent")
    setting, began = Setting(like.episode.setting), EARLIER.date()
    episode = people.begin_episode(young, setting=setting, started_on=began, terms=terms, by=sees, at=EARLIER)
    signs_in = adult.split()[0].lower()
    member = _joins(young, adult, relation, (signs_in, role), by=sees)
    person = people.introduce(therapist, account=sees, by=sees)
    people.add_to_circle(young, person=person, relation=Relation.THERAPIST, since_on=began, by=sees, at=EARLIER)
    herself = Membership.objects.get(young_person=young, relation=Relation.SELF)
    return Circle(young, episode, herself, sees, _stands_in_for(sees), {signs_in: member})


def _stands_in_for(therapist: Account) -> Account:
    """Return a colleague who covers for a therapist: in both worlds, as whoever works here knows who else does."""
    return account(therapist.practice, f"{therapist.username}-away", Role.THERAPIST)


def _joins(
    young_person: YoungPerson, name: str, relation: Relation, signs_in: tuple[str, Role] | None, *, by: Account
) -> Membership:
    where, since = young_person.practice, date(2021, 3, 1)
    person = people.introduce(name, account=account(where, *signs_in) if signs_in else None, by=by)
    member = people.add_to_circle(young_person, person=person, relation=relation, since_on=since, by=by, at=EARLIER)
    know(member, level=Level.SHARED if relation == Relation.PARENT else Level.NONE, by=by)
    takes_part(member, involved="yes", needs="yes", by=by)
    return member
