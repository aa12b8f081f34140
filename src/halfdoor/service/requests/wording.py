"""
What to say: the wording of an answer, to read aloud on the telephone or to read on one's own page.

Words depend on the answer, on what is asked about and on the day it will be looked at again; never on what is kept
private, nor on whether the young person was asked or what they said. Two answers that must not be told apart have the
same words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from halfdoor.service.requests.words import SUBJECT_OF, Subject


@dataclass(frozen=True, slots=True)
class Wording:
    """What may be said now, to read aloud; what may not be said; what to do next."""

    say: tuple[str, ...]
    keep: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sentences mention: the young person's first name, the day of the next look, and where care is given."""

    name: str
    back_on: date
    place: str

    def fill(self, sentences: Iterable[str | Promise]) -> tuple[str, ...]:
        day = date_format(self.back_on, pgettext("format of a day", "l, F j"))
        values = {"name": self.name, "day": day, "emergency": emergency_number(self.place)}
        return tuple(str(sentence) % values for sentence in sentences)


def emergency_number(place: str) -> str:
    """The number to call when somebody is in danger, where care is given."""
    return "911" if place.startswith("us") else "999" if place in {"england", "wales"} else "112"


def to_read_aloud(decision: Mapping[str, Any], *, category: str, setting: Setting) -> Wording:
    """Return the wording of a decision, which is in the contract's JSON."""
    if decision["acknowledge"] == "neither_confirm_nor_deny":
        words, assess = to_any_caller(setting.place), tuple(decision["assess"])
        return replace(words, then=(*words.then, *setting.fill(_CHECK[code] for code in assess if code in _CHECK)))
    subject, assess = SUBJECT_OF[category], tuple(decision["assess"])
    say = [_THANKS, *_body(decision["disposition"], subject, assess), _MOTIVE]
    then = [*_THEN[decision["disposition"]], *(_CHECK[code] for code in assess if code in _CHECK)]
    return Wording(
        say=setting.fill(say),
        keep=setting.fill([*_KEEP, *_KEEP_ALSO.get(subject, ())]),
        then=setting.fill(then),
    )


def to_any_caller(place: str) -> Wording:
    """Return the words for somebody who is not known: the same for every name and every caller, on record or not."""
    values = {"emergency": emergency_number(place)}
    say, keep, then = ([str(text) % values for text in texts] for texts in (_STRANGER, _STRANGER_KEEP, _STRANGER_THEN))
    return Wording(tuple(say), tuple(keep), tuple(then))


def closed_answer(category: str, *, names_the_no: bool, setting: Setting) -> tuple[str, ...]:
    """
    Return the answer to read where something stays closed for now: honest, and the same whoever closed it.

    Only where the young person wants it said does it name them as the one who said no.
    """
    about = (
        _NOT_NOW_PROMISE if SUBJECT_OF[category] in (Subject.CONTENT, Subject.PROGRESS, Subject.HEALTH) else _NOT_NOW
    )
    return setting.fill([about, *([_THEIR_NO] if names_the_no else []), _RIGHT_TO_ASK])


def why_an_exception(tier: str, *, to_young_person: bool) -> str:
    """Return why something was told although nobody had agreed to it: set words, which say nothing of what it was."""
    return str((_WHY_TO_ME if to_young_person else _WHY)[tier])


def _body(disposition: str, subject: Subject, assess: tuple[str, ...]) -> tuple[Promise, ...]:
    if disposition == "assess_first":
        return _CHECKING.get(assess[0] if assess else "", _CHECKING[""])
    said = _SAID[disposition]
    return said.get(subject, said[None])


_THANKS = _("Thank you for asking. It is good that you do.")
_MOTIVE = _("Has something happened that makes you ask today? What would help you most?")
_CALL_BACK = _("I will come back to you by %(day)s and tell you what I can share.")
_PROMISE = _(
    "What is said in sessions stays there, unless it has been agreed what goes further. That is what makes it possible "
    "to speak openly."
)
_LOOK_AGAIN = _("I will look at it again on %(day)s. You can ask for me by name.")
_INSTEAD = _("I would like to tell you what we can do instead.")

_OPEN: Mapping[Subject | None, tuple[Promise, ...]] = {
    Subject.PRACTICAL: (_("Yes, I can tell you that."),),
    Subject.GENERAL: (_("Yes, gladly. Let me explain how we work here and what usually helps."),),
    Subject.PROGRESS: (_("Yes, I can tell you how things are going."), _PROMISE),
    Subject.CONTENT: (_("There is something I may tell you about that, and I will keep to it."),),
    Subject.SAFETY: (_("This is about safety, so I will tell you what you need to know to help."),),
    None: (_("Yes, I can speak with you about this."),),
}

