"""What a clinician of the circle works with on the page of a request, beside the answer itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import queries as agreed
from halfdoor.service.people import drafts
from halfdoor.service.people.facts import day_in
from halfdoor.service.requests import officials, second_reading, tones
from halfdoor.service.requests.actions import Told
from halfdoor.service.requests.clocks import working_day_by
from halfdoor.service.requests.conversation import WITH_THE_FAMILY
from halfdoor.service.requests.models import (
    Afterwards,
    CallCheck,
    ExceptionUsed,
    FamilyRequest,
    Proposal,
    SecondReading,
    Side,
    Step,
    Weighing,
)
from halfdoor.service.requests.queries.clinicians import Case
from halfdoor.service.requests.queries.on_file import OnFile
from halfdoor.service.requests.queries.path import TITLES, WHY_LEFT_OUT, Stage, way_of
from halfdoor.service.requests.wording import why_an_exception
from halfdoor.service.requests.words import ALTERNATIVES, TOPICS, Channel


@dataclass(frozen=True, slots=True)
class LawClock:
    """The law's clock: the day it runs out, the last working day by then, and whether it can run longer."""

    due_on: date
    act_on: date
    is_over: bool
    can_run_longer: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """One step of the conversation: its title, the words for it, and whether it was taken."""

    kind: str
    title: str
    words: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that was offered, what each side says to it, and what became of it."""

    pk: object
    words: str
    family: str
    young_person: str
    outcome: str
    check_on: date


@dataclass(frozen=True, slots=True)
class ToRead:
    """An answer that waits for a second reader, or came back from one."""

    proposal: Proposal
    told: Told
    is_mine: bool
    came_back: str


@dataclass(frozen=True, slots=True)
class Owed:
    """An explanation that one side is still owed, with a draft of it."""

    used: ExceptionUsed
    side: str
    side_words: str
    draft: str


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on the page of a request that is neither the answer nor its outlook."""

    way: tuple[Stage, ...]
    needs_check: bool
    check: CallCheck | None
    office: officials.Path | None
    paper: str
    clock: LawClock | None
    conversation: tuple[Said, ...]
    in_tone: tuple[str, ...]
    weighing: Weighing | None
    wishes: tuple[tuple[str, str, datetime], ...]
    consents: tuple[tuple[str, date | None], ...]
    to_read: ToRead | None
    owed: tuple[Owed, ...]
    offered: tuple[Offered, ...]
    afterwards: tuple[Afterwards, ...]
    drafts: Mapping[str, dict[str, list[str]]]

    @property
    def next(self) -> Stage | None:
        """The step that is next."""
        return next((one for one in self.way if one.state == "now"), None)

    @property
    def why_left_out(self) -> list[tuple[str, str]]:
        """Good reasons to leave a step out, for those that are still open."""
        return [(one.title, str(WHY_LEFT_OUT[one.kind])) for one in self.way if one.can_be_left_out]


def work_of(case: Case, *, tone: tones.Tone, reader: Account, at: datetime) -> Work:
    """Return what a clinician of the circle works with: for whoever got the case."""
    request, found = case.request, case.on_file
    taken, office = sorted(case.taken, key=lambda step: step.taken_at), case.office
    setting = case.outlook.setting
    can_be_somebody = request.channel != Channel.PORTAL and (request.asked_by is not None or office is not None)
    return Work(
        way=way_of(request, taken, found.skipped),
        needs_check=can_be_somebody and not case.is_known,
        check=found.checks[-1] if found.checks else None,
        office=officials.PATHS.get(office.relation) if office else None,
        paper=str(office.get_paper_display()) if office else "",
        clock=_clock(request, found, at=at),
        conversation=_conversation(taken, tone, setting),
        in_tone=tones.answer(case.outlook.decision, tone, setting=setting),
        weighing=found.weighings[-1] if found.weighings else None,
        wishes=_wishes(request, reader),
        consents=_consents(request, reader),
        to_read=_to_read(found, reader),
        owed=_owed(request, found),
        offered=_offered(found),
        afterwards=tuple(found.afterwards),
        drafts=drafts.typed_in(found.drafts),
    )


def _clock(request: FamilyRequest, found: OnFile, *, at: datetime) -> LawClock | None:
    clock = min(found.clocks, key=lambda one: one.due_at, default=None)
    if clock is None:
        return None
    longer = next((one for one in found.extensions if one.clock_id == clock.pk), None)
    due_at = longer.due_at if longer else clock.due_at
    due_on = day_in(request.practice, at=due_at)
    return LawClock(
        due_on=due_on,
        act_on=working_day_by(due_on),
        is_over=due_at < at,
        can_run_longer=bool(clock.extension) and longer is None and clock.due_at >= at,
        reason=str(longer.get_reason_display()) if longer else "",
    )


def _conversation(taken: Iterable[Step], tone: tones.Tone, setting: Any) -> tuple[Said, ...]:
    done = {step.kind for step in taken}
    return tuple(
        Said(str(kind), str(TITLES[kind]), tones.to_say(kind, tone, setting=setting), kind in done)
        for kind in WITH_THE_FAMILY
    )


def _wishes(request: FamilyRequest, reader: Account) -> tuple[tuple[str, str, datetime], ...]:
    rows = agreed.wishes_about(request.asked_by, reader=reader) if request.asked_by else ()
    return tuple((str(TOPICS.get(wish.category, "")), str(wish.get_value_display()), wish.said_at) for wish in rows)


def _consents(request: FamilyRequest, reader: Account) -> tuple[tuple[str, date | None], ...]:
    rows = agreed.consents_for(request.asked_by, reader=reader) if request.asked_by else ()
    return tuple((str(one.get_given_by_display()), one.ends_on) for one in rows)


def _to_read(found: OnFile, reader: Account) -> ToRead | None:
    if not found.proposals:
        return None
    proposal = found.proposals[-1]
    reading = next((one for one in found.readings if one.proposal_id == proposal.pk), None)
    if reading is not None and reading.outcome == SecondReading.Outcome.AGREES:
        return None
    came_back = (reading.note or str(reading.get_outcome_display())) if reading else ""
    return ToRead(proposal, second_reading.told_in(proposal), proposal.by_id == reader.pk, came_back)


def _owed(request: FamilyRequest, found: OnFile) -> tuple[Owed, ...]:
    settled = {(one.used_id, one.side) for one in found.explanations}
    sides = [Side.YOUNG_PERSON, *([Side.FAMILY] if request.asked_by else [])]
    return tuple(
        Owed(one, str(side), str(side.label), why_an_exception(one.tier, to_young_person=side == Side.YOUNG_PERSON))
        for one in found.used
        for side in sides
        if (one.pk, str(side)) not in settled
    )


def _offered(found: OnFile) -> tuple[Offered, ...]:
    said: dict[object, dict[str, str]] = {}
    for reply in found.offer_replies:
        said.setdefault(reply.offer_id, {})[reply.side] = str(reply.get_word_display())
    return tuple(
        Offered(
            offer.pk,
            str(ALTERNATIVES[offer.code]),
            said.get(offer.pk, {}).get(Side.FAMILY, ""),
            said.get(offer.pk, {}).get(Side.YOUNG_PERSON, ""),
            said.get(offer.pk, {}).get(Side.CLINICIAN, ""),
            offer.check_on,
        )
        for offer in sorted(found.offers, key=lambda one: (one.at, one.code))
    )
