"""Two who left the home long ago: of one the record may go, the other's is held."""

from datetime import datetime, timedelta

from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import LegalBasis, Level, Relation
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY
from halfdoor.service.records import actions, erasing
from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, RecordKind

_YEAR = timedelta(days=365)
_WORKER = Around(name="Megan Rowlands", relation=Relation.SOCIAL_WORKER, level=Level.SHARED)


def left_long_ago(name: str, staff: Staff, at: datetime) -> None:
    """Gareth Pugh left at nineteen, eight years ago. By the rules his record may go, and the lead proposed it."""
    actions.say_who_keeps(RecordKind.THERAPY_RECORD, KeptBy.PRIVATE_PRACTICE, by=staff.lead, at=at - 30 * DAY)
    gareth = _grown_up(name, staff, at).young_person
    erasing.propose(gareth, by=staff.lead, at=at - DAY)


def left_and_is_held(name: str, staff: Staff, at: datetime) -> None:
    """Ffion Rees left as long ago. A claim was made, so that her record stays; the lead would lift that by now."""
    ffion = _grown_up(name, staff, at).young_person
    because = "Her solicitor wrote that there may be a claim about her time here, and asked that nothing be destroyed."
    held = actions.hold(ffion, HoldKind.CLAIM, because=because, by=staff.therapist, at=at - 200 * DAY)
    settled = "Her solicitor wrote that the claim is settled. The letter lies in the paper file."
    actions.ask_to_lift(held, because=settled, by=staff.lead, at=at - DAY)


def _grown_up(name: str, staff: Staff, at: datetime) -> Circle:
    invented = Invented(name=name, age=14, basis=LegalBasis.AGENCY_CONSENT, around=(_WORKER,))
    circle = put_on_record(invented, clinicians=staff.clinicians(), at=at - 13 * _YEAR)
    ended = at - 8 * _YEAR
    people.end_episode(circle.episode, ended_on=ended.date(), by=staff.therapist, at=ended)
    actions.say_known(circle.young_person, abuse_alleged=Alleged.NO, died_on=None, by=staff.lead, at=at - 20 * DAY)
    return circle
