"""Where a request stands: what has been done, what is next, what was left out and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from halfdoor.service.requests.conversation import CAN_BE_LEFT_OUT, WITH_THE_FAMILY
from halfdoor.service.requests.models import FamilyRequest, Skipped, Step
from halfdoor.service.requests.words import Channel

TITLES: Mapping[str, Promise] = {
    Step.Kind.RECEIVED: gettext_lazy("Write the request down"),
    Step.Kind.IDENTIFIED: gettext_lazy("Make sure who it is"),
    Step.Kind.ACKNOWLEDGED: gettext_lazy("Thank them for asking"),
    Step.Kind.EXPLORED: gettext_lazy("Ask what is behind it"),
    Step.Kind.BOUNDARIES: gettext_lazy("Explain what stays in sessions"),
    Step.Kind.NEEDS: gettext_lazy("Turn to what is needed"),
    Step.Kind.EACH_OTHER: gettext_lazy("Encourage them to talk with each other"),
    Step.Kind.CONSENT_CHECKED: gettext_lazy("Look at wishes and consents"),
    Step.Kind.WEIGHED: gettext_lazy("Weigh what sharing would do"),
    Step.Kind.TALKED: gettext_lazy("Talk with the young person"),
    Step.Kind.ANSWERED: gettext_lazy("Decide and answer"),
    Step.Kind.FOLLOWED_UP: gettext_lazy("Ask how it was"),
}

WHY_LEFT_OUT: Mapping[str, Promise] = {
    Step.Kind.ACKNOWLEDGED: gettext_lazy("They have been thanked before."),
    Step.Kind.EXPLORED: gettext_lazy("They have said it already."),
    Step.Kind.BOUNDARIES: gettext_lazy("It was explained lately, and they know it."),
    Step.Kind.NEEDS: gettext_lazy("There was no time on the telephone."),
    Step.Kind.EACH_OTHER: gettext_lazy("It could add danger, or they are not in touch."),
    Step.Kind.CONSENT_CHECKED: gettext_lazy("Nothing of it bears on this question."),
    Step.Kind.WEIGHED: gettext_lazy("The answer does not depend on it."),
    Step.Kind.TALKED: gettext_lazy("It could add danger, or they asked not to be asked."),
}

ANCHORS: Mapping[str, str] = dict.fromkeys(map(str, WITH_THE_FAMILY), "conversation") | {
    Step.Kind.IDENTIFIED: "identity",
    Step.Kind.CONSENT_CHECKED: "wishes",
    Step.Kind.WEIGHED: "weigh",
    Step.Kind.TALKED: "talk",
    Step.Kind.ANSWERED: "answer",
    Step.Kind.FOLLOWED_UP: "given",
}

_ALSO: Mapping[str, tuple[str, ...]] = {
    Step.Kind.CONSENT_CHECKED: (Step.Kind.FACTS_RECORDED,),
    Step.Kind.TALKED: (Step.Kind.REPLIED,),
    Step.Kind.FOLLOWED_UP: (Step.Kind.LOOKED_AGAIN,),
}
"""Steps that do as well."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way: done when, or next, or still to come, or left out and why."""

    kind: str
    title: str
    state: str
    at: datetime | None
    left_out: str
    anchor: str
    can_be_left_out: bool


def way_of(request: FamilyRequest, taken: Sequence[Step], left: Iterable[Skipped]) -> tuple[Stage, ...]:
    """Return the way from the first word to the last, with the step that is next, by what was taken and left out."""
    skipped = {row.kind: row for row in left}
    done = {step.kind: step.taken_at for step in taken}
    stages: list[Stage] = []
    for kind, title in TITLES.items():
        if kind == Step.Kind.IDENTIFIED and request.channel == Channel.PORTAL:
            continue
        moments = [done[one] for one in (kind, *_ALSO.get(kind, ())) if one in done]
        left_out = skipped[kind].reason if kind in skipped and not moments else ""
        is_open = not moments and kind not in skipped
        is_next = is_open and all(stage.state == "done" for stage in stages)
        state = "now" if is_next else "next" if is_open else "done"
        at, anchor = max(moments, default=None), ANCHORS.get(kind, "steps")
        stages.append(Stage(str(kind), str(title), state, at, left_out, anchor, is_open and kind in CAN_BE_LEFT_OUT))
    return tuple(stages)
