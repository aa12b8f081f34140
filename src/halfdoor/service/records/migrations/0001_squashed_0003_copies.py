import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly, Emptiable
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [("records", "0001_initial"), ("records", "0002_erasures"), ("records", "0003_copies")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("agreements", "0001_squashed_0005_append_only"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
        ("disclosures", "0001_squashed_0009_lost_lines"),
        ("documents", "0001_squashed_0003_secrets_of_a_family_paper"),
        ("notes", "0001_squashed_0004_append_only"),
        ("people", "0001_squashed_0009_emergencies"),
        ("requests", "0001_squashed_0005_append_only_workflow"),
        ("safeguarding", "0001_squashed_0002_append_only"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="CopyAsked",
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
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "membership", "asked_at"], name="copies_asked_for")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CopySettled",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("agreed", "agreed"), ("dropped", "left as it is")], max_length=10
                            ),
                        ),
                        ("until_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField()),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.copyasked"
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
                            "settled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "asked"), name="a_copy_is_settled_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ErasureProposal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("until_on", models.DateField()),
                        ("proposed_at", models.DateTimeField()),
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
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "young_person"], name="erasures_of_a_record")],
                    },
                ),
                migrations.CreateModel(
                    name="ErasureSettled",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("agreed", "agreed"), ("dropped", "left as it is")], max_length=10
                            ),
                        ),
                        ("texts", models.PositiveIntegerField(default=0)),
                        ("settled_at", models.DateTimeField()),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="records.erasureproposal",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "outcome", "settled_at"], name="erasures_in_time")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "proposal"), name="an_erasure_is_settled_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Keeper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "record",
                            models.CharField(
                                choices=[
                                    ("therapy_record", "a record of therapy"),
                                    ("home_case_record", "the case record of a children’s home"),
                                    ("authority_file", "the file of an authority that looks after children"),
                                    ("adoption_file", "a file about an adoption"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "kept_by",
                            models.CharField(
                                choices=[
                                    ("health_service", "the health service"),
                                    ("home", "a children’s home"),
                                    ("authority", "an authority"),
                                    ("private_practice", "a private practice"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
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
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "said_at"], name="keepers_in_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Known",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "abuse_alleged",
                            models.CharField(
                                choices=[("unknown", "not known"), ("no", "no"), ("yes", "yes")], max_length=8
                            ),
                        ),
                        ("died_on", models.DateField(blank=True, null=True)),
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
                            models.Index(fields=["practice", "young_person", "recorded_at"], name="known_for_keeping")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("claim", "a claim or a complaint"),
                                    ("inquiry", "an inquiry or an inspection"),
                                    ("police", "an investigation by police"),
                                    ("court", "a case before a court"),
                                    ("request", "somebody asked for the record"),
                                    ("other", "something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("because_sealed", models.BinaryField(default=b"")),
                        ("placed_at", models.DateTimeField()),
                        (
                            "placed_by",
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
                            models.Index(fields=["practice", "young_person", "placed_at"], name="holds_on_a_record")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lifting",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("because_sealed", models.BinaryField(default=b"")),
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
                            "hold",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.legalhold"
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
                        "indexes": [models.Index(fields=["practice", "hold"], name="liftings_of_a_hold")],
                    },
                ),
                migrations.CreateModel(
                    name="LiftingSettled",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("agreed", "agreed"), ("dropped", "left as it is")], max_length=10
                            ),
                        ),
                        ("settled_at", models.DateTimeField()),
                        (
                            "lifting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.lifting"
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
                            "settled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "lifting"), name="a_lifting_is_settled_once")
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "Keeper",
            "Known",
            "LegalHold",
            "Lifting",
            "LiftingSettled",
            "ErasureProposal",
            "ErasureSettled",
            "CopyAsked",
            "CopySettled",
        ),
        Emptiable(
            "people.Authority",
            "people.IdentityCheck",
            "people.CourtLimit",
            "people.Suspicion",
            "people.CareRole",
            "people.CompetenceAssessment",
            "people.Standing",
            "people.CareStatus",
            "people.EpisodeTerms",
            "people.Contact",
            "people.ContactDecision",
            "people.EmergencyAccess",
            "people.EmergencyReview",
            "people.CircleEvent",
            "people.Involvement",
            "people.BirthdayCorrection",
            "people.BirthdayTalk",
            "documents.Signing",
            "documents.File",
            "agreements.Wish",
            "agreements.Authorization",
            "agreements.Withdrawal",
            "agreements.Explained",
            "disclosures.Consultation",
            "disclosures.Advice",
            "disclosures.Line",
            "disclosures.Talk",
            "disclosures.Hold",
            "requests.FamilyRequest",
            "requests.CallCheck",
            "requests.Step",
            "requests.Question",
            "requests.Reply",
            "requests.Afterwards",
            "requests.Explanation",
            "requests.Departure",
            "requests.DepartureReview",
            "requests.Proposal",
            "requests.SecondReading",
            "requests.Skipped",
            "requests.Weighing",
            "safeguarding.Incident",
            "safeguarding.IncidentAssessment",
            "safeguarding.IncidentStep",
            "notes.Note",
            "notes.Allowance",
            "records.LegalHold",
            "records.Lifting",
            also={"people.Contact": ["digest"]},
        ),
    ]
