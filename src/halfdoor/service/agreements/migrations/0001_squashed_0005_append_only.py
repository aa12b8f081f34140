import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("agreements", "0001_initial"),
        ("agreements", "0002_append_only"),
        ("agreements", "0003_append_only_anew"),
        ("agreements", "0004_consents_and_start"),
        ("agreements", "0005_append_only"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
        ("documents", "0001_squashed_0003_secrets_of_a_family_paper"),
        ("people", "0001_squashed_0009_emergencies"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Authorization",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("categories", models.JSONField(default=list)),
                        ("topics", models.JSONField(blank=True, default=list)),
                        ("purposes", models.JSONField(default=list)),
                        (
                            "given_by",
                            models.CharField(
                                choices=[
                                    ("client", "the young person"),
                                    ("parent", "a parent"),
                                    ("guardian", "a guardian"),
                                    ("authority", "an authority"),
                                    ("court", "a court"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("recorded_at", models.DateTimeField()),
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
                            models.Index(fields=["practice", "young_person"], name="consents_of_a_young_person")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="a_consent_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cadence",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("days", models.PositiveSmallIntegerField()),
                        ("set_at", models.DateTimeField()),
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
                            "set_by",
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
                            models.Index(fields=["practice", "young_person", "set_at"], name="cadences_in_time")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explained",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("explained_on", models.DateField()),
                        (
                            "taken",
                            models.CharField(
                                choices=[
                                    ("understood", "understood, and could ask"),
                                    ("questions", "has questions; we go through it again"),
                                    ("not_now", "did not want to hear it now"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("recorded_at", models.DateTimeField()),
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.text"
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
                            models.Index(fields=["practice", "young_person"], name="explained_to_a_young_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "authorization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.authorization",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                        (
                            "instead_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.authorization",
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
                            "signing",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.signing",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "authorization"), name="a_consent_has_one_giver"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("categories", models.JSONField(default=list)),
                        ("topics", models.JSONField(blank=True, default=list)),
                        ("purposes", models.JSONField(default=list)),
                        ("ends_on", models.DateField()),
                        ("proposed_at", models.DateTimeField()),
                        (
                            "giver",
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
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
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
                            models.Index(fields=["practice", "young_person"], name="proposals_of_a_young_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalEnd",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("given", "given"),
                                    ("refused", "said no"),
                                    ("taken_back", "no longer asked for"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("ended_at", models.DateTimeField()),
                        (
                            "ended_by",
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
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.proposal"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "proposal"), name="a_proposal_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ToldAtStart",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("relations", models.JSONField(default=list)),
                        ("categories", models.JSONField(default=list)),
                        ("told", models.CharField(choices=[("yes", "told"), ("no", "not told")], max_length=3)),
                        ("told_at", models.DateTimeField()),
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
                        "indexes": [models.Index(fields=["practice", "young_person"], name="told_to_a_young_person")],
                    },
                ),
                migrations.CreateModel(
                    name="Wish",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("category", models.CharField(blank=True, default="", max_length=30)),
                        (
                            "topic",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "nothing in particular"),
                                    ("family", "family"),
                                    ("school", "school"),
                                    ("friends", "friends"),
                                    ("relationships", "love and relationships"),
                                    ("body", "body and health"),
                                    ("identity", "who I am"),
                                    ("self_harm", "hurting myself"),
                                    ("substances", "alcohol and drugs"),
                                    ("online", "life online"),
                                    ("past", "things that happened"),
                                ],
                                default="",
                                max_length=20,
                            ),
                        ),
                        (
                            "value",
                            models.CharField(
                                choices=[
                                    ("agrees_in_writing", "agrees, in writing"),
                                    ("agrees", "agrees"),
                                    ("agrees_in_part", "agrees to a part of it"),
                                    ("does_not_object", "was told and does not object"),
                                    ("not_asked", "has not been asked"),
                                    ("cannot_be_asked", "cannot be asked"),
                                    ("prefers_together", "would rather tell it together"),
                                    ("prefers_to_tell", "would rather tell it themselves"),
                                    ("objects", "does not want it shared"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("said_at", models.DateTimeField()),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("own_page", "said on their own page"),
                                    ("told_therapist", "told the therapist"),
                                ],
                                max_length=20,
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
                            models.Index(
                                fields=["practice", "young_person", "said_at"], name="wishes_of_a_young_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("withdrawn_at", models.DateTimeField()),
                        ("because_sealed", models.BinaryField(default=b"")),
                        (
                            "authorization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.authorization",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "authorization"), name="a_consent_is_withdrawn_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AskedAgain",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "asked_by",
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
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "young_person", "asked_at"], name="asked_again_in_time")
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "Wish",
            "Authorization",
            "Withdrawal",
            "ToldAtStart",
            "Proposal",
            "ProposalEnd",
            "Grant",
            "Explained",
            "AskedAgain",
            "Cadence",
        ),
    ]
