"""
The words of a decision on a page, for staff.

Each function takes a part of the decision as the contract writes it (plain JSON) and returns words in the language of
the page. What the judgement says itself, in American English, is translated here: its short sentences through the
catalog, the sentences of rules by rule id.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from halfdoor.service.web import pack_words

Json = Mapping[str, Any]

_ANSWERS: Mapping[str, Promise] = {
    "must_share": pgettext_lazy("answer", "Must be shared"),
    "may_share": pgettext_lazy("answer", "May be shared"),
    "share_limited": pgettext_lazy("answer", "May be shared in part"),
    "ask_first": pgettext_lazy("answer", "Ask first"),
    "assess_first": pgettext_lazy("answer", "Check first"),
    "withhold": pgettext_lazy("answer", "Stays here"),
}

_HEADLINES: Mapping[str, Promise] = {
    "must_share": gettext_lazy("Yes. The law requires this."),
    "may_share": gettext_lazy("Yes, this may go now."),
    "share_limited": gettext_lazy("Yes, but only in part."),
    "ask_first": gettext_lazy("Not yet. Somebody has to be asked."),
    "assess_first": gettext_lazy("Not yet. Something has to be checked."),
    "withhold": gettext_lazy("No, this stays here for now."),
}

_ON_THE_MAP: Mapping[str, Promise] = {
    "must_share": pgettext_lazy("sharing map", "open"),
    "may_share": pgettext_lazy("sharing map", "open"),
    "share_limited": pgettext_lazy("sharing map", "in general"),
    "ask_first": pgettext_lazy("sharing map", "ask first"),
    "assess_first": pgettext_lazy("sharing map", "check first"),
    "withhold": pgettext_lazy("sharing map", "closed"),
}

_FIRST: Mapping[str, Promise] = {
    "client": gettext_lazy("Ask the young person."),
    "parent": gettext_lazy("Ask the parent."),
    "guardian": gettext_lazy("Ask the guardian."),
    "placing_authority": gettext_lazy("Ask the placing authority."),
    "other_parent": gettext_lazy("Ask the other parent."),
    "identity": gettext_lazy("Find out whether this person is who they say."),
    "authority": gettext_lazy("Find out what say this person has, from papers."),
    "competence": gettext_lazy("Assess whether the young person can decide this, today."),
    "best_interests": gettext_lazy("Assess what serves the young person."),
    "risk": gettext_lazy("Assess the risk."),
    "licensed_professional": gettext_lazy("A licensed professional decides."),
    "legal_advice": gettext_lazy("Take legal advice."),
    "court": gettext_lazy("A court decides."),
    "who_decides": gettext_lazy("Another body, or another law, answers this."),
}

_WHO: Mapping[str, Promise] = {
    "therapist": pgettext_lazy("who does it", "Therapist"),
    "licensed_professional": pgettext_lazy("who does it", "Licensed professional"),
    "clinical_lead": pgettext_lazy("who does it", "Clinical lead"),
    "manager": pgettext_lazy("who does it", "Manager"),
    "office": pgettext_lazy("who does it", "Office"),
    "service": pgettext_lazy("who does it", "Halfdoor does this"),
}

_CONFIDENCE: Mapping[str, Promise] = {
    "read": gettext_lazy("read in the source"),
    "second_hand": gettext_lazy("known at second hand"),
    "unchecked": gettext_lazy("not checked against the source"),
    "uncertain": gettext_lazy("uncertain: it opens nothing unless a practice switched it on"),
}

_SINCE: Mapping[str, Promise] = {
    "request_received": gettext_lazy("after the request came in"),
    "identity_confirmed": gettext_lazy("after it is clear who is asking"),
    "suspicion_arose": gettext_lazy("after the suspicion arose"),
    "event_known": gettext_lazy("after we know of the event"),
    "decided": gettext_lazy("after the decision"),
    "shared": gettext_lazy("after it was shared"),
    "report_made": gettext_lazy("after the report"),
    "refused": gettext_lazy("after the refusal"),
    "review_asked_for": gettext_lazy("after a review was asked for"),
    "order_received": gettext_lazy("after the order came in"),
    "complaint_received": gettext_lazy("after the complaint came in"),
    "care_ended": gettext_lazy("after care ended"),
}

_DURATION = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?(?:T(?P<hours>\d+)H)?")


def answer_word(disposition: str) -> str:
    """Return the answer in two or three words."""
    return str(_ANSWERS[disposition])


def answer_headline(disposition: str) -> str:
    """Return the answer as the heading of its card."""
    return str(_HEADLINES[disposition])


def map_word(disposition: str) -> str:
    """Return the answer as a cell of the sharing map says it."""
    return str(_ON_THE_MAP[disposition])


def who_word(code: str) -> str:
    """Return who fulfils an obligation."""
    return str(_WHO[code])


def confidence_word(code: str) -> str:
    """Return how surely a rule was read from its source."""
    return str(_CONFIDENCE[code])


def review_word(reviewed: str) -> str:
    """Return who reviewed a rule and when; ``no`` says that nobody has."""
    return gettext("not yet reviewed") if reviewed == "no" else gettext("reviewed: %s") % reviewed


def first_words(code: str) -> str:
    """Return what has to happen before anything goes: whom to ask, or what to assess."""
    return str(_FIRST[code])


def said(part: Json) -> str:
    """Return the words of an obligation, a limit or an alternative: ``{code, says}``."""
    says: str = part["says"]
    return gettext(says)


def rule_says(reason: Json) -> str:
    """Return the sentence of a rule, in the language of the page where the pack has it, else as the pack says it."""
    return pack_words.sentence(reason["rule"], reason["says"])


def clock(due: Json) -> str:
    """Return a clock in words: ``{within: "P3D", from: "decided", unit: "working"}``, within 3 working days …"""
    return f"{_within(due['within'], working=due.get('unit') == 'working')} {_SINCE[due['from']]}"


def before_and_after(obligations: Sequence[Json]) -> list[dict[str, Any]]:
    """Split obligations into those before and those after sharing, as ``{title, list}`` each."""
    titles = {"before": gettext("Before it goes"), "after": gettext("Afterwards")}
    return [
        {"title": title, "list": [duty for duty in obligations if duty["when"] == when]}
        for when, title in titles.items()
    ]


def _within(duration: str, *, working: bool) -> str:
    found = _DURATION.fullmatch(duration)
    assert found is not None, f"not a duration of years, months, days or hours: {duration}"
    unit, n = next((unit, int(n)) for unit, n in found.groupdict().items() if n)
    match unit:
        case "years":
            words = ngettext("Within %d year", "Within %d years", n)
        case "months":
            words = ngettext("Within %d month", "Within %d months", n)
        case "hours":
            words = ngettext("Within %d hour", "Within %d hours", n)
        case _ if working:
            words = ngettext("Within %d working day", "Within %d working days", n)
        case _:
            words = ngettext("Within %d day", "Within %d days", n)
    return words % n
