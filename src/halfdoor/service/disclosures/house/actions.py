"""Changing the house rules of a practice: propose, approve, withdraw, bring into force. Each is a line on its chain."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.disclosure.house_rules import shipped_house
from halfdoor.disclosure.rules import Pack
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, jobs
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.house import drafts
from halfdoor.service.disclosures.house import impact as looking
from halfdoor.service.disclosures.house.rows import (
    Activation,
    Approval,
    Impact,
    Notice,
    Proposal,
    ProposalWithdrawal,
)
from halfdoor.service.disclosures.house.tasks import work_out_impact
from halfdoor.service.disclosures.models import PackVersion
from halfdoor.service.people.actions import sharing_changes_for_all

APPROVERS = frozenset({Role.LEAD, Role.THERAPIST})
"""Who can be the second person. Small practices have one lead."""


class NotNow(ValueError):
    """It cannot be done as things stand; the message says why, and what can be done."""


class NotTheirs(ValueError):
    """Whoever acts has not the role for it. Pages never offer it."""


@transaction.atomic
def propose(text: str, *, because: str, by: Account, at: datetime) -> Proposal:
    """
    Propose to decide by these house rules instead of those that hold, or are about to hold.

    :raises Unusable: if the text cannot be house rules
    :raises NotNow: if it changes nothing, or opens only what law, ethics or consent close
    """
    practice = _alone(by, Role.LEAD)
    pack = drafts.pack_of(text, place=practice.place)
    base = newest(practice)
    day = at.astimezone(ZoneInfo(practice.time_zone)).date()
    codes = packs.bodies_of(practice)
    hit = drafts.refused(text, pack, instead_of=_pack(base), place=practice.place, codes=codes, on=day)
    if hit:
        raise drafts.Unusable(f"{hit[0].rule}: {hit[0].says}", line=hit[0].line)
    version = packs.keep_one(pack, {"pack.toml": text}, practice=practice)
    return _propose(version, base, because=because, by=by, at=at)


@transaction.atomic
def propose_shipped(*, because: str, by: Account, at: datetime) -> Proposal:
    """
    Propose to go back to the house rules that come with Halfdoor.

    :raises NotNow: if they hold already
    """
    practice = _alone(by, Role.LEAD)
    version = packs.keep_shipped_house(practice=practice)
    return _propose(version, newest(practice), because=because, by=by, at=at)


def _propose(version: PackVersion, base: PackVersion, *, because: str, by: Account, at: datetime) -> Proposal:
    if version.sha256 == base.sha256:
        raise NotNow(_("These are the rules that hold already. Change something first."))
    known = {"practice": by.practice, "version": version, "base": base.sha256}
    if there := Proposal.objects.waiting().filter(**known).first():
        return there
    proposal = Proposal.objects.create(
        practice=by.practice, version=version, base=base.sha256, because=because, proposed_at=at, proposed_by=by
    )
    chain.append(by.practice, _body("proposed", proposal, by) | {"base": base.sha256}, at=at)
    look(proposal, at=at)
    return proposal


def look(proposal: Proposal, *, at: datetime) -> Impact:
    """Have it worked out what a proposal would change, by the families and the ledger as they are now."""
    practice = proposal.practice
    besides = looking.beside(_pack(proposal.version), practice=practice)
    impact = Impact.objects.create(practice=practice, proposal=proposal, beside=besides, asked_at=at)
    jobs.enqueue(work_out_impact, practice=practice.pk, at=at, impact=str(impact.pk))
    return impact


@transaction.atomic
def look_again(proposal: Proposal, *, by: Account, at: datetime) -> Impact:
    """
    Have it worked out anew what a proposal would change.

    :raises NotNow: if it was withdrawn or holds already, or is being worked out
    """
    practice = _alone(by, *APPROVERS)
    _must_be_on_the_table(proposal, practice)
    if Impact.objects.filter(practice=practice, proposal=proposal, ended_at=None).exists():
        raise NotNow(_("It is being worked out already."))
    return look(proposal, at=at)


@transaction.atomic
def approve(proposal: Proposal, *, fingerprint: str, by: Account, at: datetime) -> Approval:
    """
    Say yes to exactly these bytes, as a second person who has seen what they change.

    :raises NotNow: for whoever proposed it, for another text, and for what was withdrawn, overtaken or not worked out
    """
    practice = _alone(by, *APPROVERS)
    _must_wait(proposal, practice)
    if proposal.proposed_by_id == by.pk:
        raise NotNow(_("You proposed this. A second person has to read it: ask a colleague."))
    if fingerprint != proposal.version.sha256:
        raise NotNow(_("The text you read is not the one that is proposed now. Read it again."))
    _worked_out(proposal, practice)
    if Approval.objects.filter(practice=practice, proposal=proposal, approved_by=by).exists():
        raise NotNow(_("You have approved this already."))
    approval = Approval.objects.create(
        practice=practice, proposal=proposal, fingerprint=fingerprint, approved_at=at, approved_by=by
    )
    chain.append(practice, _body("approved", proposal, by), at=at)
    return approval


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Account, at: datetime) -> ProposalWithdrawal:
    """
    Take a proposal off the table. Whatever holds goes on holding.

    :raises NotNow: if it was withdrawn or brought into force before
    """
    practice = _alone(by, Role.LEAD)
    _must_be_on_the_table(proposal, practice)
    withdrawal = ProposalWithdrawal.objects.create(
        practice=practice, proposal=proposal, withdrawn_at=at, withdrawn_by=by
    )
    chain.append(practice, _body("withdrawn", proposal, by), at=at)
    return withdrawal


@transaction.atomic
def activate(proposal: Proposal, *, from_on: date, by: Account, at: datetime) -> Activation:
    """
    Let the practice decide by a proposal from a day on; from this moment on where the day is today.

    What is being released ends first; every decision after that is by the new rules.

    :raises NotNow: without the approvals it needs, for a day in the past, or where the rules have changed since
    """
    at = sharing_changes_for_all(by.practice, at=at)
    practice = _alone(by, Role.LEAD)
    _must_wait(proposal, practice)
    impact = _worked_out(proposal, practice)
    if impact.outcome != Impact.Outcome.CLOSES and not _second_person(proposal, impact):
        raise NotNow(_("This can open something. A second person has to approve it first."))
    last = Activation.objects.of(practice).first()
    if last and at <= last.activated_at:
        at = last.activated_at + timedelta(microseconds=1)
    if from_on < at.astimezone(ZoneInfo(practice.time_zone)).date():
        raise NotNow(_("Rules begin to hold today or later. What was decided before stands as it was decided."))
    if last and from_on < last.holds_from_on:
        raise NotNow(_("Other rules begin later than that day. Choose their first day, or one after it."))
    activation = Activation.objects.create(
        practice=practice,
        proposal=proposal,
        version=proposal.version,
        holds_from_on=from_on,
        activated_at=at,
        activated_by=by,
    )
    chain.append(practice, _body("activated", proposal, by) | {"from": from_on.isoformat()}, at=at)
    Notice.objects.create(practice=practice, activation=activation, seen_at=at, seen_by=by)
    return activation


@transaction.atomic
def see(activation: Activation, *, by: Account, at: datetime) -> None:
    """Note that somebody has seen that the rules changed."""
    _alone(by, *APPROVERS)
    known = {"practice": by.practice, "activation": activation, "seen_by": by}
    if not Notice.objects.filter(**known).exists():
        Notice.objects.create(**known, seen_at=at)


def newest(practice: Practice) -> PackVersion:
    """Return the house rules that hold last: those in force, or about to be. A proposal is compared with these."""
    last = Activation.objects.of(practice).select_related("version").first()
    if last is None or last.version.pack == packs.HOUSE_RULES:
        return packs.keep_shipped_house(practice=practice)
    return last.version


def is_overtaken(proposal: Proposal) -> bool:
    """Whether other rules have come into force since it was compared with them, or are about to."""
    last = Activation.objects.of(proposal.practice).select_related("version").first()
    own = last is not None and last.version.pack != packs.HOUSE_RULES
    return proposal.base != (last.version.sha256 if last and own else shipped_house().sha256)


def _alone(by: Account, *roles: Role) -> Practice:
    """Hold the practice's row until the transaction ends: one change of its rules at a time, by whoever may."""
    if by.role not in roles:
        raise NotTheirs(f"{by.role} cannot do this; allowed: {', '.join(sorted(roles))}")
    return Practice.objects.select_for_update(no_key=True).get(pk=by.practice_id)


