"""Papers on the shelf of a practice, asked for and answered, for tests that need some to be there."""

import re
from datetime import datetime, timedelta
from typing import Any

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import consents
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.agreements.models import Authorization, Proposal
from halfdoor.service.agreements.queries.consents import shown_with
from halfdoor.service.core import chain, stamps
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.documents import actions
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer, Kind, Manner, party_of
from halfdoor.service.documents.models import Asking, Signing
from halfdoor.service.documents.queries.answers import shown_in_force
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership
from tests.people import NOON

ALOUD = Said(answer=Answer.AGREED, manner=Manner.ALOUD)


def answered_papers(member: Membership, *, by: Account, at: datetime = NOON) -> tuple[list[Asking], list[Signing]]:
    """Ask the young person, and this member if they are a caregiver, for a paper; they said yes to it aloud."""
    actions.take_up_shipped(on=at.date(), by=by, at=at)
    herself = Membership.objects.get(young_person=member.young_person, relation=Relation.SELF)
    pairs: list[Any] = [(herself, Kind.ASSENT), (member, Kind.EXPECTATIONS)]
    pairs = [(one, kind) for one, kind in pairs if party_of(one.relation)]
    shown = {kind: shown_in_force(member.young_person, kind, language="en-us", at=at) for _, kind in pairs}
    signings = [actions.sign(one, shown[kind], ALOUD, by=by, at=at) for one, kind in pairs]
    return actions.ask(pairs, by=by, at=at), signings


def given_consent(member: Membership, *, by: Account, at: datetime = NOON) -> tuple[Authorization, Proposal]:
    """Let the young person consent aloud that this member may be told something, and ask for one more."""
    herself = Membership.objects.get(young_person=member.young_person, relation=Relation.SELF)
    terms = Terms(categories=("themes",), purposes=("support",), ends_on=NOON.date() + timedelta(days=30))
    shown = shown_with(herself, member, terms, language="en-us", at=at)
    given = consents.give(herself, member, terms, shown=shown, said=ALOUD, by=by, at=at)
    assert given is not None
    return given, consents.propose(herself, member, terms, by=by, at=at)


def stamped_line(page: str, practice: Practice) -> dict[str, Any]:
    """Return what the line of the ledger says whose stamp stands on a page."""
    found = re.search(r'<code class="stamp">([^<]{128})</code>', page)
    assert found is not None, "there is no stamp on it"
    return line_of(found[1], practice)


def line_of(stamp: str, practice: Practice) -> dict[str, Any]:
    """Return what the line of the ledger says that a stamp vouches for."""
    leaf = stamps.read(stamp, stamps.signer(practice.pk).verifier())
    return chain.body_of(ChainEntry.objects.get(practice=practice, leaf=leaf))
