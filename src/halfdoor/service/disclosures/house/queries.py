"""Reading house rules, proposals and what they change. Every function says who is reading."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.disclosure import house_rules
from halfdoor.disclosure.rules import Pack, Rule
from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Among, Prepared
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.codes.queries import NAMES
from halfdoor.service.disclosures.house import actions, drafts, sentences
from halfdoor.service.disclosures.house import impact as looking
from halfdoor.service.disclosures.house.rows import (
    Activation,
    Approval,
    Finding,
    Impact,
    Notice,
    Proposal,
    ProposalWithdrawal,
)
from halfdoor.service.disclosures.models import PackVersion
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import Membership
from halfdoor.service.web.due import Due
from halfdoor.service.web.paging import Paged

PER_PAGE = 20
_JOINED = ("version", "proposal__proposed_by", "activated_by")
_HISTORY = Paged(lambda practice: Activation.objects.of(practice).select_related(*_JOINED), UUID, size=PER_PAGE)
_MANY = 1_000_000_000


@dataclass(frozen=True)
class Rulebook:
    """The house rules of a practice as clinicians read them: what holds, what held, and what waits."""

    house: Pack
    is_shipped: bool
    today: date
    history: Page[Activation]
    approvals: Mapping[UUID, list[Approval]]
    waiting: tuple[Proposal, ...]
    unseen: Activation | None
    codes: tuple[str, ...]

    @cached_property
    def rules(self) -> list[sentences.Told]:
        return sentences.told(self.house)

    @property
    def past(self) -> list[tuple[Activation, list[Approval]]]:
        """What was brought into force, newest first, each with who approved it."""
        return [(one, self.approvals.get(one.proposal_id, [])) for one in self.history]


def rulebook(reader: Account, *, page: str = "1", at: datetime) -> Rulebook:
    """Return the house rules of the reader's practice."""
    practice = reader.practice
    house = packs.house_of(practice, at=(moment := at.astimezone(ZoneInfo(practice.time_zone))))
    history = _HISTORY.page(Activation, practice.pk, page=page)
    approvals: dict[UUID, list[Approval]] = {}
    proposals = [one.proposal_id for one in history]
    for approval in _APPROVALS.rows(Approval, practice.pk, some=proposals) if proposals else ():
        approvals.setdefault(approval.proposal_id, []).append(approval)
    return Rulebook(
        house=house,
        is_shipped=house.id == packs.HOUSE_RULES,
        today=moment.date(),
        history=history,
        approvals=approvals,
        waiting=tuple(_WAITING.rows(Proposal, practice.pk)),
        unseen=unseen_by(reader),
        codes=tuple(str(NAMES[body]) for body in sorted(packs.bodies_of(practice))),
    )


def waiting(reader: Account) -> QuerySet[Proposal]:
    """Return what is proposed in the reader's practice and not yet decided, newest first."""
    rows = Proposal.objects.waiting().filter(practice=reader.practice_id)
    return rows.select_related("version", "proposed_by", "practice").order_by("-proposed_at", "-id")


def proposed_last(reader: Account) -> Proposal | None:
    """Return the newest of it, if there is any."""
    return next(iter(_WAITING.rows(Proposal, reader.practice_id)), None)


_WAITING = Prepared(lambda practice: waiting(Account(practice_id=practice)), UUID)


def unseen_by(reader: Account) -> Activation | None:
    """Return the newest change of the rules, unless the reader has seen it."""
    last: Any = next(iter(_NEWEST.rows(Activation, reader.practice_id, reader.pk)), None)
    return last if last and not last.was_seen else None


def _newest(practice: UUID, reader: UUID) -> QuerySet[Activation]:
    rows = Activation.objects.of(practice).annotate(was_seen=_was_seen(known_by_ids(practice, reader)))
    return rows.select_related("version", "activated_by", "proposal")[:1]


_NEWEST = Prepared(_newest, UUID, UUID)


@dataclass(frozen=True, slots=True)
class News:
    """What a clinician has not seen yet of the rules: a proposal that they could approve, a change that holds."""

    proposal: Proposal | None
    change: Activation | None


def news(reader: Account) -> News:
    """Return what there is to look at among the rules of the reader's practice."""
    return News(_open_to(reader).first(), unseen_by(reader))


def due(reader: Account, *, at: datetime) -> Iterator[Due]:
    """Yield what a clinician has to look at among the rules, as lines of *Today*."""
    if reader.role not in actions.APPROVERS:
        return
    for proposal, who, was_seen in _NEWS.ask(Account, reader.practice_id, reader.pk):
        if proposal:
            words = _("%(who)s proposes a change of our rules") % {"who": who}
            yield Due(
                reverse("rules:proposal", args=[proposal]), words, _("See what it does, and whether you approve.")
            )
        if was_seen is not None and not was_seen:
            yield Due(reverse("rules:rules"), _("Our rules have changed"), _("See what is different."))


