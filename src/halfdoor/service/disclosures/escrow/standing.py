"""Who has standing in escrow: about whom a lead may ask, whose notes, and who can be the second officer. Said once."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.escrow.rows import Escrow
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Episode, EpisodeEnding, Membership, YoungPerson

CLINICIANS = frozenset({Role.LEAD, Role.THERAPIST})


def whom(lead: Account, *, at: datetime) -> QuerySet[YoungPerson]:
    """Return about whom a lead can ask: their own young people, and those whose care has ended."""
    if lead.role != Role.LEAD or not lead.is_active:
        return YoungPerson.objects.none()
    today = day_in(lead.practice, at=at)
    ended = EpisodeEnding.objects.filter(practice=OuterRef("practice"), episode=OuterRef("pk"), ended_on__lte=today)
    episodes = Episode.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))
    is_over = Q(Exists(episodes)) & ~Q(Exists(episodes.exclude(Exists(ended))))
    own = Q(pk__in=people.young_people_of(lead).order_by().values("pk"))
    return YoungPerson.objects.filter(own | is_over, practice=lead.practice_id).select_related("person", "practice")


def authors_about(young_person: YoungPerson, *, reader: Account) -> QuerySet[Account]:
    """Return to a lead who has had a clinician's place in a circle, and so may have written; also who has left."""
    places = Membership.objects.filter(
        practice=young_person.practice_id, young_person=young_person, relation__in=people.CLINICIANS
    )
    accounts = Account.objects.filter(practice=reader.practice_id, pk__in=places.values("person__account"))
    return accounts.filter(role__in=CLINICIANS).exclude(pk=reader.pk).order_by("display_name", "pk")


def may_be_second(escrow: Escrow, by: Account) -> bool:
    """
    Whether somebody can be the second officer: another lead; where there is none with an account, a therapist.

    Never whoever asked, and never the author.
    """
    if by.pk in (escrow.asked_by_id, escrow.author_id) or not by.is_active:
        return False
    if by.role == Role.LEAD:
        return True
    leads = Account.objects.filter(practice=escrow.practice_id, role=Role.LEAD, is_active=True)
    others = leads.exclude(pk__in=[escrow.asked_by_id, escrow.author_id])
    return by.role == Role.THERAPIST and not others.exists()
