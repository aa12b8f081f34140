"""What falls due in a circle of care on a day that was said before."""

from uuid import UUID

from django_tasks import task

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import clock
from halfdoor.service.people import actions, turning
from halfdoor.service.people.models import Membership


@task()
def end_place(practice: str, membership: str, by: str) -> None:
    """End a place in a circle on its day, unless somebody ended it before."""
    account = Account.objects.select_related("practice").get(practice=UUID(practice), pk=UUID(by))
    rows = Membership.objects.filter(practice=UUID(practice), pk=UUID(membership)).current()
    for member in rows.select_related("young_person__practice", "practice"):
        actions.end_membership(member, by=account, at=clock.now())


@task()
def turn_cover(practice: str, account: str) -> None:
    """Let the covers of an account begin and end as their days say."""
    turning.turn(
        Account.objects.select_related("practice").get(practice=UUID(practice), pk=UUID(account)), at=clock.now()
    )
