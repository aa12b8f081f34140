import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_attempts"),
        ("accounts", "0003_cover_days"),
        ("accounts", "0004_ways_in"),
        ("accounts", "0005_append_only_ways_in"),
        ("accounts", "0006_factors"),
        ("accounts", "0007_closings"),
        ("accounts", "0008_append_only_closings"),
        ("accounts", "0009_sign_in_rules"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_squashed_0006_halves_and_emptying"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=80, verbose_name="sign-in name")),
                        ("display_name", models.CharField(blank=True, max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("therapist", "Therapist"),
                                    ("lead", "Clinical lead"),
                                    ("office", "Office"),
                                    ("team", "Care or education team"),
                                    ("caregiver", "Caregiver"),
                                    ("young_person", "Young person"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("is_active", models.BooleanField(default=True)),
                        ("turns_on", models.DateField(blank=True, null=True)),
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
                            models.UniqueConstraint(
                                fields=("practice", "username"), name="account_username_once_a_practice"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("whom", models.CharField(max_length=64)),
                        ("address", models.CharField(max_length=64)),
                        ("tried_at", models.DateTimeField()),
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
                        "indexes": [models.Index(fields=["practice", "tried_at"], name="accounts_attempts_in_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Closing",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("left", "they no longer work here"),
                                    ("care_ended", "their part in the care has ended"),
                                    ("unsafe", "somebody else got in, or could"),
                                    ("mistake", "it was made by mistake"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("left_on", models.DateField()),
                        ("closed_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closed_by",
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
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "account"], name="closings_of_an_account")],
                    },
                ),
                migrations.CreateModel(
                    name="FactorAsked",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("asked_at", models.DateTimeField()),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "account"), name="asked_for_a_factor_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactorChange",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("totp", "Codes from an app"),
                                    ("webauthn", "Passkey"),
                                    ("recovery_codes", "Spare codes"),
                                    ("everything", "Everything but the password"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "change",
                            models.CharField(
                                choices=[("added", "added"), ("removed", "removed"), ("used_up", "one was used")],
                                max_length=20,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "changed_by",
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
                            models.Index(fields=["practice", "account", "changed_at"], name="changes_of_factors")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("digest", models.CharField(max_length=64)),
                        ("again", models.BooleanField()),
                        (
                            "handed",
                            models.CharField(
                                choices=[
                                    ("in_hand", "into their own hands"),
                                    ("closed_letter", "in a closed letter, to them alone"),
                                    ("server", "by whoever runs the server"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "known",
                            models.CharField(
                                choices=[
                                    ("face", "I know them, and saw them"),
                                    ("paper", "I saw a paper with their photograph"),
                                    ("called_back", "I called them back on the number on record"),
                                    ("server", "by whoever runs the server"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
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
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "account"], name="invitations_of_an_account")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("given_by__isnull", False), ("handed", "server"), _connector="XOR"),
                                name="a_code_is_given_by_somebody_or_by_the_server",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitationEnding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("used", "used"),
                                    ("withdrawn", "withdrawn"),
                                    ("replaced", "replaced by a new one"),
                                    ("closed", "the account was closed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("ended_at", models.DateTimeField()),
                        (
                            "invitation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.invitation"
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
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "invitation"), name="an_invitation_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenSession",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=40)),
                        ("began_at", models.DateTimeField()),
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
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "account"], name="sessions_of_an_account")],
                        "constraints": [models.UniqueConstraint(fields=("practice", "key"), name="one_row_a_session")],
                    },
                ),
                migrations.CreateModel(
                    name="Reopening",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("back", "they are back"),
                                    ("safe", "it is safe again"),
                                    ("mistake", "it was closed by mistake"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "closing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.closing"
                            ),
                        ),
                        (
                            "opened_by",
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
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "closing"), name="a_closing_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInRule",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("caregivers_at_once", models.BooleanField(default=False)),
                        (
                            "leave_to",
                            models.CharField(
                                choices=[
                                    ("https://www.wikipedia.org/", "An encyclopedia (wikipedia.org)"),
                                    ("https://www.bbc.co.uk/weather", "The weather in the United Kingdom (bbc.co.uk)"),
                                    ("https://www.weather.gov/", "The weather in the United States (weather.gov)"),
                                    ("https://duckduckgo.com/", "A search page (duckduckgo.com)"),
                                ],
                                default="https://www.wikipedia.org/",
                                max_length=60,
                            ),
                        ),
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
                        "indexes": [models.Index(fields=["practice", "decided_at"], name="rules_about_signing_in")],
                    },
                ),
            ],
        ),
        AppendOnly(
            "Invitation",
            "InvitationEnding",
            "FactorChange",
            "FactorAsked",
            "Closing",
            "Reopening",
            "SignInRule",
        ),
    ]
