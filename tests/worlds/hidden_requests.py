"""Hidden things about requests: who else asks, and what goes on behind a question that the viewer asked themselves."""

from contextlib import suppress
from datetime import timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.models import Membership
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests import afterwards, conversation, departing, second_reading
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.models import FamilyRequest, Reply, Step
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel, Paper, Way
from tests.worlds.kinds import TODAY, Scene, kind
from tests.worlds.viewers import Part

PARENT, YOUNG_PERSON, TEAM, OFFICE = Part.PARENT, Part.YOUNG_PERSON, Part.TEAM, Part.OFFICE


def _asks(scene: Scene, who: Membership | None, **asked: object) -> FamilyRequest:
    how = {"category": "session_content", "channel": Channel.TELEPHONE, "motive": scene.words} | asked
    return requests.receive(
        scene.circle.young_person,
        Asked(**how),
        asked_by=who,
        by=scene.by,
        at=scene.at,
    )


def _closed(scene: Scene, request: FamilyRequest) -> None:
    told = Told(look_again_on=TODAY + timedelta(days=5), alternatives=USUAL_ALTERNATIVES, said=scene.words)
    requests.keep_closed(request, told, by=scene.by, at=scene.at)


def _themselves(scene: Scene) -> Account:
    found = scene.circle.herself.person.account
    assert found is not None, "young people sign in"
    return found


@kind()
def somebody_else_asks(scene: Scene) -> None:
    _asks(scene, scene.other, sure=Way.CALLED_BACK)


@kind(PARENT, TEAM, OFFICE)
def somebody_else_asks_on_their_page(scene: Scene) -> None:
    _asks(scene, scene.other, channel=Channel.PORTAL, category="progress")


@kind(PARENT, TEAM, OFFICE)
def somebody_else_is_answered(scene: Scene) -> None:
    request = _asks(scene, scene.other, sure=Way.CALLED_BACK)
    with suppress(requests.ChangedMeanwhile):  # they were asked before and said no, so nobody asks them again
        question = requests.ask_young_person(request, words=scene.words, by=scene.by, at=scene.at)
        said = Said(choice=Reply.Choice.NO, may_say_so=True, pressed=Reply.Pressed.YES)
        requests.reply(question, said, by=_themselves(scene), at=scene.at)
    _closed(scene, request)
    afterwards.ask_for_review(request, by=scene.by, at=scene.at)
    how = {"words": scene.words, "consequences": "yes"}
    afterwards.from_young_person(request, "hard", **how, by=_themselves(scene), at=scene.at)


@kind()
def worry_of_somebody_else(scene: Scene) -> None:
    request = _asks(scene, scene.other, category="risk", purpose="safety", sure=Way.CALLED_BACK)
    stated = {"risk": "serious_and_imminent", "emergency": "yes"}
    requests.record_facts(request, stated, evidence=scene.words, by=scene.by, at=scene.at)


@kind(shown=("the lead",))  # who counts departures of the whole practice, about nobody
def departure(scene: Scene) -> None:
    request = _asks(scene, scene.other, category="attendance", sure=Way.CALLED_BACK)
    decided = {"disposition": "may_share", "reasons": [{"rule": "some-rule"}]}
    departing.depart(request, decided, "withhold", reasons=scene.words, by=scene.by, at=scene.at)


@kind()
def stranger_asks(scene: Scene) -> None:
    _asks(scene, None, caller="Says that he is the father", category="existence_of_care")


@kind()
def police_ask(scene: Scene) -> None:
    _asks(scene, None, caller="Officer Wren", office="police", paper=Paper.LETTER, channel=Channel.LETTER)


@kind()
def second_reader_is_asked(scene: Scene) -> None:
    request = _asks(scene, scene.other, category="diagnosis", sure=Way.CALLED_BACK)
    told = Told(look_again_on=TODAY + timedelta(days=5), said=scene.words, alternatives=USUAL_ALTERNATIVES)
    second_reading.propose(request, "close", told, by=scene.by, at=scene.at)


@kind(PARENT, TEAM, needs_place=True)
def somebody_calls_in_my_name(scene: Scene) -> None:
    _asks(scene, scene.viewer, sure=Way.NOT_YET, category="whereabouts")


@kind(PARENT, TEAM, needs_place=True)
def somebody_else_was_it_in_my_name(scene: Scene) -> None:
    request = _asks(scene, scene.viewer, sure=Way.SOMEBODY_ELSE, category="whereabouts")
    _closed(scene, request)


@kind(PARENT, TEAM, needs_place=True)
def behind_my_question(scene: Scene) -> None:
    """What goes on behind the newest question that the viewer asked: steps, weighing, a talk, a second reader."""
    request = _mine(scene)
    conversation.note_down(request, [Step.Kind.EXPLORED], said=scene.words, by=scene.by, at=scene.at)
    conversation.leave_out(request, Step.Kind.CONSENT_CHECKED, reason=scene.words, by=scene.by, at=scene.at)
    conversation.talk(request, scene.words, by=scene.by, at=scene.at)
    weighed = conversation.Weighed(
        harm="trust_only", interests="against_sharing", serves=scene.words, harms=scene.words
    )
    conversation.weigh(request, weighed, by=scene.by, at=scene.at)


@kind(PARENT, TEAM, needs_place=True, only=("tom", "sara"), until="behind_my_question")  # nobody asks what is weighed
def the_young_person_says_no_to_me(scene: Scene) -> None:
    """They were asked about the viewer's own question and said no, and that it is not to be said whose no it is."""
    request = _mine(scene)
    question = requests.ask_young_person(request, words=scene.words, by=scene.by, at=scene.at)
    said = Said(choice=Reply.Choice.NO, may_say_so=False, pressed=Reply.Pressed.YES)
    requests.reply(question, said, by=_themselves(scene), at=scene.at)


@kind(PARENT, TEAM, needs_place=True)
def how_it_was_for_the_young_person(scene: Scene) -> None:
    """They said how an answer to the viewer was for them, and that it had consequences."""
    request = FamilyRequest.objects.filter(asked_by=scene.viewer).answered().earliest("received_at")
    how = {"words": scene.words, "consequences": "yes"}
    afterwards.from_young_person(request, "hard", **how, by=_themselves(scene), at=scene.at)


def _mine(scene: Scene) -> FamilyRequest:
    """Return the newest question of the viewer's own that nobody has answered."""
    mine = FamilyRequest.objects.filter(asked_by=scene.viewer, category__in=("clinical_summary", "session_summary"))
    return mine.known().latest("received_at")