_SAID: Mapping[str, Mapping[Subject | None, tuple[Promise, ...]]] = {
    "must_share": _OPEN,
    "may_share": _OPEN,
    "share_limited": {
        Subject.SAFETY: (
            _("This is about safety. I can tell you what you need to know to help, and no more than that."),
        ),
        Subject.PRACTICAL: (_("I can tell you part of that."),),
        None: (_("I can tell you about this in general terms."), _PROMISE),
    },
    "ask_first": {
        Subject.PRACTICAL: (_("I would like to answer you properly and not in a hurry."), _CALL_BACK),
        None: (_("I would like to answer you properly and not in a hurry."), _PROMISE, _CALL_BACK),
    },
    "withhold": {
        Subject.PROGRESS: (_PROMISE, _("I cannot go into this today."), _INSTEAD, _LOOK_AGAIN),
        Subject.CONTENT: (_PROMISE, _("I cannot go into this today."), _INSTEAD, _LOOK_AGAIN),
        Subject.SAFETY: (
            _("I cannot go into this today. If you are worried that somebody is in danger, call %(emergency)s."),
            _INSTEAD,
            _LOOK_AGAIN,
        ),
        None: (_("I cannot give you that today."), _INSTEAD, _LOOK_AGAIN),
    },
}

_CHECKING: Mapping[str, tuple[Promise, ...]] = {
    "identity": (
        _("Before I talk about anybody I check whom I am speaking with. It protects your family too."),
        _("I will call you back on the number we have for you."),
    ),
    "authority": (
        _("Before I answer I have to see what has been settled about who decides."),
        _("Is there a paper about that which you could send or show me?"),
        _CALL_BACK,
    ),
    "": (_("I would like to answer you properly. There is something I have to look at on our side first."), _CALL_BACK),
}

_KEEP = (
    _("Anything that was said in a session, and which topics are private."),
    _("Whether %(name)s has been asked, and what %(name)s said."),
)
_KEEP_ALSO: Mapping[Subject, tuple[Promise, ...]] = {
    Subject.PRACTICAL: (_("Where sessions take place, and who else comes."),),
    Subject.WHEREABOUTS: (_("The place, the school, the way there, and the times."),),
    Subject.SAFETY: (_("Who told us, if it was somebody else."),),
}

_WRITE_DOWN = _("Write down what you said.")
_ALTERNATIVES = _("Offer one of the things that are possible, and say when you will look at it again.")
_THEN: Mapping[str, tuple[Promise, ...]] = {
    "must_share": (_("The law requires this. Give what it asks for, and no more."), _WRITE_DOWN),
    "may_share": (_("Tell what was asked for, and no more."), _WRITE_DOWN),
    "share_limited": (_("Keep to what may go, and to nothing beyond it."), _WRITE_DOWN),
    "ask_first": (_("Say goodbye with a day, then put the question to %(name)s."), _WRITE_DOWN),
    "assess_first": (_("Nothing goes out before this is cleared."), _WRITE_DOWN),
    "withhold": (_ALTERNATIVES, _("Tell them how to complain, if they want to know."), _WRITE_DOWN),
}

_CHECK: Mapping[str, Promise] = {
    "identity": _("Check who is calling: call back on a number that was on record before today."),
    "authority": _("Look at the papers about who decides, and record them."),
    "competence": _("Talk with %(name)s and record whether they can decide this themselves."),
    "best_interests": _("Weigh what sharing would do to %(name)s, and record your reasons."),
    "risk": _("Look at the risk with a colleague, today if it cannot wait."),
    "licensed_professional": _("A licensed professional decides this, and writes down why."),
    "legal_advice": _("Ask for legal advice before you answer."),
    "court": _("A court has to settle this first."),
    "who_decides": _("Find out who decides this: it may not be this service."),
}

_NOT_NOW = _("Thank you for asking. We do not share this with you at the moment.")
_NOT_NOW_PROMISE = _(
    "Thank you for asking. We do not share this with you at the moment. What is said in sessions stays there unless it "
    "has been agreed what goes further; that goes for everybody who comes here, and it is what makes it possible to "
    "speak openly."
)
_THEIR_NO = _("%(name)s would like to keep this to themselves for now, and asked us to tell you so.")
_RIGHT_TO_ASK = _("You were right to ask, and you can ask again.")

_STRANGER = (
    _(
        "Thank you for calling. I cannot say whether somebody comes to us or not. We say the same about every name, to "
        "everybody who calls."
    ),
    _(
        "If you look after a young person who comes to us, please write to us and say how we can reach you. We check "
        "who is asking, and then we call back."
    ),
    _("If you are worried that somebody is in danger, please call %(emergency)s now."),
)
_STRANGER_KEEP = (
    _("That you know the name. “I can’t tell you anything about her” already tells that there is somebody."),
    _("That you are looking something up, or that you will ask somebody."),
)
_STRANGER_THEN = (
    _("Say it in the same friendly voice to everybody. Then end the call."),
    _("Write the call down: who they said they were, and what they wanted."),
)

_WHY: Mapping[str, Promise] = {
    "duty": _("We told you this because the law requires it. Otherwise what is said in sessions stays there."),
    "order": _("We told you this because a court ordered it. Otherwise what is said in sessions stays there."),
    "safety": _("We told you this to keep somebody safe. Otherwise what is said in sessions stays there."),
}
_WHY_TO_ME: Mapping[str, Promise] = {
    "duty": _(
        "I had to tell something about you, because the law requires it. I told what was needed and no more. I would "
        "like to talk with you about it, and hear how this is for you."
    ),
    "order": _(
        "I had to tell something about you, because a court ordered it. I told what was needed and no more. I would "
        "like to talk with you about it, and hear how this is for you."
    ),
    "safety": _(
        "I told something about you, because I was worried that somebody could get hurt. I told what was needed and no "
        "more. I would like to talk with you about it, and hear how this is for you."
    ),
}
