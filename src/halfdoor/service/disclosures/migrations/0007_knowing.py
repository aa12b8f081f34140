"""Looks, notices, refusals to be read, talks about who needs to know, accounts and holds, checks of the chain."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_append_only_anew"),
        ("disclosures", "0006_append_only_house_rules"),
        ("people", "0004_append_only_anew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words_sealed", models.BinaryField(default=b"")),
                ("held_at", models.DateTimeField()),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
        ),
        migrations.CreateModel(
            name="TalkedAbout",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "agreed",
                    models.CharField(
                        choices=[
                            ("need_not_know", "They do not need to know"),
                            ("therapist_tells", "The therapist tells them"),
                            ("together", "We tell them together"),
                            ("themselves", "The young person tells them"),
                            ("ask_again", "Ask again before anything is said"),
                        ],
                        max_length=20,
                    ),
                ),
                ("categories", models.JSONField(default=list, help_text="the kinds of information it is about")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
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
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.talk"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Accounting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "copy",
                    models.CharField(
                        choices=[
                            ("own", "from the young person’s own page"),
                            ("family", "for somebody of the family"),
                            ("staff", "for the file, with everything"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since_on", models.DateField()),
                ("until_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.chainentry"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
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
                "indexes": [models.Index(fields=["practice", "young_person", "at"], name="accountings_about_somebody")],
                "constraints": [models.UniqueConstraint(fields=("practice", "entry"), name="one_accounting_an_entry")],
            },
        ),
        migrations.CreateModel(
            name="ChainCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("lines", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("says", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["practice", "at"], name="checks_of_the_chain")],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "in_writing",
                    models.CharField(choices=[("yes", "in writing"), ("no", "by word of mouth")], max_length=3),
                ),
                ("until_on", models.DateField()),
                ("said_sealed", models.BinaryField(default=b"")),
                ("recorded_at", models.DateTimeField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.line"
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["practice", "line"], name="holds_of_a_line")],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("page", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.chainentry"
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
                "indexes": [models.Index(fields=["practice", "young_person", "at"], name="looks_at_a_young_person")],
                "constraints": [models.UniqueConstraint(fields=("practice", "entry"), name="one_look_an_entry")],
            },
        ),
        migrations.CreateModel(
            name="Noticed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("upto_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
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
                    models.Index(fields=["practice", "young_person", "upto_at"], name="notices_of_a_young_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="OrdinaryRefusal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.line"
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
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "line"), name="a_refusal_is_ordinary_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["practice", "young_person", "held_at"], name="talks_with_a_young_person"),
        ),
        migrations.AddConstraint(
            model_name="talkedabout",
            constraint=models.UniqueConstraint(fields=("practice", "talk", "membership"), name="a_person_once_a_talk"),
        ),
        AppendOnly("Look"),
        AppendOnly("Noticed"),
        AppendOnly("OrdinaryRefusal"),
        AppendOnly("Talk"),
        AppendOnly("TalkedAbout"),
        AppendOnly("Hold"),
        AppendOnly("Accounting"),
        AppendOnly("ChainCheck"),
    ]
