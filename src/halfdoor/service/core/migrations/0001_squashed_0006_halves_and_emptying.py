import uuid

import django.db.models.deletion
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_used_forms"),
        ("core", "0003_append_only_anew"),
        ("core", "0004_sealingkey"),
        ("core", "0005_doors_shut"),
        ("core", "0006_halves_and_emptying"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Practice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        ("place", models.CharField(max_length=20)),
                        ("setting", models.CharField(max_length=40)),
                        ("provider", models.CharField(max_length=40)),
                        ("practitioner", models.CharField(max_length=40)),
                        ("time_zone", models.CharField(default="UTC", max_length=64)),
                        ("language", models.CharField(default="en-us", max_length=10)),
                        ("is_demo", models.BooleanField(default=False)),
                        ("doors_shut", models.BooleanField(default=False)),
                        ("records_wait", models.BooleanField(default=False)),
                        ("journal_read_to", models.PositiveBigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Emptying",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PracticeKey",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("root_version", models.PositiveIntegerField(default=1)),
                        ("wrapped", models.BinaryField()),
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
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "version"), name="practice_key_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonKey",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("person", models.UUIDField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("slot", models.PositiveIntegerField(default=0)),
                        ("wrapped", models.BinaryField()),
                        (
                            "practice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.practice",
                            ),
                        ),
                        (
                            "practice_key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.practicekey"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "person", "version"), name="person_key_version"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("slot__gt", 0)),
                                fields=("practice", "slot"),
                                name="a_half_belongs_to_one_key",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealingKey",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("certificate", models.BinaryField()),
                        ("wrapped", models.BinaryField()),
                        (
                            "practice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.practice",
                            ),
                        ),
                        (
                            "practice_key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.practicekey"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "version"), name="sealing_key_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UsedForm",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("form", models.UUIDField()),
                        ("used_at", models.DateTimeField()),
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
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("practice", "form"), name="form_used_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("task", models.CharField(max_length=200)),
                        ("arguments", models.JSONField(default=dict)),
                        ("dedupe_key", models.CharField(blank=True, max_length=200)),
                        ("enqueued_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("lease", models.UUIDField(null=True)),
                        ("attempts", models.PositiveIntegerField(default=0)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("open", "Open"), ("done", "Done"), ("failed", "Failed")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("error", models.CharField(blank=True, max_length=200)),
                        ("ended_at", models.DateTimeField(null=True)),
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
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "open")), fields=["practice", "due_at"], name="job_due"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "open"), models.Q(("dedupe_key", ""), _negated=True)),
                                fields=("practice", "dedupe_key"),
                                name="job_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChainEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sequence", models.PositiveBigIntegerField()),
                        ("entry", models.TextField()),
                        ("leaf", models.CharField(max_length=64)),
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
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "sequence"), name="chain_sequence")
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "ChainEntry",
        ),
    ]
