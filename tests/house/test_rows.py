"""Every row belongs to a practice, leans only downwards, and holds no NULL fact, no clock and no way round the gate."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from halfdoor.service.core.guarding import GuardedQuerySet, GuardedRow
from halfdoor.service.core.models import Practice
from halfdoor.service.core.rows import Row
from tests.house.tree import staircase

Guard = Callable[[type[models.Model]], Iterator[str]]
Plant = Callable[[], type[models.Model]]

ROOMS = staircase()
WORKING_ROWS = frozenset(
    {
        *("requests.FamilyRequest", "requests.Step", "requests.Question", "requests.Reply", "requests.CallCheck"),
        *("requests.Skipped", "requests.Weighing", "requests.Afterwards", "requests.Explanation"),
        *("requests.Departure", "requests.DepartureReview", "requests.Proposal", "requests.SecondReading"),
        *("safeguarding.Incident", "safeguarding.IncidentAssessment", "safeguarding.IncidentStep"),
        *("notes.Draft", "notes.Allowance", "records.LegalHold", "records.Lifting"),
    }
)
"""Sealed, and read in their own room by those who work on them. What is told of them is a guarded payload."""


def rows_of_ours() -> list[type[models.Model]]:
    """Return every model whose table we make, those between two models of a many-to-many field too."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ROOMS]


def leans_upwards(model: type[models.Model]) -> Iterator[str]:
    """Yield foreign keys, written as strings or not, to a room above."""
    for field, target in _relations(model):
        if target._meta.app_label in ROOMS and _height(target) > _height(model):
            yield f"{field} leans on {target._meta.app_label}"


def ways_back(model: type[models.Model]) -> Iterator[str]:
    """Yield relations from or to a guarded row that can be walked backwards."""
    for field, target in _relations(model):
        if (issubclass(model, GuardedRow) or issubclass(target, GuardedRow)) and not field.remote_field.hidden:
            yield f"{field} can be walked back"


def open_payloads(model: type[models.Model]) -> Iterator[str]:
    """
    Yield managers of guarded rows that let pass, and sealed columns of rows that are not guarded.

    Rooms below the gate's keep sealed reasons in unguarded rows: the gate decides by those, so it reads them first.
    """
    label = model._meta.label
    if issubclass(model, GuardedRow):
        for manager in {*model._meta.managers, model._base_manager, model._default_manager}:
            if not isinstance(manager.get_queryset(), GuardedQuerySet):
                yield f"{label}.{manager.name} is no guarded manager"
    elif _height(model) > ROOMS.index("disclosures") and label not in WORKING_ROWS:
        for field in model._meta.local_fields:
            if isinstance(field, models.BinaryField):
                yield f"{field} is sealed, but its row is not guarded"


def without_practice(model: type[models.Model]) -> Iterator[str]:
    """Yield rows that name no practice, and uniqueness that would be one across practices."""
    if model is Practice:
        return
    practice = next((field for field in model._meta.fields if field.name == "practice"), None)
    if practice is None or practice.null or practice.related_model is not Practice:
        yield f"{model._meta.label} names no practice"
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key:
            yield f"{field} is unique across practices"
    for names in model._meta.unique_together:
        yield from _across_practices(model, tuple(names))
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield from _across_practices(model, constraint.fields)


def _across_practices(model: type[models.Model], names: tuple[str, ...]) -> Iterator[str]:
    if "practice" not in names:
        yield f"{model._meta.label}({', '.join(names)}) is unique across practices"


def unknown_as_null(model: type[models.Model]) -> Iterator[str]:
    """Yield facts that can be NULL: unknown is a value."""
    for field in model._meta.local_fields:
        if field.null and isinstance(field, models.CharField | models.TextField | models.BooleanField):
            yield f"{field} can be NULL"


def clocks(model: type[models.Model]) -> Iterator[str]:
    """Yield columns that read the clock by themselves."""
    for field in model._meta.local_fields:
        is_a_time = isinstance(field, models.DateField | models.TimeField)
        if is_a_time and (field.auto_now or field.auto_now_add or (field.has_default() and callable(field.default))):
            yield f"{field} reads the clock"


