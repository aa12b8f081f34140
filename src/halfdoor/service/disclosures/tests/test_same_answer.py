"""The database chooses what one gets by deciding every item alone, whatever the rules and the record say."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.reference import answer
from halfdoor.disclosure.rules import Disposition, Duty, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.agreements.models import Wish
from halfdoor.service.core.guarding import reading, writing
from halfdoor.service.disclosures import gate, packs, payloads
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover
from halfdoor.service.disclosures.dossier import ITEM_FACTS
from halfdoor.service.disclosures.models import Delivery, Item, Line
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Setting
from halfdoor.service.people.models import Authority, Episode, EpisodeTerms, Suspicion
from tests.people import NOON, Family

KINDS = (Category.THEMES, Category.SESSION_SUMMARY, Category.SESSION_CONTENT, Category.ATTENDANCE)
TOPICS = (Topic.NONE, Topic.SCHOOL, Topic.FRIENDS)
NAMED = (
    "category",
    *ITEM_FACTS,
    *("wish",) * 4,
    *("kept_private",) * 2,
    "authority",
    "suspected_of_harm",
    "legal_basis",
)
SAID = (WishValue.AGREES, WishValue.OBJECTS, WishValue.OBJECTS, WishValue.PREFERS_TO_TELL)
WHICH = {"category": KINDS, "marks_cover": tuple(MarksCover), "wish": SAID}

marks = st.sampled_from(Mark.values)
items = st.fixed_dictionaries({
    "category": st.sampled_from(KINDS),
    "topic": st.sampled_from(TOPICS),
    "kept_private": marks,
    "given_in_confidence": marks,
    "about_third_party": marks,
    "source_promised_confidence": marks,
    "marks_cover": st.sampled_from(MarksCover.values),
})  # fmt: skip
wishes = st.fixed_dictionaries({
    "value": st.sampled_from(SAID),
    "category": st.sampled_from(("", "", *KINDS)),
    "topic": st.sampled_from(TOPICS),
})  # fmt: skip


@st.composite
def boxes(draw):
    box = {}
    for name in draw(st.lists(st.sampled_from(NAMED), min_size=1, max_size=4, unique=True)):
        fact = BY_NAME[name]
        values = [value for value in WHICH.get(name, fact.values) if not (fact.spreads and value == "unknown")]
        box[name] = frozenset(draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)))
    return box


@st.composite
def rules(draw):
    number = draw(st.integers(0, 10_000))
    tier = draw(st.sampled_from(list(Tier)))
    speaker = draw(st.sampled_from(list(Speaker)))
    return Rule(
        id=f"rule-{number}",
        pack="made-up",
        speaker=speaker,
        tier=tier,
        effect=draw(st.sampled_from(list(Disposition))),
        boxes=tuple(draw(st.lists(boxes(), min_size=1, max_size=2))),
        says="Made up.",
        limits=tuple(draw(st.lists(st.sampled_from(["themes_only", "minimum_necessary", "as_delegated"]), max_size=1))),
        obligations=tuple(Duty(code) for code in draw(st.lists(st.sampled_from(["consult_author"]), max_size=1))),
    )


def judge_of(made: list[Rule]) -> Judge:
    spoken = {speaker: tuple(rule for rule in made if rule.speaker is speaker) for speaker in Speaker}
    everywhere = frozenset({"us"})
    made_up = [Pack(speaker, "1", speaker, "Made up.", everywhere, (), spoken[speaker], "") for speaker in Speaker]
    return Judge(arrange(made_up, on=NOON.date()))


def open_but_where(name, value):
    """Return a judge that lets everything go but where a fact has this value."""
    of_law = {"pack": "law", "speaker": Speaker.LAW, "says": "Made up."}
    opening = Rule(id="open", tier=Tier.PERMIT, effect=Disposition.MAY_SHARE, boxes=({},), **of_law)
    closing = Rule(id="shut", tier=Tier.BAR, effect=Disposition.WITHHOLD, boxes=({name: frozenset({value})},), **of_law)
    return judge_of([opening, closing])


ABOUT_FRIENDS = {"value": WishValue.OBJECTS, "category": "", "topic": Topic.FRIENDS}
ONE_OF_EACH = [
    {"category": Category.THEMES, "topic": topic, "marks_cover": MarksCover.EVERYTHING, "kept_private": private}
    for topic in TOPICS
    for private in Mark.values
]

judges = st.lists(rules(), min_size=1, max_size=12, unique_by=lambda rule: rule.id).map(judge_of)


@dataclass(frozen=True)
class Scene:
    """Amina's circle with a second episode of care, and a line that stands for whatever was released before."""

    family: Family
    second: Episode
    line: Line