def _must_be_on_the_table(proposal: Proposal, practice: Practice) -> None:
    if not Proposal.objects.waiting().filter(practice=practice, pk=proposal.pk).exists():
        raise NotNow(_("This proposal was withdrawn, or holds already."))


def _must_wait(proposal: Proposal, practice: Practice) -> None:
    _must_be_on_the_table(proposal, practice)
    if is_overtaken(proposal):
        raise NotNow(
            _("The rules have changed since this was proposed. Take it up again, and look at what it changes now.")
        )


def _worked_out(proposal: Proposal, practice: Practice) -> Impact:
    besides = looking.beside(_pack(proposal.version), practice=practice)
    done = Impact.objects.filter(practice=practice, proposal=proposal, beside=besides, ended_at__isnull=False)
    impact = done.order_by("-asked_at", "-id").first()
    if impact is None:
        raise NotNow(_("It is still being worked out what this changes. Look at that first."))
    return impact


def _second_person(proposal: Proposal, impact: Impact) -> bool:
    """Whether somebody else approved these bytes, having seen what they change beside the law of today."""
    seen = Impact.objects.filter(practice=impact.practice_id, proposal=proposal, beside=impact.beside)
    first = seen.filter(ended_at__isnull=False).order_by("ended_at").first() or impact
    said = Approval.objects.filter(
        practice=impact.practice_id,
        proposal=proposal,
        fingerprint=proposal.version.sha256,
        approved_at__gte=first.ended_at or first.asked_at,
    )
    return said.exclude(approved_by=proposal.proposed_by_id).exists()


def _pack(version: PackVersion) -> Pack:
    (pack,) = packs.kept([version.sha256], practice=version.practice)
    return pack


def _body(kind: str, proposal: Proposal, by: Account) -> dict[str, object]:
    return {
        "kind": f"disclosures.house_rules_{kind}",
        "proposal": str(proposal.pk),
        "fingerprint": proposal.version.sha256,
        "by": str(by.pk),
    }