def misnamed_times(model: type[models.Model]) -> Iterator[str]:
    """Yield moments that do not end in ``_at`` and days that do not end in ``_on``. ``last_login`` is Django's own."""
    for field in model._meta.local_fields:
        if isinstance(field, models.DateField) and field.name != "last_login":
            ending = "_at" if isinstance(field, models.DateTimeField) else "_on"
            if field.name != ending.strip("_") and not field.name.endswith(ending):
                yield f"{field} does not end in {ending}"


def _relations(
    model: type[models.Model],
) -> Iterator[tuple["models.ForeignKey[models.Model, models.Model]", type[models.Model]]]:
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            yield field, field.related_model


def _height(model: type[models.Model]) -> int:
    return ROOMS.index(model._meta.app_label)


GUARDS = (leans_upwards, ways_back, open_payloads, without_practice, unknown_as_null, clocks, misnamed_times)


@pytest.mark.parametrize("guard", GUARDS)
def test_every_row_keeps_to_it(guard: Guard):
    assert [fault for model in rows_of_ours() for fault in guard(model)] == []


def test_there_are_rows_to_look_at():
    assert {"core.Practice", "people.YoungPerson"} <= {model._meta.label for model in rows_of_ours()}


def planted(label: str, base: type[Row] = Row, meta: Mapping[str, object] | None = None, **columns: object) -> Plant:
    """Return a maker of a model with these columns. It is made inside the test, in a registry of its own."""
    app, _, name = label.partition(".")

    def make() -> type[models.Model]:
        names = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": app, **(meta or {})})}
        if base is not models.Model:
            names["practice"] = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
        return type(name, (base,), names | columns)

    return make


def after(first: Plant, then: Plant) -> Plant:
    def make() -> type[models.Model]:
        first()
        return then()

    return make


def key(to: str, related_name: str = "+") -> models.Field:
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name=related_name)


@pytest.mark.parametrize(
    ("guard", "plant", "fault"),
    [
        (
            leans_upwards,
            after(planted("notes.Note"), planted("people.Person", note=key("notes.Note"))),
            "people.Person.note leans on notes",
        ),
        (
            ways_back,
            after(planted("people.Person"), planted("notes.Note", GuardedRow, author=key("people.Person", "notes"))),
            "notes.Note.author can be walked back",
        ),
        (
            ways_back,
            after(planted("notes.Note", GuardedRow), planted("notes.Reply", note=key("notes.Note", "replies"))),
            "notes.Reply.note can be walked back",
        ),
        (
            open_payloads,
            planted("notes.Note", body=models.BinaryField()),
            "notes.Note.body is sealed, but its row is not guarded",
        ),
        (
            open_payloads,
            planted("notes.Note", GuardedRow, everything=models.Manager()),
            "notes.Note.everything is no guarded manager",
        ),
        (without_practice, planted("people.Person", models.Model), "people.Person names no practice"),
        (
            without_practice,
            planted("people.Person", name=models.CharField(max_length=9, unique=True)),
            "people.Person.name is unique across practices",
        ),
        (
            without_practice,
            planted("people.Person", meta={"unique_together": [("id",)]}),
            "people.Person(id) is unique across practices",
        ),
        (
            without_practice,
            planted("people.Person", meta={"constraints": [models.UniqueConstraint(fields=["id"], name="once")]}),
            "people.Person(id) is unique across practices",
        ),
        (
            unknown_as_null,
            planted("people.Person", told=models.BooleanField(null=True)),
            "people.Person.told can be NULL",
        ),
        (
            clocks,
            planted("people.Person", seen_at=models.DateTimeField(auto_now=True)),
            "people.Person.seen_at reads the clock",
        ),
        (
            clocks,
            planted("people.Person", seen_on=models.DateField(default=date)),
            "people.Person.seen_on reads the clock",
        ),
        (
            misnamed_times,
            planted("people.Person", birthday=models.DateField()),
            "people.Person.birthday does not end in _on",
        ),
        (
            misnamed_times,
            planted("people.Person", seen_on=models.DateTimeField()),
            "people.Person.seen_on does not end in _at",
        ),
    ],
)
@isolate_apps("halfdoor.service.core")
def test_a_planted_fault_is_caught(guard: Guard, plant: Plant, fault: str):
    assert list(guard(plant())) == [fault]
