"""A practice's own rules: proposed, looked at, approved by a second person, in force from a day on, and kept."""

import inspect
import re
import threading
from contextvars import copy_context
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, connections, transaction
from django.utils.translation import override

from halfdoor.disclosure import house_rules, lints
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.vocabulary import FACTS
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry, Job
from halfdoor.service.disclosures import gate, ledger, packs
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.house import actions, drafts, guided, queries, remarks, sentences
from halfdoor.service.disclosures.house.guided import Answered, Wanted, Who
from halfdoor.service.disclosures.house.rows import Activation, Approval, Finding, Impact, Proposal
from halfdoor.service.disclosures.house.tasks import work_out_impact
from halfdoor.service.disclosures.models import Line, PackVersion
from halfdoor.service.notes import actions as notes
from tests.people import NOON, Family, account, amina_and_her_family

TODAY = NOON.date()
LATER = NOON + timedelta(hours=1)
PARENTS_HEAR_LESS = Wanted(
    who=Who.PARENTS, what=(Category.ATTENDANCE,), answered=Answered.NOTHING, says="", agreed="Our team meeting"
)
PARENTS_HEAR_MORE = Wanted(
    who=Who.PARENTS,
    what=(Category.SESSION_SUMMARY, Category.PROGRESS),
    answered=Answered.SHARED,
    says="Parents of our young people read the summaries.",
    agreed="Our handbook",
)


def text_now(family: Family) -> str:
    return drafts.text_of(actions.newest(family.practice))


def written(family: Family, wanted: Wanted) -> str:
    return guided.with_rule(text_now(family), wanted, pack="house", on=TODAY)


def proposed(family: Family, text: str, *, looked: bool = True) -> Proposal:
    """Lena proposes it, and it is worked out what it changes."""
    proposal = actions.propose(text, because="We agreed on it", by=family.lead, at=NOON)
    if looked:
        work_out(proposal)
    return proposal


def work_out(proposal: Proposal) -> None:
    impact = Impact.objects.filter(proposal=proposal).order_by("-asked_at").first()
    with time_machine.travel(NOON, tick=False):
        work_out_impact.call(practice=str(impact.practice_id), impact=str(impact.pk))


def approved(proposal: Proposal, by: Account) -> Approval:
    return actions.approve(proposal, fingerprint=proposal.version.sha256, by=by, at=NOON)


def in_force(family: Family, wanted: Wanted, *, from_on: date = TODAY) -> Activation:
    proposal = proposed(family, written(family, wanted))
    approved(proposal, family.ruth)
    return actions.activate(proposal, from_on=from_on, by=family.lead, at=NOON)


def answer(family: Family, category: str, *, at=LATER) -> Disposition:
    return gate.consider(gate.usual_question(family.sara, category), at=at).disposition


def kinds(family: Family) -> list[str]:
    entries = ChainEntry.objects.filter(practice=family.practice).order_by("sequence")
    said = [chain.body_of(entry)["kind"] for entry in entries]
    return [kind.removeprefix("disclosures.house_rules_") for kind in said if "house_rules" in kind]


@pytest.mark.requirement("C14")
def test_what_only_closes_is_brought_into_force_by_one_and_everybody_else_is_told(family: Family):
    assert answer(family, "attendance").opens
    proposal = proposed(family, written(family, PARENTS_HEAR_LESS))
    assert Impact.objects.get().outcome == Impact.Outcome.CLOSES
    activation = actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON)
    assert answer(family, "attendance") is Disposition.WITHHOLD
    assert queries.news(family.ruth).change == activation
    assert queries.news(family.lead).change is None
    actions.see(activation, by=family.ruth, at=LATER)
    assert queries.news(family.ruth).change is None
    assert kinds(family) == ["proposed", "activated"]


@pytest.mark.requirement("C14")
@pytest.mark.abuse("D10", "F7")
def test_what_opens_takes_two_people_and_none_of_them_is_who_proposed_it(family: Family):
    assert not answer(family, "session_summary").opens
    proposal = proposed(family, written(family, PARENTS_HEAR_MORE))
    assert Impact.objects.get().outcome == Impact.Outcome.OPENS
    with pytest.raises(actions.NotNow):
        actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON)
    with pytest.raises(actions.NotNow):
        approved(proposal, family.lead)
    approved(proposal, family.ruth)
    actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON)
    assert kinds(family) == ["proposed", "approved", "activated"]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.TEAM, Role.CAREGIVER, Role.YOUNG_PERSON])