def _news(practice: UUID, account: UUID) -> QuerySet[Account, Any]:
    reader = known_by_ids(practice, account)
    proposed, newest = _open_to(reader), Activation.objects.of(practice).annotate(was_seen=_was_seen(reader))
    return Account.objects.filter(practice=practice, pk=account).values_list(
        Subquery(proposed.values("pk")[:1]),
        Subquery(proposed.values("proposed_by__display_name")[:1]),
        Subquery(newest.values("was_seen")[:1]),
    )


_NEWS = Prepared(_news, UUID, UUID)


def _open_to(reader: Account) -> QuerySet[Proposal]:
    """Return the proposals at which this reader has still to look as a second person, newest first."""
    approved = Approval.objects.filter(practice=OuterRef("practice"), proposal=OuterRef("pk"), approved_by=reader)
    return waiting(reader).exclude(proposed_by=reader).exclude(Exists(approved))


def _was_seen(reader: Account) -> Exists:
    return Exists(Notice.objects.filter(practice=OuterRef("practice"), activation=OuterRef("pk"), seen_by=reader))


def _approvals(practice: UUID, *proposals: UUID) -> QuerySet[Approval]:
    rows = Approval.objects.filter(practice=practice, proposal__in=proposals)
    return rows.select_related("approved_by").order_by("approved_at", "id")


_APPROVALS = Among(_approvals, UUID)


def proposal_of(reader: Account, proposal_id: UUID) -> Proposal:
    """
    Return one proposal of the reader's practice.

    :raises Proposal.DoesNotExist: if there is none of this id there
    """
    rows = Proposal.objects.filter(practice=reader.practice_id).select_related("version", "proposed_by", "practice")
    return rows.get(pk=proposal_id)


def version_of(reader: Account, version_id: UUID) -> PackVersion:
    """
    Return a version of house rules that the reader's practice has ever kept.

    :raises PackVersion.DoesNotExist: if there is none of this id there, or it is of law or ethics
    """
    version = PackVersion.objects.select_related("practice").get(practice=reader.practice_id, pk=version_id)
    proposed = Proposal.objects.filter(practice=reader.practice_id, version=version)
    if version.pack != packs.HOUSE_RULES and not proposed.exists():
        raise PackVersion.DoesNotExist
    return version


def pack_of(version: PackVersion) -> Pack:
    """Return the rules of a kept version."""
    (pack,) = packs.kept([version.sha256], practice=version.practice)
    return pack


@dataclass(frozen=True)
class Case:
    """A proposal with what there is to know before anybody says yes to it."""

    proposal: Proposal
    impact: Impact | None
    is_current: bool
    approvals: tuple[Approval, ...]
    withdrawn: ProposalWithdrawal | None
    activation: Activation | None
    is_overtaken: bool
    reader: Account
    today: date

    @cached_property
    def old(self) -> Pack:
        (pack,) = packs.kept([self.proposal.base], practice=self.proposal.practice)
        return pack

    @cached_property
    def new(self) -> Pack:
        return pack_of(self.proposal.version)

    @property
    def is_open(self) -> bool:
        return self.withdrawn is None and self.activation is None

    @property
    def ready(self) -> Impact | None:
        """What was worked out, once all of it is there and as long as it is about the law of today."""
        return self.impact if self.impact and self.impact.is_ready and self.is_current else None

    @property
    def needs_two(self) -> bool:
        return self.ready is not None and self.ready.outcome != Impact.Outcome.CLOSES

    @property
    def is_approved(self) -> bool:
        """Whether a second person said yes to these bytes. Bringing into force looks again, under a lock."""
        return any(one.approved_by_id != self.proposal.proposed_by_id for one in self.approvals)

    @property
    def may_approve(self) -> bool:
        mine = {one.approved_by_id for one in self.approvals} | {self.proposal.proposed_by_id}
        return bool(self.is_open and self.ready and not self.is_overtaken and self.reader.pk not in mine)

    @property
    def may_activate(self) -> bool:
        settled = self.ready and (self.is_approved or not self.needs_two)
        return bool(self.is_open and settled and not self.is_overtaken and self.reader.role == "lead")

    @cached_property
    def changed(self) -> dict[str, list[sentences.Told]]:
        """The rules that are new, read otherwise, or gone, and the laws whose switch is turned, for reading."""
        says = self.impact.says if self.impact else {}
        older = {rule.id.partition(".")[2]: rule for rule in self.old.rules}
        return {
            "added": [sentences.told_rule(self.new.by_id[rule]) for rule in says.get("added", ())],
            "touched": [sentences.told_rule(self.new.by_id[rule]) for rule in says.get("touched", ())],
            "gone": [sentences.told_rule(older[rule.partition(".")[2]]) for rule in says.get("gone", ())],
            "turned": [sentences.told_rule(self._beside[law]) for law in says.get("turned", ()) if law in self._beside],
        }

    @cached_property
    def changes(self) -> list[dict[str, object]]:
        """What is answered otherwise, what opens first, each with one situation and the rules in words."""
        says = self.impact.says if self.impact else {}
        return [
            {
                "on": date.fromisoformat(one["on"]),
                "opens": one["opens"],
                "before": one["before"][0],
                "after": one["after"][0],
                "before_rule": self._reason(one["before"][1], self.old),
                "after_rule": self._reason(one["after"][1], self.new),
                "witness": sentences.situation(one["witness"]),
            }
            for one in says.get("changes", ())
        ]

    @property
    def situations(self) -> str:
        """How many situations are answered otherwise on the first day, as one writes such numbers."""
        says = self.impact.says if self.impact else {}
        found = says.get("changes", ())
        number = sum(one["situations"] for one in found if one["on"] == found[0]["on"])
        return f"{number:,.0f}" if number < _MANY else _("More than a billion")

    def _reason(self, rule: str, house: Pack) -> dict[str, str]:
        """Return the rule that decides as the words of a decision name it: one of law, of ethics, or of the house."""
        found = self._beside.get(rule) or house.by_id.get(f"{house.id}.{rule.partition('.')[2]}")
        return {"rule": rule, "says": found.says if found else ""}

    @cached_property
    def _beside(self) -> Mapping[str, Rule]:
        practice = self.proposal.practice
        others = house_rules.beside(self.new, place=practice.place, bodies=packs.bodies_of(practice))
        return {rule.id: rule for pack in others for rule in pack.rules}

    @cached_property
    def lines(self) -> list[str]:
        """The lines of text that are new or gone, as programmers write it."""
        before, after = self._text_before(), drafts.text_of(self.proposal.version)
        found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        return [line for line in found if not line.startswith(("---", "+++"))]

    def _text_before(self) -> str:
        base = PackVersion.objects.get(practice=self.proposal.practice_id, sha256=self.proposal.base)
        return drafts.text_of(base)


