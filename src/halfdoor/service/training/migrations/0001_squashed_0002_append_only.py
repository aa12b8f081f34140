import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [("training", "0001_initial"), ("training", "0002_append_only")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Completion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("collection", models.CharField(max_length=20)),
                        ("decided", models.JSONField()),
                        ("packs", models.JSONField()),
                        ("completed_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.practice",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "account", "completed_at"], name="completions_of_somebody")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExerciseAnswer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("scenario", models.SlugField(max_length=60)),
                        ("answer", models.CharField(max_length=20)),
                        ("step", models.CharField(blank=True, max_length=20)),
                        ("words", models.CharField(blank=True, max_length=10)),
                        ("decided", models.CharField(max_length=20)),
                        ("rule", models.CharField(max_length=120)),
                        ("packs", models.JSONField()),
                        ("points", models.PositiveSmallIntegerField()),
                        ("out_of", models.PositiveSmallIntegerField()),
                        ("answered_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.practice",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "account", "answered_at"], name="exercises_of_somebody")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expectation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("months", models.PositiveSmallIntegerField()),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.practice",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "decided_at"], name="expectations_of_a_practice")],
                    },
                ),
            ],
        ),
        AppendOnly(
            "ExerciseAnswer",
            "Completion",
            "Expectation",
        ),
    ]