@pytest.fixture
def scene(family: Family, monkeypatch: pytest.MonkeyPatch) -> Scene:
    empty = payloads.Payload("")
    monkeypatch.setattr(payloads, "fetch", lambda ids, who, named: {item: empty for kind in ids for item in ids[kind]})
    monkeypatch.setattr(packs, "keep", lambda judge, *, practice: {})
    second = Episode.objects.create(
        practice=family.practice, young_person=family.amina, setting=Setting.SCHOOL, started_on=NOON.date()
    )
    asked = gate.Question(young_person=family.amina, recipient=family.sara, category=Category.ATTENDANCE)
    return Scene(family, second, gate.conclude(asked, done=CODES, by=family.ruth, at=NOON).line)


def put_on_record(scene, said, level, suspected, basis):
    """Put on record what the rules ask about."""
    family = scene.family
    by = {"practice": family.practice, "recorded_by": family.ruth}
    dated = by | {"effective_on": NOON.date(), "recorded_at": NOON}
    Authority.objects.create(membership=family.sara, level=level, **dated)
    Suspicion.objects.create(membership=family.sara, suspected=suspected, **dated)
    EpisodeTerms.objects.create(episode=scene.second, legal_basis=basis, **dated)
    Wish.objects.bulk_create(
        Wish(
            young_person=family.amina,
            membership=family.sara if minute % 2 else None,
            source=WishSource.OWN_PAGE,
            said_at=NOON - timedelta(days=1, minutes=-minute),
            **wish,
            **by,
        )
        for minute, wish in enumerate(said)
    )


def enter(scene, written, released):
    """Put items on record, some of them as released, and return them newest first."""
    family = scene.family
    rows = [
        Item(
            practice=family.practice,
            young_person=family.amina,
            episode=scene.second if number % 3 else family.episode,
            kind="made-up",
            said_by="clinician",
            written_at=NOON - timedelta(minutes=number),
            written_by=family.ruth,
            **columns,
        )
        for number, columns in enumerate(written)
    ]
    for number, row in enumerate(rows):
        row.was_delivered = number in released
    with writing(Item):
        Item.objects.bulk_create(rows)
    Delivery.objects.bulk_create(
        Delivery(practice=family.practice, membership=family.sara, item=row, version=1, line=scene.line)
        for row in rows
        if row.was_delivered
    )
    return rows


def opens_alone(view, row):
    """Decide one item by the slow reference."""
    judge = view.judge if row.was_delivered else view.unattended
    return answer(judge.table, view.situation(row).values).disposition.opens


def plain(judge, said):
    """An example in which nothing but the wishes and the marks differs."""
    shared = {"level": Level.SHARED, "suspected": Answer.NO, "basis": LegalBasis.PARENT_CONSENT, "released": {1, 5}}
    return example(judge=judge, written=ONE_OF_EACH, said=[said], **shared)


@plain(open_but_where("kept_private", "yes"), ABOUT_FRIENDS)
@plain(open_but_where("wish", "objects"), ABOUT_FRIENDS)
@plain(open_but_where("legal_basis", "parent_consent"), ABOUT_FRIENDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    judge=st.one_of(st.none(), judges),
    written=st.lists(items, min_size=8, max_size=40),
    said=st.lists(wishes, min_size=1, max_size=5),
    level=st.sampled_from(Level.values),
    suspected=st.sampled_from(Answer.values),
    basis=st.sampled_from(LegalBasis.values),
    released=st.sets(st.integers(0, 40), max_size=12),
)
def test_the_list_is_what_deciding_every_item_alone_gives(
    scene: Scene, judge, written, said, level, suspected, basis, released
):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        if judge is not None:
            patch.setattr(packs, "judge_of", lambda practice, *, at: judge)
        put_on_record(scene, said, level, suspected, basis)
        rows = enter(scene, written, released)
        view = gate._view(scene.family.sara, purpose="", at=NOON)
        with reading(Item):
            chosen = list(view.allowed(Item.objects.of_kind("made-up")).order_by("-written_at"))
        assert [item.pk for item in chosen] == [row.pk for row in rows if opens_alone(view, row)]
        assert all(view.shows(item, view.situation(item)) for item in chosen)
        transaction.set_rollback(True)
