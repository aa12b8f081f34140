"""Ways in, as they look in a practice: somebody forgot a password, somebody left, a young person has a new way in."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.contrib.auth.hashers import make_password

from halfdoor.service.accounts import closing, inviting
from halfdoor.service.accounts.choices import Handed, Known, WhyClosed
from halfdoor.service.accounts.inviting import Coming, Giving
from halfdoor.service.accounts.making import Newcomer
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import space_of_role
from halfdoor.service.people import sign_ins
from halfdoor.service.people.facts import day_in
from halfdoor.service.portals.demo.circles import BEFORE, account_of

_IN_HAND = Giving(Handed.IN_HAND, Known.FACE, inviting.IN_THE_ROOM)
_BY_LETTER = Giving(Handed.CLOSED_LETTER, Known.CALLED_BACK)
_SOME_DAYS, _TWO_WEEKS = timedelta(days=5), timedelta(days=14)
_AN_HOUR, _A_MINUTE = timedelta(hours=1), timedelta(minutes=1)


def let_in(where: Practice, *, ruth: Account, lead: Account, at: datetime) -> None:
    """Amina lost her way in and got another; June Cole has a code and has not used it yet; Hugo Brandt left."""
    omar = account_of("Omar Price", Role.OFFICE, where=where)
    amina = account_of("Amina Khan", Role.YOUNG_PERSON, where=where)
    _comes_in(amina, by=ruth, at=at - BEFORE)
    hugo = sign_ins.make_at_work(Newcomer("hugo", "Hugo Brandt", Role.THERAPIST), by=lead, at=at - BEFORE)
    _comes_in(hugo, by=lead, at=at - BEFORE)
    left_on = day_in(where, at=at - _TWO_WEEKS)
    closing.close(hugo, WhyClosed.LEFT, left_on=left_on, by=lead, at=at - _TWO_WEEKS)
    _comes_in(amina, by=omar, at=at - _SOME_DAYS)
    june = account_of("June Cole", Role.CAREGIVER, where=where)
    inviting.give(june, _BY_LETTER, by=omar, at=at - _AN_HOUR)


def _comes_in(who: Account, *, by: Account, at: datetime) -> None:
    """Give somebody a code, and use it for them. In the demo nobody needs to know their password."""
    code = inviting.give(who, _IN_HAND, by=by, at=at).code
    coming = Coming(who.practice, who.username, code, token_urlsafe())
    taken = inviting.take(
        coming, make_password(coming.password), roles=space_of_role(who.role).roles, at=at + _A_MINUTE
    )
    assert taken, "an invented person comes in with a code that was just given"
