"""Every row belongs to a practice, down to the keys that the database keeps."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import jobs, wall
from halfdoor.service.core.models import Job, PersonKey, Practice, PracticeKey
from halfdoor.service.core.rows import Row

OURS = [model for model in apps.get_models() if model.__module__.startswith("halfdoor.")]
ROWS = [model for model in OURS if model is not Practice]
THIRD_PARTY = {"auth", "contenttypes", "sessions", "account", "mfa"}
POSTGRESQL_ONLY = "the physical key is made on PostgreSQL"

pytestmark = pytest.mark.django_db


def constraints_of(model: type[models.Model]) -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor, wall.permit(wall.readable, wall.EVERYTHING):
        return connection.introspection.get_constraints(cursor, model._meta.db_table)


def test_every_table_is_ours_or_on_the_list_of_others() -> None:
    assert {model._meta.app_label for model in apps.get_models() if model not in OURS} == THIRD_PARTY


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_every_table_of_ours_carries_its_practice(model: type[models.Model]) -> None:
    assert issubclass(model, Row)
    practice = model._meta.get_field("practice")
    assert not practice.null
    assert practice.remote_field.on_delete is models.PROTECT


@pytest.mark.abuse("C8")
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_nothing_is_unique_across_practices(model: type[models.Model]) -> None:
    for name, constraint in constraints_of(model).items():
        if constraint["unique"]:
            physical = connection.vendor == "postgresql" or not constraint["primary_key"]
            assert "practice_id" in constraint["columns"] or not physical, name


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_postgresql_keys_begin_with_the_practice(model: type[models.Model]) -> None:
    found = constraints_of(model)
    primary = next(constraint for constraint in found.values() if constraint["primary_key"])
    expected = ["practice_id", "id"] if connection.vendor == "postgresql" else ["id"]
    assert primary["columns"] == expected
    if connection.vendor == "postgresql":
        assert any(constraint["index"] and constraint["columns"] == ["id"] for constraint in found.values())


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_postgresql_references_stay_inside_the_practice(model: type[models.Model]) -> None:
    if connection.vendor != "postgresql":
        return
    tables = {row._meta.db_table for row in ROWS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT confrelid::regclass::text, array_length(conkey, 1) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid = %s::regclass",
            [model._meta.db_table],
        )
        references = cursor.fetchall()
    expected = {field.name for field in model._meta.concrete_fields if field.remote_field}
    assert len(references) == len(expected)
    assert all(columns == (2 if table in tables else 1) for table, columns in references)


def test_on_postgresql_a_row_cannot_point_into_another_practice() -> None:
    if connection.vendor != "postgresql":
        return
    here, there = (Practice.objects.create(name=name) for name in ("Here", "There"))
    key = PracticeKey.objects.create(practice=there, wrapped=b"x")
    PersonKey.objects.create(practice=here, person=uuid.uuid4(), practice_key=key, wrapped=b"x")
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_the_same_sign_in_name_may_exist_in_two_practices_but_not_twice_in_one() -> None:
    here, there = (Practice.objects.create(name=name) for name in ("Here", "There"))
    for practice in (here, there):
        Account.objects.create(practice=practice, username="tom", role="caregiver")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(practice=here, username="tom", role="caregiver")


def test_claiming_a_job_locks_within_one_practice(django_assert_num_queries: Any) -> None:
    here, there = (Practice.objects.create(name=name) for name in ("Here", "There"))
    noon = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
    Job.objects.create(practice=there, task="x", enqueued_at=noon, due_at=noon)
    assert jobs.claim(here.pk, at=noon) is None
    with django_assert_num_queries(4) as seen:
        assert jobs.claim(there.pk, at=noon) is not None
    statements = [query["sql"] for query in seen.captured_queries if "core_job" in query["sql"]]
    assert statements
    assert all("practice_id" in statement for statement in statements)