def test_nobody_but_clinicians_changes_rules(family: Family, role: Role):
    somebody = account(family.practice, f"some-{role}", role)
    proposal = proposed(family, written(family, PARENTS_HEAR_MORE))
    with pytest.raises(actions.NotTheirs):
        approved(proposal, somebody)
    with pytest.raises(actions.NotTheirs):
        actions.propose(text_now(family), because="x", by=somebody, at=NOON)
    with pytest.raises(actions.NotTheirs):
        actions.withdraw(proposal, by=somebody, at=NOON)


def test_a_therapist_approves_and_does_not_propose(family: Family):
    with pytest.raises(actions.NotTheirs):
        actions.propose(written(family, PARENTS_HEAR_LESS), because="x", by=family.ruth, at=NOON)


def test_an_approval_is_of_exact_bytes_and_another_text_needs_its_own(family: Family):
    first = proposed(family, written(family, PARENTS_HEAR_MORE))
    approved(first, family.ruth)
    second = proposed(family, written(family, PARENTS_HEAR_MORE) + "# a word more\n")
    with pytest.raises(actions.NotNow):
        actions.approve(second, fingerprint=first.version.sha256, by=family.ruth, at=NOON)
    with pytest.raises(actions.NotNow):
        actions.activate(second, from_on=TODAY, by=family.lead, at=NOON)


def test_nobody_approves_what_nobody_has_worked_out(family: Family):
    proposal = proposed(family, written(family, PARENTS_HEAR_MORE), looked=False)
    with pytest.raises(actions.NotNow):
        approved(proposal, family.ruth)
    assert Job.objects.filter(task__endswith="work_out_impact").count() == 1


def test_an_approval_falls_with_the_law_it_was_given_beside(family: Family, monkeypatch):
    proposal = proposed(family, written(family, PARENTS_HEAR_MORE))
    approved(proposal, family.ruth)
    monkeypatch.setattr(actions.looking, "beside", lambda pack, *, practice: "another law")
    with pytest.raises(actions.NotNow):
        actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON)
    again = actions.look_again(proposal, by=family.lead, at=LATER)
    Impact.objects.filter(pk=again.pk).update(ended_at=LATER, outcome=Impact.Outcome.OPENS)
    with pytest.raises(actions.NotNow):
        actions.activate(proposal, from_on=TODAY, by=family.lead, at=LATER)


@pytest.mark.requirement("C14")
def test_a_proposal_that_was_overtaken_waits_to_be_taken_up_again(family: Family):
    slow = proposed(family, written(family, PARENTS_HEAR_MORE))
    approved(slow, family.ruth)
    in_force(family, PARENTS_HEAR_LESS)
    with pytest.raises(actions.NotNow):
        actions.activate(slow, from_on=TODAY, by=family.lead, at=LATER)
    assert queries.case_of(slow, reader=family.lead, at=LATER).is_overtaken


def test_a_withdrawn_proposal_is_off_the_table(family: Family):
    proposal = proposed(family, written(family, PARENTS_HEAR_LESS))
    actions.withdraw(proposal, by=family.lead, at=NOON)
    with pytest.raises(actions.NotNow):
        actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON)
    with pytest.raises(actions.NotNow):
        actions.withdraw(proposal, by=family.lead, at=NOON)
    assert not queries.waiting(family.lead).exists()


def test_rules_never_begin_in_the_past_and_hold_from_their_day_on(family: Family):
    proposal = proposed(family, written(family, PARENTS_HEAR_LESS))
    with pytest.raises(actions.NotNow):
        actions.activate(proposal, from_on=TODAY - timedelta(days=1), by=family.lead, at=NOON)
    actions.activate(proposal, from_on=TODAY + timedelta(days=3), by=family.lead, at=NOON)
    assert answer(family, "attendance").opens
    assert not answer(family, "attendance", at=NOON + timedelta(days=3)).opens
    midnight_there = NOON.replace(day=5, hour=4, minute=59)
    assert answer(family, "attendance", at=midnight_there).opens
    assert not answer(family, "attendance", at=midnight_there + timedelta(minutes=1)).opens


def test_going_back_to_the_shipped_rules_is_a_proposal_like_any_other(family: Family):
    in_force(family, PARENTS_HEAR_LESS)
    back = actions.propose_shipped(because="It did not help", by=family.lead, at=LATER)
    work_out(back)
    with pytest.raises(actions.NotNow):
        actions.activate(back, from_on=TODAY, by=family.lead, at=LATER)
    actions.approve(back, fingerprint=back.version.sha256, by=family.ruth, at=LATER)
    actions.activate(back, from_on=TODAY, by=family.lead, at=LATER)
    assert answer(family, "attendance", at=LATER + timedelta(hours=1)).opens
    with pytest.raises(actions.NotNow):
        actions.propose_shipped(because="Again", by=family.lead, at=LATER)


