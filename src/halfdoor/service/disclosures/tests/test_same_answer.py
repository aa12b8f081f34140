"""The database chooses what one gets by deciding every item alone, whatever the rules and the record say."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.reference import answer
from halfdoor.disclosure.rules import Disposition, Duty, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.core.guarding import writing
from halfdoor.service.disclosures import gate, packs, payloads
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover
from halfdoor.service.disclosures.dossier import ITEM_FACTS
from halfdoor.service.disclosures.models import Delivery, Item
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Setting
from halfdoor.service.people.models import Authority, EpisodeTerms, Suspicion
from tests.people import NOON, Family

KINDS = (Category.THEMES, Category.SESSION_SUMMARY, Category.SESSION_CONTENT, Category.ATTENDANCE)
TOPICS = (Topic.NONE, Topic.SCHOOL, Topic.FRIENDS)
NAMED = (
    *("category", *ITEM_FACTS),
    *("wish", "authority", "suspected_of_harm", "legal_basis", "authorization"),
)
WHICH = {"category": KINDS, "marks_cover": tuple(MarksCover)}

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
    "value": st.sampled_from(WishValue.values),
    "category": st.sampled_from(("", *KINDS)),
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


judges = st.lists(rules(), min_size=1, max_size=12, unique_by=lambda rule: rule.id).map(judge_of)


def enter(family, other, written):
    """Put items on record in bulk, and return them newest first."""
    rows = [
        Item(
            practice=family.practice,
            young_person=family.amina,
            episode=other if number % 3 else family.episode,
            kind="made-up",
            said_by="clinician",
            written_at=NOON - timedelta(minutes=number),
            written_by=family.ruth,
            **columns,
        )
        for number, columns in enumerate(written)
    ]
    with writing(Item):
        Item.objects.bulk_create(rows)
    return rows


def settle(family, said, level, suspected, basis):
    """Put on record what the rules ask about, and return a second episode of care that rests on something else."""
    for minute, wish in enumerate(said):
        about = family.sara if minute % 2 else None
        moment = NOON - timedelta(days=1, minutes=-minute)
        agreements.wish(family.amina, source=WishSource.OWN_PAGE, about=about, by=family.ruth, at=moment, **wish)
    today = NOON.date()
    people.record(Authority(membership=family.sara, level=level, effective_on=today), by=family.ruth, at=NOON)
    people.record(Suspicion(membership=family.sara, suspected=suspected, effective_on=today), by=family.ruth, at=NOON)
    terms = EpisodeTerms(legal_basis=basis)
    return people.begin_episode(
        family.amina, setting=Setting.SCHOOL, started_on=today, terms=terms, by=family.ruth, at=NOON
    )


@pytest.fixture(autouse=True)
def payloads_of_their_own(monkeypatch):
    monkeypatch.setattr(payloads, "fetch", lambda ids, young_person: {item: "" for kind in ids for item in ids[kind]})
    monkeypatch.setattr(packs, "keep", lambda judge, *, practice: {})


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    judge=st.one_of(st.none(), judges),
    written=st.lists(items, min_size=1, max_size=25),
    said=st.lists(wishes, max_size=4),
    level=st.sampled_from(Level.values),
    suspected=st.sampled_from(Answer.values),
    basis=st.sampled_from(LegalBasis.values),
    released=st.sets(st.integers(0, 24), max_size=6),
)
def test_the_list_is_what_deciding_every_item_alone_gives(
    family: Family, judge, written, said, level, suspected, basis, released
):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        if judge is not None:
            patch.setattr(packs, "judge_of", lambda practice, *, at: judge)
        other = settle(family, said, level, suspected, basis)
        rows = enter(family, other, written)
        reached = {row.pk for number, row in enumerate(rows) if number in released}
        _pretend_they_were_released(family, reached)
        alone = [row.pk for row in rows if _decided_alone(family, row, was_delivered=row.pk in reached)]
        listed = gate.shareable_with(family.sara, Item.objects.of_kind("made-up"), size=100, at=NOON)
        assert [released.item_id for released in listed.items] == alone
        transaction.set_rollback(True)


def _decided_alone(family: Family, row: Item, *, was_delivered: bool) -> bool:
    """Decide one item by the slow reference, from what is on record now."""
    row.was_delivered = was_delivered
    view = gate._view(family.sara, purpose="", at=NOON)
    judge = view.judge if was_delivered else view.unattended
    return answer(judge.table, view.situation(row).values).disposition.opens


def _pretend_they_were_released(family: Family, item_ids: set[UUID]) -> None:
    question = gate.Question(young_person=family.amina, recipient=family.sara, category="themes")
    line = gate.conclude(question, done=_Everything(), by=family.ruth, at=NOON).line
    for item_id in item_ids:
        Delivery.objects.create(practice=family.practice, membership=family.sara, item_id=item_id, version=1, line=line)


class _Everything(frozenset[str]):
    """Every obligation there is, as done."""

    def __contains__(self, code: object) -> bool:
        return True