def case_of(proposal: Proposal, *, reader: Account, at: datetime) -> Case:
    """Return a proposal with everything about it, to a clinician of its practice."""
    practice = proposal.practice
    mine = {"practice": practice, "proposal": proposal}
    impact = Impact.objects.filter(**mine).order_by("-asked_at", "-id").first()
    return Case(
        proposal=proposal,
        impact=impact,
        is_current=impact is not None and impact.beside == looking.beside(pack_of(proposal.version), practice=practice),
        approvals=tuple(_approvals(reader.practice_id, proposal.pk)),
        withdrawn=ProposalWithdrawal.objects.filter(**mine).select_related("withdrawn_by").first(),
        activation=Activation.objects.filter(**mine).select_related("activated_by").first(),
        is_overtaken=actions.is_overtaken(proposal),
        reader=reader,
        today=at.astimezone(ZoneInfo(practice.time_zone)).date(),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Something that would be decided otherwise, in words; nobody is named to whom does not see that young person."""

    finding: Finding
    whom: str
    member: str
    category: str


@dataclass(frozen=True)
class Findings:
    """What would be decided otherwise: how much opens and closes, and a page of it for those the reader may see."""

    opening: int
    closing: int
    hidden: int
    page: Page[Finding]
    members: Mapping[UUID, Membership]
    names: Mapping[UUID, str]

    @property
    def shown(self) -> list[Found]:
        return [
            Found(
                one,
                self.names[one.young_person_id],
                self._member(one),
                str(Category(one.category).label) if one.category in Category.values else one.category,
            )
            for one in self.page
        ]

    def _member(self, finding: Finding) -> str:
        member = self.members.get(finding.membership_id) if finding.membership_id else None
        return f"{member.person.name}, {member.get_relation_display()}" if member else ""


def findings(impact: Impact, *, kind: str, page: str, reader: Account) -> Findings:
    """Return what was found of one kind: counts for every clinician, names for those of the circle of care."""
    rows = Finding.objects.filter(practice=impact.practice_id, impact=impact, kind=kind)
    names = {one.pk: one.name for one in people.young_people_of(reader)}
    seen = rows.filter(young_person__in=names).order_by("-opens", "young_person", "-decided_at", "id")
    shown = Paginator(seen, PER_PAGE).get_page(page)
    opening, every = rows.filter(opens=True).count(), rows.count()
    members = Membership.objects.filter(
        practice=impact.practice_id, pk__in=[one.membership_id for one in shown if one.membership_id]
    ).select_related("person")
    return Findings(
        opening=opening,
        closing=every - opening,
        hidden=every - shown.paginator.count,
        page=shown,
        members={member.pk: member for member in members},
        names=names,
    )


def remarks_on(case: Case) -> Sequence[drafts.Remark]:
    """Return what else is to be said of the rules that a proposal brings or changes."""
    text = drafts.text_of(case.proposal.version)
    practice = case.proposal.practice
    codes = packs.bodies_of(practice)
    found = drafts.remarks(text, case.new, instead_of=case.old, place=practice.place, codes=codes, on=case.today)
    return tuple(found)
