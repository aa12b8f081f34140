"""
Giving a consent to share, making it smaller, and taking it back. Every function says who acts and when.

What was given is never changed: a smaller consent is a new one, and the wider one is withdrawn with it, in one
transaction. Both take the lock that every release takes, so that they hold from the next request on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions
from halfdoor.service.agreements.choices import GivenBy, Outcome, Topic
from halfdoor.service.agreements.models import Authorization, Grant, Proposal, ProposalEnd, Withdrawal
from halfdoor.service.core import chain
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.actions import Said
from halfdoor.service.documents.choices import Answer
from halfdoor.service.documents.showing import Shown
from halfdoor.service.people import facts
from halfdoor.service.people.actions import lock_sharing
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership


class CannotBeGiven(ValueError):
    """This consent cannot be given, or asked for, now."""


class NotTheirsToGive(CannotBeGiven):
    """Whoever would consent may not decide about this, by what is on record."""


class NoPaper(CannotBeGiven):
    """The practice has no paper on which a consent to share could be given."""


class NotSmaller(ValueError):
    """A consent can be made smaller in one step; making it wider is a new consent, and asks for a new signature."""


class EndedBefore(ValueError):
    """The proposal was answered or taken back before."""


_IN_WHOSE_RIGHT: Mapping[str, GivenBy] = {
    Relation.SELF: GivenBy.CLIENT,
    Relation.PARENT: GivenBy.PARENT,
    Relation.STEP_PARENT: GivenBy.PARENT,
    Relation.GUARDIAN: GivenBy.GUARDIAN,
    Relation.FOSTER_CARER: GivenBy.GUARDIAN,
    Relation.RELATIVE: GivenBy.GUARDIAN,
    Relation.SOCIAL_WORKER: GivenBy.AUTHORITY,
    Relation.PLACING_AUTHORITY: GivenBy.AUTHORITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a consent to share names: what may be told, about which subjects (none: any), for what, up to a day."""

    categories: tuple[str, ...]
    topics: tuple[str, ...] = ()
    purposes: tuple[str, ...]
    ends_on: date

    def is_within(self, wider: "Terms") -> bool:
        """Whether this allows nothing that the other does not."""
        subjects = not wider.topics or (bool(self.topics) and set(self.topics) <= set(wider.topics))
        named = set(self.categories) <= set(wider.categories) and set(self.purposes) <= set(wider.purposes)
        return subjects and named and self.ends_on <= wider.ends_on


def terms_of(row: Authorization | Proposal) -> Terms:
    """Return what a consent, or what somebody is asked for, names."""
    return Terms(
        categories=tuple(row.categories),
        topics=tuple(row.topics),
        purposes=tuple(row.purposes),
        ends_on=row.ends_on,
    )


def may_give(giver: Membership, *, at: datetime) -> bool:
    """
    Whether somebody may consent to sharing: the young person, or who has authority by what is on record.

    Whether the young person's own consent is enough is for the rules to say, for each answer.
    """
    if giver.relation == Relation.SELF:
        return True
    circle = facts.load(giver.young_person, at=at)
    has_authority = circle.of_member(giver).get("authority") in (Level.FULL, Level.SHARED)
    return giver.relation in _IN_WHOSE_RIGHT and has_authority and giver.pk not in circle.left


@transaction.atomic
def propose(giver: Membership, recipient: Membership, terms: Terms, *, by: Account, at: datetime) -> Proposal:
    """
    Ask somebody, on their own page, to consent that a recipient may be told something.

    :raises NotTheirsToGive: if they may not decide about it
    """
    _make_sure(giver, recipient, at=at)
    row = Proposal.objects.create(
        practice=giver.practice,
        young_person=giver.young_person,
        giver=giver,
        recipient=recipient,
        categories=sorted(terms.categories),
        topics=sorted(terms.topics),
        purposes=sorted(terms.purposes),
        ends_on=terms.ends_on,
        proposed_at=at,
        proposed_by=by,
    )
    chain.append(by.practice, _body("proposed", giver, by, row=row.pk, recipient=recipient.pk), at=at)
    return row


