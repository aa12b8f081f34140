"""
What to say at each step, in three tones: warm for somebody who is worried, plain for somebody in a hurry, formal for a
letter. No tone says more than another.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.requests.models import Step
from halfdoor.service.requests.wording import Setting
from halfdoor.service.requests.words import Channel


class Tone(TextChoices):
    WARM = "warm", _("warm")
    PLAIN = "plain", _("plain")
    FORMAL = "formal", _("formal, for a letter")


USUAL: Mapping[str, Tone] = {Channel.LETTER: Tone.FORMAL, Channel.PORTAL: Tone.PLAIN}
"""The tone for whoever asks in this way; on the telephone and in person the warm one."""

CONVERSATION: Mapping[str, Mapping[Tone, Promise]] = {
    Step.Kind.ACKNOWLEDGED: {
        Tone.WARM: _("Thank you for asking. I can hear that this is on your mind, and it is good that you ask."),
        Tone.PLAIN: _("Thank you for asking. I have written your question down."),
        Tone.FORMAL: _("Thank you for your question. We have received it, and we take it seriously."),
    },
    Step.Kind.EXPLORED: {
        Tone.WARM: _("What has made you think of it just now? What would help you most?"),
        Tone.PLAIN: _("What has happened, and what would you do with the answer?"),
        Tone.FORMAL: _(
            "So that we can answer well, please tell us what has happened and what you need the answer for."
        ),
    },
    Step.Kind.BOUNDARIES: {
        Tone.WARM: _(
            "What is said in sessions stays there unless it was agreed what goes further. It is the same for everybody "
            "who comes here, and it is what makes it possible to speak openly."
        ),
        Tone.PLAIN: _(
            "What is said in sessions stays there, unless it was agreed what goes further, or to prevent harm."
        ),
        Tone.FORMAL: _(
            "What is said in sessions is confidential. It goes further only if that was agreed, if the law requires "
            "it, or to keep somebody safe. This holds for everybody who comes here."
        ),
    },
    Step.Kind.NEEDS: {
        Tone.WARM: _("You know %(name)s best at home. Shall we think about what would help this week?"),
        Tone.PLAIN: _("What would you like to be different at home? Let us look at what you can do."),
        Tone.FORMAL: _("We would be glad to talk with you about how you can support %(name)s at home."),
    },
    Step.Kind.EACH_OTHER: {
        Tone.WARM: _("You could say to %(name)s: “I would like to know how you are. You choose what to tell.”"),
        Tone.PLAIN: _("Ask %(name)s yourself, without pressing, and leave it to them what they tell."),
        Tone.FORMAL: _("We encourage you to ask %(name)s directly, and to leave it to them how much they tell."),
    },
}

_OPENS, _WAITS, _CLOSED = "opens", "waits", "closed"
_GROUP: Mapping[str, str] = {
    "must_share": _OPENS,
    "may_share": _OPENS,
    "share_limited": _OPENS,
    "ask_first": _WAITS,
    "assess_first": _WAITS,
    "withhold": _CLOSED,
}

ANSWER: Mapping[str, Mapping[Tone, tuple[Promise, ...]]] = {
    _OPENS: {
        Tone.PLAIN: (_("I can tell you this."),),
        Tone.FORMAL: (_("We can tell you the following."), _("Please treat it with care, and do not pass it on.")),
    },
    _WAITS: {
        Tone.PLAIN: (_("I cannot answer today. I will come back to you by %(day)s."),),
        Tone.FORMAL: (
            _("We are looking into your question and will answer you by %(day)s."),
            _("If it cannot wait because somebody may be in danger, please call %(emergency)s."),
        ),
    },
    _CLOSED: {
        Tone.PLAIN: (_("I cannot share this with you now. I will look at it again on %(day)s."),),
        Tone.FORMAL: (
            _("We do not share this with you at present. We will look at it again on %(day)s and write to you."),
            _(
                "You may ask that another professional looks at this answer, and you may complain. Neither changes how "
                "you or your family are treated here."
            ),
        ),
    },
}
"""The answer itself. The warm one is what `wording` gives to read aloud."""


def to_say(kind: str, tone: Tone, *, setting: Setting) -> str:
    """Return what to say at a step of the conversation."""
    return setting.fill([CONVERSATION[kind][tone]])[0]


def answer(decision: Mapping[str, Any], tone: Tone, *, setting: Setting) -> tuple[str, ...]:
    """Return the answer in another tone; nothing where it may not even be said that somebody comes here."""
    if decision["acknowledge"] == "neither_confirm_nor_deny" or tone == Tone.WARM:
        return ()
    return setting.fill(ANSWER[_GROUP[decision["disposition"]]][tone])