@pytest.mark.requirement("C4", "C14")
def test_a_rule_that_opens_only_what_law_closes_is_refused_with_what_it_hits(family: Family):
    text = text_now(family) + (
        '\n[[rule]]\nid = "house.notes-to-friends"\ntier = "practice"\neffect = "may_share"\n'
        'when = { relation = "parent", category = "process_notes", identity = "unverified" }\n'
        'says = "They may read it."\n'
    )
    with pytest.raises(drafts.Unusable, match=r"Line \d+: house.notes-to-friends: .*(us|ethics)\.") as refusal:
        proposed(family, text)
    assert text.splitlines()[refusal.value.line - 1] == 'id = "house.notes-to-friends"'
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ('[pack]\nid = "x"\nversion = ', 3),
        ('[pack]\nid = "house"\nversion = "1"\nspeaker = "law"\nsays = "x"\nfor = "all"\n', 4),
        ('[pack]\nid = "practice"\nversion = "1"\nspeaker = "practice"\nsays = "x"\nfor = "all"\n', 2),
        ('[pack]\nid = "house"\nversion = "1"\nspeaker = "practice"\nsays = "x"\nfor = ["england"]\n', 6),
        (
            '[pack]\nid = "house"\nversion = "1"\nspeaker = "practice"\nsays = "x"\nfor = "all"\n\n[[rule]]\n'
            'id = "house.a"\ntier = "practice"\neffect = "withhold"\nwhen = { relation = "auntie" }\nsays = "x"\n',
            12,
        ),
        (
            '[pack]\nid = "house"\nversion = "1"\nspeaker = "practice"\nsays = "x"\nfor = "all"\n\n[[rule]]\n'
            'id = "house.a"\ntier = "bar"\neffect = "withhold"\nsays = "x"\n',
            10,
        ),
        ("x = " + "[" * 20_000, 0),
    ],
)
def test_a_mistake_is_named_with_its_line(said: str, line: int):
    with pytest.raises(drafts.Unusable) as mistake:
        drafts.pack_of(said, place="us")
    assert mistake.value.line == line


def test_every_wish_of_the_guided_form_is_a_rule_that_can_be_read(family: Family):
    for who in Who:
        for answered in Answered:
            wanted = Wanted(who=who, what=(guided.EVERYTHING,), answered=answered, says='We "ask".\n', agreed="Us")
            pack = drafts.pack_of(written(family, wanted), place="us")
            (rule,) = (rule for rule in pack.rules if rule.says == 'We "ask".')
            assert rule.effect == answered.value


@pytest.mark.requirement("C14")
def test_what_would_change_for_young_people_here_now_is_told_before_and_named_only_to_their_clinicians(family: Family):
    proposed(family, written(family, PARENTS_HEAR_LESS))
    impact = Impact.objects.get()
    cells = Finding.objects.filter(impact=impact, kind=Finding.Kind.CELL)
    assert {(one.membership.person.name, one.category, one.opens) for one in cells} == {
        ("Sara Khan", "attendance", False),
        ("Tom Reed", "attendance", False),
    }
    to_ruth = queries.findings(impact, kind="cell", page="1", reader=family.ruth)
    assert {one.whom for one in to_ruth.shown} == {"Amina Khan"}
    to_lena = queries.findings(impact, kind="cell", page="1", reader=family.lead)
    assert (to_lena.closing, to_lena.hidden, to_lena.shown) == (2, 2, [])


@pytest.mark.requirement("C14")
def test_lines_of_the_ledger_that_would_be_decided_otherwise_are_found(family: Family):
    for category in ("attendance", "goals_and_plan"):
        gate.conclude(gate.usual_question(family.sara, category), by=family.ruth, at=NOON)
    proposed(family, written(family, PARENTS_HEAR_LESS))
    line = Finding.objects.get(kind=Finding.Kind.LINE)
    assert (line.category, line.opens) == ("attendance", False)
    assert Impact.objects.get().lines_done == 2


@pytest.mark.requirement("C9", "C14")
def test_an_old_line_is_decided_again_by_the_rules_of_its_day(family: Family):
    asked = gate.usual_question(family.sara, "attendance")
    before = gate.conclude(asked, by=family.ruth, at=NOON)
    in_force(family, PARENTS_HEAR_LESS)
    after = gate.conclude(asked, by=family.ruth, at=LATER)
    in_force(family, PARENTS_HEAR_MORE)
    assert (before.went, after.went) == (True, False)
    for line in Line.objects.all():
        assert ledger.replay(line).outcome is ledger.Outcome.SAME
    assert "house" in chain.body_of(after.line.entry)["packs"]


