import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_append_only"),
        ("documents", "0003_secrets_of_a_family_paper"),
    ]

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
                    name="Asking",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("partnership", "Working together: partnership policy for caregivers"),
                                    ("expectations", "What to expect: roles, contact, how often"),
                                    ("confidentiality-caregivers", "Confidentiality and its limits, for caregivers"),
                                    ("involvement", "Consent to take part, for caregivers"),
                                    ("care", "Consent to a minor’s care"),
                                    ("confidentiality-younger", "What stays here, for younger readers"),
                                    ("confidentiality-older", "What stays here, for older readers"),
                                    ("assent", "Coming here, and how my family takes part"),
                                    ("therapy-agreement", "Therapy agreement of the young person"),
                                    ("sharing", "Consent to share"),
                                    ("recording", "Consent to record"),
                                    ("secrets", "Family sessions: what one of us says alone"),
                                ],
                                max_length=30,
                            ),
                        ),
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
                            models.Index(fields=["practice", "young_person"], name="askings_of_a_young_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AskingEnd",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("ended_at", models.DateTimeField()),
                        (
                            "asking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.asking"
                            ),
                        ),
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "asking"), name="an_asking_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("partnership", "Working together: partnership policy for caregivers"),
                                    ("expectations", "What to expect: roles, contact, how often"),
                                    ("confidentiality-caregivers", "Confidentiality and its limits, for caregivers"),
                                    ("involvement", "Consent to take part, for caregivers"),
                                    ("care", "Consent to a minor’s care"),
                                    ("confidentiality-younger", "What stays here, for younger readers"),
                                    ("confidentiality-older", "What stays here, for older readers"),
                                    ("assent", "Coming here, and how my family takes part"),
                                    ("therapy-agreement", "Therapy agreement of the young person"),
                                    ("sharing", "Consent to share"),
                                    ("recording", "Consent to record"),
                                    ("secrets", "Family sessions: what one of us says alone"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("effective_on", models.DateField()),
                        ("review_months", models.PositiveSmallIntegerField(default=12)),
                        ("because", models.CharField(max_length=500)),
                        ("written_at", models.DateTimeField()),
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "kind", "number"), name="a_version_has_one_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signing",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("language", models.CharField(max_length=10)),
                        (
                            "answer",
                            models.CharField(
                                choices=[("agreed", "agreed"), ("assented", "gave assent"), ("refused", "said no")],
                                max_length=10,
                            ),
                        ),
                        (
                            "manner",
                            models.CharField(
                                choices=[
                                    ("drawn", "signed by hand on a screen"),
                                    ("typed", "signed by typing their name"),
                                    ("pressed", "answered on their own page"),
                                    ("aloud", "said aloud, written down by whoever heard it"),
                                    ("on_paper", "signed on paper, which the practice keeps"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("self", "the young person"),
                                    ("parent", "parent"),
                                    ("step_parent", "step-parent"),
                                    ("guardian", "guardian"),
                                    ("foster_carer", "foster carer"),
                                    ("relative", "relative"),
                                    ("friend", "friend"),
                                    ("residential_carer", "residential carer"),
                                    ("home_manager", "manager of the home"),
                                    ("educator", "teacher"),
                                    ("school_counsellor", "school counsellor"),
                                    ("social_worker", "social worker"),
                                    ("placing_authority", "placing authority"),
                                    ("therapist", "therapist"),
                                    ("clinical_team", "clinical team"),
                                    ("clinical_lead", "clinical lead"),
                                    ("outside_clinician", "clinician elsewhere"),
                                    ("payer", "payer"),
                                    ("court", "court"),
                                    ("police", "police"),
                                    ("child_protection", "child protection"),
                                    ("lawyer", "lawyer"),
                                    ("inspector", "inspector"),
                                    ("independent_person", "independent person who visits the home"),
                                    ("independent_visitor", "independent visitor"),
                                    ("guardian_ad_litem", "guardian ad litem"),
                                    ("custody_evaluator", "custody evaluator"),
                                    ("threatened_person", "person who may be in danger"),
                                    ("other", "somebody else"),
                                    ("unknown", "not known"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("time_zone", models.CharField(max_length=64)),
                        ("shown_sealed", models.BinaryField(default=b"")),
                        ("printed_name_sealed", models.BinaryField(default=b"")),
                        ("strokes_sealed", models.BinaryField(default=b"")),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("signed_at", models.DateTimeField()),
                        (
                            "beside",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.signing",
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
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.version"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "young_person"], name="signings_of_a_young_person")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "beside"), name="one_signature_beside")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="File",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sha256", models.CharField(max_length=64)),
                        ("content_sealed", models.BinaryField(default=b"")),
                        ("made_at", models.DateTimeField()),
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
                        (
                            "signing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.signing"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "signing"), name="one_file_a_signature")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Text",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("language", models.CharField(max_length=10)),
                        ("title", models.CharField(max_length=200)),
                        ("body", models.TextField()),
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.version"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "version", "language"), name="one_text_a_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("reviewed_on", models.DateField()),
                        ("reviewed_at", models.DateTimeField()),
                        ("words", models.CharField(blank=True, max_length=500)),
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
                            "reviewed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.version"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
        AppendOnly(
            "Version",
            "Text",
            "Review",
            "Asking",
            "AskingEnd",
            "Signing",
            "File",
        ),
    ]
