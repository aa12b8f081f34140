"""
A decision as plain text, for three readers: the therapist, who may know all of it, a caregiver, and the young person.

What a caregiver reads never depends on which topic is private or on what the young person said: all that is closed to
them reads the same, and where nobody may know of the care, it reads as if there were none.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from halfdoor.disclosure import words
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.obligations import BEFORE, CODES
from halfdoor.disclosure.rules import Disposition, Rule
from halfdoor.disclosure.vocabulary import SETS
from halfdoor.disclosure.weighing import Obliged


class Reader(StrEnum):
    """Who reads the explanation."""

    THERAPIST = "therapist"
    CAREGIVER = "caregiver"
    YOUNG_PERSON = "young_person"


def explain(decision: Decision, *, reader: Reader) -> str:
    """Return the decision as short plain text for this reader, without a line end."""
    between, said = _SAID[reader]
    return between.join(said(decision))


_ANSWERS = {
    Disposition.MUST_SHARE: "Share: the law requires it.",
    Disposition.MAY_SHARE: "You may share this now.",
    Disposition.SHARE_LIMITED: "You may share a part of this.",
    Disposition.ASK_FIRST: "Ask first.",
    Disposition.ASSESS_FIRST: "Not yet: something has to be found out or decided first.",
    Disposition.WITHHOLD: "Do not share this.",
}


def _for_therapist(decision: Decision) -> Iterator[str]:
    weighed = decision.weighed
    yield _ANSWERS[decision.disposition]
    if weighed.recommended:
        yield "Your profession expects you to share this, though no law requires it."
    if weighed.neither_confirm_nor_deny:
        yield "Say nothing that shows whether there is such a record."
    yield from (words.LIMITS[code] for code in weighed.limits)
    yield from (words.ASK[code] for code in decision.ask)
    yield from (words.ASSESS[code] for code in decision.assess)
    yield from _listed("Why", [_why(rule) for rule in weighed.reasons] or ["No rule that we know lets this go."])
    yield from _listed("Before", [_duty(o) for o in weighed.obligations if CODES[o.duty.code].when == BEFORE])
    yield from _listed("Afterwards", [_duty(o) for o in weighed.obligations if CODES[o.duty.code].when != BEFORE])
    yield from _listed("What you can offer", [words.ALTERNATIVES[code] for code in weighed.alternatives])
    yield from _listed("Good to know", list(weighed.advice))
    yield from _listed("Did not decide", [f"{_why(lost.rule)} Beaten by {lost.by.id}." for lost in weighed.overridden])


def _listed(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"- {line}" for line in lines)] if lines else []


def _why(rule: Rule) -> str:
    cites = "; ".join(f"{cite.source} {cite.section}" for cite in rule.cites)
    unsure = "" if rule.confidence == "read" else f", {rule.confidence.replace('_', ' ')}"
    reviewed = ", not reviewed" if rule.reviewed == "no" else ""
    return f"{rule.says} [{rule.id}{': ' if cites else ''}{cites}{unsure}{reviewed}]"


def _duty(obliged: Obliged) -> str:
    duty, meant = obliged.duty, CODES[obliged.duty.code]
    clock = f" Within {_span(duty.within)} ({duty.unit}) of: {duty.since.replace('_', ' ')}." if duty.within else ""
    return f"{meant.says}{clock} ({meant.who.replace('_', ' ')})"


def _span(within: str) -> str:
    """Return an ISO 8601 duration in words: "P30D" as "30 days"."""
    parts, number, units = [], "", _DAYS
    for letter in within[1:]:
        if letter == "T":
            units = _HOURS
        elif letter.isdigit():
            number += letter
        else:
            parts.append(f"{number} {units[letter]}{'' if number == '1' else 's'}")
            number = ""
    return " ".join(parts)


_DAYS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_HOURS = {"H": "hour", "M": "minute", "S": "second"}

_CAREGIVERS = SETS["family"][1] | SETS["everyday_carers"][1]

_NOTHING_TO_SEE = (
    "Whoever asks, we never say whether somebody comes to us or not.",
    "If you are worried about a young person, we are glad to explain how therapy works in general, and where families"
    " find help. If somebody is in danger now, please call the emergency services.",
)

_CLOSED = (
    "We cannot share this with you at the moment. That is no judgment of you.",
    "Therapy helps where one can speak freely. What has to be known to keep somebody safe, we do not keep back.",
    "What we can offer: how therapy works in general, help and reading for families, and, where everybody agrees,"
    " time to talk together. You may ask again, and you may ask us how to complain.",
)

_SHOW_WHO_YOU_ARE = (
    "Before we can talk about this, we need to know who you are and what say you have in this young person's care.",
    "Please show us something with your name and picture, and the papers you have, such as a court order or a birth"
    " certificate. We ask everybody; then we can tell you what is possible.",
)


def _for_caregiver(decision: Decision) -> Iterator[str]:
    if decision.weighed.neither_confirm_nor_deny or decision.situation.values["relation"] not in _CAREGIVERS:
        yield from _NOTHING_TO_SEE
    elif decision.disposition.opens:
        part = decision.disposition is Disposition.SHARE_LIMITED
        yield "Yes, we can share a part of this with you." if part else "Yes, we can share this with you."
        yield "We will talk with you about what it means, and about what helps at home."
    elif decision.disposition is Disposition.ASSESS_FIRST and {"identity", "authority"} & {*decision.assess}:
        yield from _SHOW_WHO_YOU_ARE
    else:
        yield from _CLOSED
        if decision.situation.values["purpose"] == "access_request":
            yield "You will have our answer to your request in writing, and how to have it looked at again."


_FOR_YOUNG_PERSON = {
    Disposition.MUST_SHARE: "The law says that this has to be told. Only what the law asks for goes.",
    Disposition.MAY_SHARE: "This can be told now.",
    Disposition.SHARE_LIMITED: "A part of this can be told now. The rest stays here.",
    Disposition.ASK_FIRST: "Nothing has been told. We ask first, and what you think counts. You can say yes, no,"
    " not yet, or only this part. You can tell it yourself, or we tell it together.",
    Disposition.ASSESS_FIRST: "Nothing has been told. Some things have to be cleared up first.",
    Disposition.WITHHOLD: "This stays here. It is not told.",
}

_ASK_US = "You can ask us anything about this, and you can change your mind about what you want told."


def _for_young_person(decision: Decision) -> Iterator[str]:
    values = decision.situation.values
    if values["asking_raises_risk"] != "no":
        yield "There is nothing new to read here. If something worries you, talk to us, any time."
        return
    who, what = (str(values[name]).replace("_", " ") for name in ("relation", "category"))
    if values["relation"] == "self":
        yield f"This is about what you can see yourself: {what}."
    else:
        yield f"This is about: {what}. Who might be told: {'somebody we do not know' if who == 'unknown' else who}."
    yield _FOR_YOUNG_PERSON[decision.disposition]
    if any(o.duty.code.startswith("tell_young_person") for o in decision.obligations) and decision.disposition.opens:
        yield "We will tell you what is shared, with whom and why."
    yield _ASK_US


_SAID: Mapping[Reader, tuple[str, Callable[[Decision], Iterator[str]]]] = {
    Reader.THERAPIST: ("\n", _for_therapist),
    Reader.CAREGIVER: ("\n\n", _for_caregiver),
    Reader.YOUNG_PERSON: ("\n\n", _for_young_person),
}
