"""Nadia Novak: something went wrong with what we hold. It is said, assessed, told to her, and it changes something."""

from datetime import datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, HOUR, MONTH
from halfdoor.service.safeguarding import actions
from halfdoor.service.safeguarding.actions import NotDone, Noticed
from halfdoor.service.safeguarding.choices import Done, Kind, People, Risk
from halfdoor.service.safeguarding.models import Incident


def a_letter_went_astray(name: str, staff: Staff, at: datetime) -> None:
    """Four incidents: one closed with its lesson, one told on her own page, one assessed, one new."""
    around = (Around(name="Pavel Novak", relation=Relation.PARENT, level=Level.FULL),)
    told = {Relation.PARENT: ("existence_of_care", "attendance", "progress", "goals_and_plan")}
    nadia = Invented(name=name, age=17, signs_in=True, told=told, around=around)
    by, lead = staff.colleague, staff.lead
    circle = put_on_record(nadia, clinicians=staff.clinicians(of=by), at=at - 13 * MONTH)
    ended = _happened(circle, Kind.WRONG_PERSON, _LETTER, by=by, at=at - 5 * MONTH)
    deal_with(ended, _TO_THE_END, lead=lead, at=at - 5 * MONTH)
    told_her = _happened(circle, Kind.OVERHEARD, _CORRIDOR, by=by, at=at - MONTH)
    deal_with(told_her, _TOLD_HER, lead=lead, at=at - MONTH)
    assessed = _happened(circle, Kind.LOOKED_UP, _LOOKED_UP, by=by, at=at - 9 * DAY)
    deal_with(assessed, _STOPPED, risk=Risk.LIKELY, lead=lead, at=at - 9 * DAY)
    _happened(circle, Kind.TOO_MUCH, _TOO_MUCH, by=by, at=at - 5 * HOUR)


def _happened(circle: Circle, kind: Kind, what: str, *, by: Account, at: datetime) -> Incident:
    noticed = Noticed(kind, what, happened_on=(at - DAY).date(), known_at=at)
    return actions.report(circle.young_person, noticed, by=by, at=at + HOUR)


def deal_with(
    incident: Incident,
    steps: tuple[tuple[Done, str], ...],
    *,
    risk: Risk = Risk.UNLIKELY,
    lead: Account,
    at: datetime,
) -> None:
    """Assess an incident and take these steps, one a day; it is closed where nothing is missing."""
    reasons = "One person saw it, whom we know, and who gave it back unread."
    actions.assess(incident, risk=risk, people=People.FEW, reasons=reasons, by=lead, at=at + 3 * HOUR)
    for number, (done, words) in enumerate(steps):
        try:
            actions.take_step(incident, done, words=words, by=lead, at=at + (number + 1) * DAY)
        except NotDone:
            continue


_LETTER = "The letter about the review went to the old address. Her aunt’s neighbor opened it and called us."
_CORRIDOR = "I answered her father’s question in the corridor. Somebody in the waiting room looked up at her name."
_LOOKED_UP = "The list of looks shows that a colleague opened her page who has nothing to do with her."
_TOO_MUCH = "I read out one sentence too many to her school. It said where she was on Thursday."
_TO_THE_END = (
    (Done.CONTAINED, "The letter is back with us, and the address is put away."),
    (Done.TOLD_IN_PERSON, "She was angry, and then glad that she heard it from us."),
    (Done.TOLD_FAMILY, "Her father knows that a letter went astray, and not what stood in it."),
    (Done.REGULATOR_NOT_TOLD, "Harm is unlikely: one person, who gave it back unread."),
    (Done.LESSON, "Addresses are read aloud with the family twice a year, and before each letter."),
    (Done.CLOSED, ""),
)
_TOLD_HER = (
    (Done.CONTAINED, "I stopped, and we went into a room."),
    (
        Done.TOLD_ON_PAGE,
        "Somebody in the waiting room heard your name when I spoke with your father. They did not hear what it was "
        "about. I am sorry; I speak with nobody in the corridor any more.",
    ),
)
_STOPPED = ((Done.CONTAINED, "The colleague was asked. Their key to the page is taken back until we have spoken."),)
