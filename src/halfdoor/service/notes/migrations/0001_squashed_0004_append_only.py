import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("notes", "0001_initial"),
        ("notes", "0002_write_ups"),
        ("notes", "0003_when_and_by_whom"),
        ("notes", "0004_append_only"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
        ("disclosures", "0001_squashed_0009_lost_lines"),
        ("people", "0001_squashed_0009_emergencies"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="WriteUp",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("individual", "the young person alone"),
                                    ("family", "the family together"),
                                    ("caregivers", "caregivers without the young person"),
                                    ("call", "a telephone call or a short talk"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("met_on", models.DateField()),
                        ("written_at", models.DateTimeField()),
                        (
                            "episode",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.episode"
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
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Allowance",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField()),
                        ("likeness", models.CharField(max_length=12)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("agreed", "The young person agreed that this is told"),
                                    ("known", "They know it already, from the young person"),
                                    ("nothing_private", "It says nothing private, or something else"),
                                    ("safety", "Somebody’s safety needs it"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("sentence_sealed", models.BinaryField(default=b"")),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("given_at", models.DateTimeField()),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.item"
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
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.item",
                            ),
                        ),
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "item"], name="allowances_of_an_item")],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("from_version", models.PositiveIntegerField(default=0)),
                        (
                            "category",
                            models.CharField(blank=True, default="", help_text="of what it corrects", max_length=30),
                        ),
                        ("typed_sealed", models.BinaryField(default=b"")),
                        ("began_at", models.DateTimeField()),
                        ("kept_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.item",
                            ),
                        ),
                        (
                            "episode",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.episode"
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
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "author", "kept_at"], name="drafts_of_an_author")],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("body_sealed", models.BinaryField(default=b"")),
                        ("source_sealed", models.BinaryField(default=b"")),
                        ("because_sealed", models.BinaryField(default=b"")),
                        ("entered", models.JSONField(default=dict)),
                        ("written_at", models.DateTimeField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.item"
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
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "base_manager_name": "objects",
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "item", "version"), name="one_note_a_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecretsAgreement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    (
                                        "each_decides",
                                        "it stays with whoever said it, until they say it themselves or agree",
                                    ),
                                    ("among_us", "it may be brought into the family sessions"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("signed_on", models.DateField()),
                        ("signed_by", models.JSONField(default=list)),
                        ("recorded_at", models.DateTimeField()),
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "young_person", "signed_on"], name="secrets_of_a_family")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WriteUpPart",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.item"
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
                        (
                            "write_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notes.writeup"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "item"), name="a_note_is_in_one_write_up")
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "Note",
            "WriteUp",
            "WriteUpPart",
            "Allowance",
            "SecretsAgreement",
        ),
    ]