def test_a_later_opening_hidden_behind_a_date_takes_two_people(family: Family):
    rule = guided.with_rule("", PARENTS_HEAR_MORE, pack="house", on=TODAY) + "from = 2027-01-01\n"
    proposed(family, text_now(family) + rule)
    impact = Impact.objects.get()
    assert impact.outcome == Impact.Outcome.OPENS
    assert {one["on"] for one in impact.says["changes"] if one["opens"]} == {"2027-01-01"}


def test_a_duty_that_is_taken_away_takes_two_people_though_no_answer_changes(family: Family):
    text = text_now(family)
    fewer = text.replace('obligations = ["tell_young_person_of_request"]\n', "", 1)
    assert fewer != text
    proposed(family, fewer)
    assert Impact.objects.get().outcome == Impact.Outcome.OPENS


def test_the_text_goes_in_a_circle_and_comes_back_as_it_was(family: Family):
    text = written(family, PARENTS_HEAR_LESS)
    assert drafts.text_of(proposed(family, text).version) == text
    assert drafts.pack_of(text_now(family), place="us").id == "house"


def test_what_was_decided_about_rules_cannot_be_changed(family: Family):
    in_force(family, PARENTS_HEAR_LESS)
    for model in (Proposal, Approval, Activation, PackVersion):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


@pytest.fixture
def committed_family(transactional_db: None) -> Family:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time, from its first statement on")
    return amina_and_her_family()


@pytest.mark.abuse("F1", "F2")
def test_rules_wait_for_the_release_under_way_and_the_next_release_is_by_them(committed_family: Family, monkeypatch):
    family = committed_family
    note = notes.write("Weekly.", episode=family.episode, category=Category.ATTENDANCE, by=family.ruth, at=NOON)
    proposal = proposed(family, written(family, PARENTS_HEAR_LESS))
    deciding, tried = threading.Event(), threading.Event()
    judge_of = packs.judge_of

    def slowly(practice, *, at):
        judge = judge_of(practice, at=at)
        deciding.set()
        tried.wait(0.5)
        return judge

    monkeypatch.setattr(packs, "judge_of", slowly)

    def activate():
        deciding.wait(30)
        actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON)
        tried.set()
        connections.close_all()

    thread = threading.Thread(target=copy_context().run, args=[activate])
    thread.start()
    assert gate.release(family.sara, note.item_id, by=family.ruth, at=NOON).went
    thread.join(30)
    monkeypatch.undo()
    assert not gate.release(family.tom, note.item_id, by=family.ruth, at=NOON).went
    entries = ChainEntry.objects.filter(practice=family.practice).order_by("sequence")
    said = [chain.body_of(entry)["kind"] for entry in entries]
    assert said.index("disclosures.release") < said.index("disclosures.house_rules_activated")


def test_a_clock_read_before_the_rules_opens_nothing_after_them(family: Family):
    note = notes.write("Weekly.", episode=family.episode, category=Category.ATTENDANCE, by=family.ruth, at=NOON)
    proposal = proposed(family, written(family, PARENTS_HEAR_LESS))
    actions.activate(proposal, from_on=TODAY, by=family.lead, at=NOON + timedelta(seconds=50))
    assert not gate.release(family.sara, note.item_id, by=family.ruth, at=NOON).went


def test_every_value_and_every_warning_is_said_in_words_of_ours():
    contracts = [
        (fact.name, value)
        for fact in FACTS
        if fact.name not in ("place", "age")
        for value in fact.values
        if "_" in sentences.value_words(fact.name, value)
        or not (sentences._LABELS.get(fact.name) or {"yes", "no"} <= set(fact.values))
    ]
    assert contracts == []
    warned = set(re.findall(r'Lint\(\s*"([a-z-]+)"', inspect.getsource(lints)))
    assert warned | {house_rules.NO_SWITCH} == remarks.WORDS.keys()


def test_a_warning_is_read_in_the_reader_s_own_language(family: Family):
    proposal = proposed(family, written(family, PARENTS_HEAR_LESS), looked=False)
    case = queries.case_of(proposal, reader=family.lead, at=NOON)
    with override("es"):
        assert any("dicen lo contrario" in remark.says for remark in queries.remarks_on(case))