@transaction.atomic
def give(
    giver: Membership,
    recipient: Membership,
    terms: Terms,
    *,
    shown: Shown,
    said: Said,
    proposal: Proposal | None = None,
    by: Account,
    at: datetime,
) -> Authorization | None:
    """
    Take a consent, signed or on their word, or a no to one. ``shown`` is the paper with these very terms filled in.

    :return: the consent; nothing for a no
    :raises NotTheirsToGive: if they may not decide about it
    :raises NotSmaller: if more is given than was proposed
    :raises EndedBefore: if the proposal was answered or taken back before
    """
    at = lock_sharing(giver.young_person, at=at)
    _make_sure(giver, recipient, at=at)
    if proposal and not terms.is_within(terms_of(proposal)):
        raise NotSmaller(_("This is more than was asked for. Leave it as it was, or make it smaller."))
    refused = said.answer == Answer.REFUSED
    if proposal:
        end_proposal(proposal, Outcome.REFUSED if refused else Outcome.GIVEN, by=by, at=at)
    signing = papers.sign(giver, shown, said, by=by, at=at)
    if refused:
        return None
    consent = _authorized(giver, recipient, terms, starts_on=day_in(giver.young_person.practice, at=at), by=by, at=at)
    Grant.objects.create(practice=consent.practice, authorization=consent, giver=giver, signing=signing)
    return consent


@transaction.atomic
def narrow(consent: Authorization, terms: Terms, *, by: Account, at: datetime) -> Authorization:
    """
    Make a consent smaller: a new one takes its place, and the wider one is withdrawn, at once.

    :raises NotSmaller: if it would allow something new, or nothing less
    :raises AlreadyWithdrawn: if it was withdrawn before
    """
    at = lock_sharing(consent.young_person, at=at)
    former = terms_of(consent)
    if not terms.is_within(former) or terms == former:
        raise NotSmaller(_("Take something out, or choose an earlier day. More than before needs a new consent."))
    given = Grant.objects.filter(practice=consent.practice_id, authorization=consent).select_related("giver").first()
    actions.withdraw(consent, by=by, at=at)
    smaller = actions.authorize(
        consent.membership,
        categories=terms.categories,
        topics=[Topic(topic) for topic in terms.topics],
        purposes=terms.purposes,
        given_by=GivenBy(consent.given_by),
        starts_on=consent.starts_on,
        ends_on=terms.ends_on,
        evidence=consent.evidence,
        by=by,
        at=at,
    )
    if given:
        Grant.objects.create(
            practice=smaller.practice,
            authorization=smaller,
            giver=given.giver,
            signing=given.signing,
            instead_of=consent,
        )
    return smaller


def withdraw(consent: Authorization, *, because: str = "", by: Account, at: datetime) -> Withdrawal:
    """
    Take a consent back, at once and for good.

    :raises AlreadyWithdrawn: if it was withdrawn before
    """
    return actions.withdraw(consent, because=because, by=by, at=at)


@transaction.atomic
def end_proposal(proposal: Proposal, outcome: Outcome, *, by: Account, at: datetime) -> ProposalEnd:
    """
    Put down what became of a proposal.

    :raises EndedBefore: if it was answered or taken back before
    """
    if ProposalEnd.objects.filter(practice=proposal.practice_id, proposal=proposal).exists():
        raise EndedBefore(_("This was answered or taken back before. There is nothing left to do."))
    end = ProposalEnd.objects.create(
        practice=proposal.practice, proposal=proposal, outcome=outcome, ended_at=at, ended_by=by
    )
    chain.append(by.practice, _body("proposal_ended", proposal.giver, by, row=proposal.pk, outcome=outcome), at=at)
    return end


def _make_sure(giver: Membership, recipient: Membership, *, at: datetime) -> None:
    if giver.young_person_id != recipient.young_person_id or not may_give(giver, at=at):
        raise NotTheirsToGive(
            _("By what is on record, this person may not decide what is shared. Look at their authority first.")
        )


def _authorized(
    giver: Membership, recipient: Membership, terms: Terms, *, starts_on: date, by: Account, at: datetime
) -> Authorization:
    return actions.authorize(
        recipient,
        categories=terms.categories,
        topics=[Topic(topic) for topic in terms.topics],
        purposes=terms.purposes,
        given_by=_IN_WHOSE_RIGHT[giver.relation],
        starts_on=starts_on,
        ends_on=terms.ends_on,
        by=by,
        at=at,
    )


def _body(kind: str, giver: Membership, by: Account, **more: object) -> dict[str, object]:
    ids = {key: str(value) for key, value in more.items()}
    about = {"young_person": str(giver.young_person_id), "giver": str(giver.pk), "by": str(by.pk)}
    return {"kind": f"agreements.{kind}", **about, **ids}
