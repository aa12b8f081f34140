"""What one can do first, and when that is right. What the rules answer says it, never the story."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.disclosures.exercises import Ruled


class Leaning(StrEnum):
    """Where a first step goes wrong, if it is not the right one."""

    TELLS = "tells"
    WAITS = "waits"
    WALLS = "walls"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do first: in which words, where it leans, and by which answer of the rules it is right."""

    words: Promise
    leans: Leaning
    fits: Callable[[Ruled], bool]


def _never(ruled: Ruled) -> bool:
    return False


def _is(*dispositions: str) -> Callable[[Ruled], bool]:
    return lambda ruled: ruled.disposition in dispositions


def _waits_for(code: str) -> Callable[[Ruled], bool]:
    return lambda ruled: code in ruled.waits_for and not ruled.opens


def _for_the_record(ruled: Ruled) -> bool:
    return ruled.facts.get("purpose") == "access_request"


STEPS: Mapping[str, Step] = {
    "call_back": Step(_("Call back on a number that was on record before."), Leaning.WAITS, _waits_for("identity")),
    "same_words": Step(
        _("Say what we say about every name, to everybody."), Leaning.WALLS, lambda ruled: ruled.confirms_nothing
    ),
    "ask_them": Step(
        _("Ask the young person, and whoever else has to agree, in peace."), Leaning.WAITS, _waits_for("client")
    ),
    "legal": Step(_("Take legal advice before anything goes."), Leaning.WAITS, _waits_for("legal_advice")),
    "give": Step(_("Give what was asked for, and no more."), Leaning.TELLS, _is("must_share", "may_share")),
    "tell_part": Step(_("Tell in general terms what may go, and no more."), Leaning.TELLS, _is("share_limited")),
    "tell_safety": Step(
        _("Tell now what they need to protect somebody, and no more."),
        Leaning.TELLS,
        lambda ruled: ruled.opens and ruled.facts.get("purpose") == "safety",
    ),
    "report": Step(
        _("Report it today, to those whom the law names."),
        Leaning.TELLS,
        lambda ruled: ruled.opens and ruled.facts.get("relation") == "child_protection",
    ),
    "instead": Step(_("Say that it stays here for now, and what is possible instead."), Leaning.WALLS, _is("withhold")),
    "written_no": Step(
        _("Refuse in writing, with the reasons and how it can be looked at again."),
        Leaning.WALLS,
        lambda ruled: ruled.disposition == "withhold" and _for_the_record(ruled),
    ),
    "log_request": Step(
        _("Write down the day on which it came in, and have it looked through before anything goes."),
        Leaning.WAITS,
        _for_the_record,
    ),
    "give_all": Step(_("Give everything that is there, to be on the safe side."), Leaning.TELLS, _never),
    "tell_a_little": Step(_("Tell a little, so that they can rest."), Leaning.TELLS, _never),
    "name_the_no": Step(_("Say honestly that the young person said no."), Leaning.TELLS, _never),
    "confront": Step(_("Say what you suspect, so that they can explain themselves."), Leaning.TELLS, _never),
    "look_up": Step(_("Look the name up aloud while they wait."), Leaning.TELLS, _never),
    "ask_parents": Step(_("Ask the parents first whether they agree."), Leaning.WAITS, _never),
    "wait": Step(_("Wait until the next session, and see."), Leaning.WAITS, _never),
    "leave_it": Step(_("Say that it is confidential, and leave it at that."), Leaning.WALLS, _never),
}
"""First steps by code. Those that are never right stand last."""
