"""The papers of the demonstration: on the shelf, asked for, answered, and some that still wait."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.documents import actions
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer, Kind, Manner
from halfdoor.service.documents.queries.answers import shown_in_force
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
