"""Answering a scenario, completing a set, and saying how often that is expected."""

from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.training import progress, scoring
from halfdoor.service.training.models import Completion, ExerciseAnswer, Expectation
from halfdoor.service.training.scenarios import Collection, Scenario, set_for


@transaction.atomic
def answer(scenario: Scenario, given: scoring.Given, *, by: Account, at: datetime) -> ExerciseAnswer:
    """Put on record what somebody chose in a scenario. Where it was the last of its set, the set is complete."""
    said = progress.ruled(scenario, practice=by.practice, at=at)
    score = scoring.score(scenario, said, given)
    row = ExerciseAnswer.objects.create(
        practice=by.practice,
        account=by,
        scenario=scenario.slug,
        answer=given.answer,
        step=given.step,
        words=given.words,
        decided=said.disposition,
        rule=said.rule,
        packs=said.packs,
        points=score.points,
        out_of=score.out_of,
        answered_at=at,
    )
    if scenario in set_for(by, scenario.collection):
        _complete(scenario.collection, by=by, at=at)
    return row


@transaction.atomic
def expect(months: int, *, by: Account, at: datetime) -> Expectation:
    """Say after how many months every set is to be completed again; 0 where the practice expects nothing."""
    row = Expectation.objects.create(practice=by.practice, months=months, decided_at=at, decided_by=by)
    body = {"kind": "training.expected", "months": months, "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    return row


def _complete(collection: Collection, *, by: Account, at: datetime) -> Completion | None:
    """
    Complete a set if every scenario of it was answered by the rules as they are, and if that is news: it never was
    complete, all of it was answered again, or the rules had changed since.
    """
    scenarios, answers = set_for(by, collection), progress.newest_answers(by)
    given = {one.slug: answers[one.slug] for one in scenarios if one.slug in answers}
    if len(given) < len(scenarios):
        return None
    rules = progress.rules_for(scenarios, practice=by.practice, at=at)
    if any(progress.stamp(row.decided, row.rule) != rules.decided[slug] for slug, row in given.items()):
        return None
    last = progress.newest_completions(by.practice, [by]).get((by.pk, collection))
    anew = last is None or all(row.answered_at > last.completed_at for row in given.values())
    if last and not anew and last.decided == rules.decided:
        return None
    row = Completion.objects.create(
        practice=by.practice,
        account=by,
        collection=collection,
        decided=dict(rules.decided),
        packs=dict(rules.packs),
        completed_at=at,
    )
    body = {"kind": "training.completed", "completion": str(row.pk), "set": str(collection), "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    return row
