"""The papers of the demonstration: on the shelf, asked for, answered, and some that still wait."""

from datetime import datetime, timedelta
from typing import Any

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements import consents, starting
from halfdoor.service.agreements.choices import Taken, Topic, WishSource, WishValue
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.agreements.queries.consents import shown_with
from halfdoor.service.documents import actions
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer, Kind, Manner
from halfdoor.service.documents.queries.answers import shown_in_force, text_in_force
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.demo.circles import Circle

A_WEEK = timedelta(days=7)


def on_the_shelf(lead: Account, *, at: datetime) -> None:
    """Take up the papers that come with Halfdoor."""
    actions.take_up_shipped(on=at.date(), by=lead, at=at)


def asked_and_answered(circle: Circle, *, by: Account, since: datetime) -> None:
    """
    Ask a circle's caregivers and the young person: one mother signed and waits for the therapist, the young person
    agreed aloud to the therapy agreement, and the rest still waits.
    """
    language = by.practice.language
    herself = Membership.objects.get(young_person=circle.young_person, relation=Relation.SELF)
    families = [one for one in circle.members.values() if one.relation == Relation.PARENT and one.person.account]
    asked = [(one, kind) for one in families for kind in (Kind.PARTNERSHIP, Kind.EXPECTATIONS)]
    mine = [(herself, kind) for kind in (Kind.CONFIDENTIALITY_OLDER, Kind.ASSENT)] if herself.person.account else []
    actions.ask([*asked, *mine], by=by, at=since)
    for member in families[:1]:
        account = member.person.account
        assert account is not None
        said = Said(answer=Answer.AGREED, manner=Manner.TYPED, printed_name=member.person.name)
        shown = shown_in_force(circle.young_person, Kind.PARTNERSHIP, language=language, at=since + A_WEEK)
        actions.sign(member, shown, said, by=account, at=since + A_WEEK)
    shown = shown_in_force(circle.young_person, Kind.THERAPY_AGREEMENT, language=language, at=since + A_WEEK)
    aloud = Said(answer=Answer.AGREED, manner=Manner.ALOUD, printed_name=herself.person.name, words="Okay, for now.")
    actions.sign(herself, shown, aloud, by=by, at=since + A_WEEK)


def agreed(circle: Circle, *, by: Account, since: datetime, at: datetime) -> None:
    """
    Put on record what was agreed in a circle with two parents: the limits were explained, the young person keeps one
    subject private and lets their father be told something, and the mother is asked whether he may be told more.
    """
    young_person, language = circle.young_person, by.practice.language
    herself = Membership.objects.get(young_person=young_person, relation=Relation.SELF)
    account = herself.person.account
    mother, father = (one for one in circle.members.values() if one.relation == Relation.PARENT)
    assert account is not None
    limits = text_in_force(young_person, Kind.CONFIDENTIALITY_OLDER, language=language, at=since)
    words = "And if I say something about my sister?"
    starting.explain(herself, limits, on=since.date(), taken=Taken.UNDERSTOOD, words=words, by=by, at=since)
    own: dict[str, Any] = {"source": WishSource.OWN_PAGE, "by": account, "at": since + A_WEEK}
    agreements.wish(young_person, value=WishValue.OBJECTS, topic=Topic.FRIENDS, **own)
    agreements.wish(young_person, value=WishValue.PREFERS_TOGETHER, topic=Topic.SCHOOL, about=mother, **own)
    starting.set_cadence(young_person, days=30, by=by, at=since)
    ends_on = (at + timedelta(days=90)).date()
    terms = Terms(categories=("attendance", "goals_and_plan"), purposes=("support",), ends_on=ends_on)
    shown = shown_with(herself, father, terms, language=language, at=since + 2 * A_WEEK)
    said = Said(answer=Answer.AGREED, manner=Manner.TYPED, printed_name=herself.person.name)
    consents.give(herself, father, terms, shown=shown, said=said, by=account, at=since + 2 * A_WEEK)
    more = Terms(categories=("progress", "session_summary"), purposes=("support",), ends_on=ends_on)
    consents.propose(mother, father, more, by=by, at=at - A_WEEK)
