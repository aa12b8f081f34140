"""What is asked with SQL written once is what the query says, whoever it is asked about, and whenever."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from halfdoor.service.agreements import facts as agreed
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Among, Prepared, ahead
from halfdoor.service.core.together import Together
from halfdoor.service.disclosures import packs
from halfdoor.service.people import facts, queries
from halfdoor.service.people.choices import Level
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests import stated
from halfdoor.service.web.paging import Paged
from tests.elsewhere import propose_rules
from tests.papers import answered_papers, given_consent
from tests.people import EARLIER, NOON, Family, Home, a_court_limits, know

LATE = datetime(2101, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("at", [EARLIER - timedelta(days=1), EARLIER, NOON, LATE])
def test_rows_are_those_of_the_query(at: datetime, family: Family, home: Home) -> None:
    """Asked of two practices in turn, before and after something was put on record."""
    propose_rules(family.lead)
    for again in (False, True):
        for young_person in (family.amina, home.leo):
            key = young_person.practice_id, young_person.pk
            same(facts._ROWS_OF_ONE, *key, at)
            same(agreed._ROWS_OF_ONE, *key, at)
            same(stated._ROWS_OF_ONE, key[0], at - stated.HOLDS, at, key[1])
            same(packs._NAMED, key[0], at, at.date())
        if not again:
            a_court_limits(family.tom, by=family.ruth)
            answered_papers(family.sara, by=family.ruth)
            given_consent(family.sara, by=family.ruth)
            know(home.dan, level=Level.NONE, by=home.therapist, at=NOON)
    assert facts.load(family.amina, at=LATE).dated
    assert list(facts._of(family.practice.pk, [home.leo.pk], LATE)) == []


def same(prepared: Prepared, *key: UUID | datetime) -> None:
    asked = sorted(map(repr, prepared.ask(YoungPerson, *key)))
    assert asked == sorted(map(repr, prepared._build(*key)))


def test_people_are_found_as_by_the_query_with_what_belongs_to_them(family: Family, home: Home) -> None:
    for reader, one in ((family.ruth, family.amina), (home.therapist, home.leo), (family.ruth, home.leo)):
        practice, by = reader.practice_id, reader.pk
        found = list(queries._ONE.rows(YoungPerson, practice, by, one.pk))
        assert found == list(queries.young_people_of(reader).filter(pk=one.pk))
        with CaptureQueriesContext(connection) as asked:
            assert [(each.name, each.practice.pk, each.found_for) for each in found] == [
                (one.name, practice, by) for _ in found
            ]
        assert len(asked) == 0
        own = list(queries._CIRCLE.rows(Membership, practice, one.pk))
        assert set(own) == set(Membership.objects.filter(practice=practice).of(one).current())
    assert [len(list(queries._ONE.rows(YoungPerson, family.ruth.practice_id, family.ruth.pk, one.pk)))
            for one in (family.amina, home.leo)] == [1, 0]  # fmt: skip


@pytest.mark.django_db
def test_everything_asked_so_is_what_django_would_write_for_the_values_at_hand() -> None:
    """No value of the first time, nor one reckoned from it, stays behind in the SQL."""
    assert get_resolver().url_patterns, "every room that shows a page is loaded"
    modules = [vars(module) for name, module in list(sys.modules.items()) if name.startswith("halfdoor.service.")]
    made = [one for names in modules for one in names.values() if isinstance(one, (Prepared, Paged, Together))]
    among = [one for names in modules for one in names.values() if isinstance(one, Among)]
    made += [prepared for one in among for prepared in one.sizes.values()]
    every = {id(one): getattr(one, "_first", getattr(one, "_prepared", one)) for one in made}
    assert len(every) > FEWEST
    for prepared in every.values():
        for turn in range(2):
            values = [VALUES[kind](2 * place + turn) for place, kind in enumerate(prepared._kinds)]
            written, params, _ = prepared._filled(Practice, values)
            with timezone.override(UTC):
                anew = prepared._build(*values).query.sql_with_params()
            assert written_out(written.sql, params) == written_out(*anew)


def written_out(sql: str, params: Any) -> Any:
    """Return SQL with its values, as it is sent: of PostgreSQL's, those that never differ stand in it already."""
    return connection.ops.compose_sql(sql, params) if connection.vendor == "postgresql" else (sql, tuple(params))


FEWEST = 20
VALUES: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=number + 1),
    datetime: lambda number: NOON + timedelta(days=number),
    date: lambda number: NOON.date() + timedelta(days=number),
    str: lambda number: f"word {number}",
}


def test_some_of_many_are_found_however_many_are_asked_for(family: Family, home: Home) -> None:
    """Fewer than the SQL has places for, as many, and more than it has places for at all."""
    practice, known = family.practice.pk, [family.sara.pk, family.tom.pk]
    some = Among(lambda practice, *ids: Membership.objects.filter(practice=practice, pk__in=ids), UUID)
    only = Among(
        lambda practice, *ids: Membership.objects.filter(practice=practice, pk__in=ids).values_list("pk"), UUID
    )
    for others in (0, 6, 7, 62, 600):
        asked = [*known, home.dan.pk, *(UUID(int=number + 1) for number in range(others))]
        assert set(some.rows(Membership, practice, some=asked)) == {family.sara, family.tom}
        assert sorted(only.ask(Membership, practice, some=asked)) == sorted((pk,) for pk in known)


def test_postgresql_is_told_each_value_once_and_nothing_else() -> None:
    values = UUID(int=1), UUID(int=2), NOON
    _, params, _ = facts._ROWS_OF_ONE._filled(YoungPerson, values)
    if connection.vendor == "postgresql":
        assert sorted(params.values(), key=str) == sorted(values, key=str)


def test_what_was_asked_ahead_is_answered_once_and_only_for_the_same_values(family: Family, home: Home) -> None:
    question, key = facts.question_of(family.amina, at=NOON)
    asked = [(key, connection.vendor != "postgresql"), ((*key[:2], LATE), True), (key, True)]
    right = [sorted(map(repr, question.ask(YoungPerson, *values))) for values, _ in asked]
    with ahead(YoungPerson, (question, key), packs.question_of(family.practice, at=NOON)):
        for (values, goes_out), rows in zip(asked, right, strict=True):
            with CaptureQueriesContext(connection) as sent:
                assert sorted(map(repr, question.ask(YoungPerson, *values))) == rows
            assert len(sent) == goes_out
    with CaptureQueriesContext(connection) as sent:
        packs.judge_of(family.practice, at=NOON)
    assert len(sent) == 1


def test_a_value_that_the_query_does_not_name_is_found_out(family: Family) -> None:
    every = Prepared(lambda practice, at: Practice.objects.filter(pk=practice).values_list("pk"), UUID, datetime)
    with pytest.raises(ValueError, match="does not stand in the SQL"):
        every.ask(Practice, family.practice.pk, NOON)
