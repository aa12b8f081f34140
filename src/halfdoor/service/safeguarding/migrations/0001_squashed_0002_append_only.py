import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [("safeguarding", "0001_initial"), ("safeguarding", "0002_append_only")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
        ("people", "0001_squashed_0009_emergencies"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Incident",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("wrong_person", "something went to the wrong person"),
                                    ("too_much", "somebody was told more than they may know"),
                                    ("overheard", "somebody overheard or saw something"),
                                    ("looked_up", "somebody looked something up without a reason"),
                                    ("lost", "something was lost or left behind"),
                                    ("other", "something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("what_sealed", models.BinaryField(default=b"")),
                        ("happened_on", models.DateField()),
                        ("known_at", models.DateTimeField()),
                        ("reported_at", models.DateTimeField()),
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
                            "reported_by",
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
                            models.Index(
                                fields=["practice", "young_person", "known_at"], name="incidents_about_somebody"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncidentAssessment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "risk",
                            models.CharField(
                                choices=[
                                    ("unlikely", "harm is unlikely"),
                                    ("likely", "harm is likely"),
                                    ("high", "harm is likely, and would be grave"),
                                    ("unknown", "we do not know yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "people",
                            models.CharField(
                                choices=[
                                    ("fewer_than_500", "fewer than 500 people"),
                                    ("500_or_more", "500 people or more"),
                                    ("unknown", "we do not know yet"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reasons_sealed", models.BinaryField(default=b"")),
                        ("assessed_at", models.DateTimeField()),
                        (
                            "assessed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safeguarding.incident",
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
                        "indexes": [
                            models.Index(
                                fields=["practice", "incident", "assessed_at"], name="assessments_of_an_incident"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncidentStep",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "done",
                            models.CharField(
                                choices=[
                                    ("contained", "It was stopped or called back, as far as possible"),
                                    ("told_in_person", "The young person was told, in person"),
                                    ("told_on_page", "The young person is told on their own page, in these words"),
                                    ("told_in_writing", "The young person was told in writing"),
                                    ("not_told", "The young person is not told, for this reason"),
                                    ("told_family", "The family was told, as far as they may know"),
                                    ("told_regulator", "The regulator was told"),
                                    ("regulator_not_told", "The regulator is not told, for this reason"),
                                    ("told_media", "The media were told, after taking advice"),
                                    ("lesson", "What we change, so that it does not happen again"),
                                    ("closed", "Closed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("done_at", models.DateTimeField()),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="safeguarding.incident",
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
                        "indexes": [
                            models.Index(fields=["practice", "incident", "done_at"], name="steps_of_an_incident"),
                            models.Index(fields=["practice", "young_person", "done"], name="steps_told_to_somebody"),
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "Incident",
            "IncidentAssessment",
            "IncidentStep",
        ),
    ]
