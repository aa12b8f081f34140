import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("disclosures", "0001_initial"),
        ("disclosures", "0002_append_only"),
        ("disclosures", "0003_append_only_anew"),
        ("disclosures", "0004_source_may_be_known"),
        ("disclosures", "0005_house_rules_and_legal_advice"),
        ("disclosures", "0006_append_only_house_rules"),
        ("disclosures", "0007_knowing"),
        ("disclosures", "0008_professional_codes"),
        ("disclosures", "0009_lost_lines"),
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
                    name="PackVersion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("pack", models.CharField(max_length=60)),
                        ("version", models.CharField(max_length=40)),
                        ("sha256", models.CharField(max_length=64)),
                        ("files", models.JSONField(help_text="content of its files by name")),
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
                            models.UniqueConstraint(fields=("practice", "sha256"), name="a_pack_version_is_kept_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("base", models.CharField(max_length=64)),
                        ("because", models.TextField()),
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.packversion",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "proposed_at"], name="house_rules_proposed")],
                    },
                ),
                migrations.CreateModel(
                    name="Activation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("holds_from_on", models.DateField()),
                        ("activated_at", models.DateTimeField()),
                        (
                            "activated_by",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.packversion",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.proposal"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "activated_at"], name="house_rules_in_force")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "proposal"), name="a_proposal_is_activated_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodesWish",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("bodies", models.JSONField(default=list)),
                        ("base", models.JSONField(default=list)),
                        ("because", models.TextField()),
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("existence_of_care", "that there is therapy"),
                                    ("attendance", "coming to sessions"),
                                    ("scheduling", "when and where sessions are"),
                                    ("general_information", "how therapy works"),
                                    ("progress", "how it is going"),
                                    ("themes", "themes"),
                                    ("goals_and_plan", "goals and plan"),
                                    ("session_summary", "summary of a session"),
                                    ("session_content", "what is said in sessions"),
                                    ("clinical_summary", "clinical summary"),
                                    ("diagnosis", "diagnosis"),
                                    ("medication", "medication"),
                                    ("progress_note", "progress note"),
                                    ("process_notes", "process notes"),
                                    ("full_record", "the whole record"),
                                    ("risk", "risk"),
                                    ("abuse_concern", "a concern about abuse or neglect"),
                                    ("substance_use", "alcohol and drugs"),
                                    ("sexual_health", "sexual health"),
                                    ("artwork", "artwork"),
                                    ("billing", "billing"),
                                    ("education_record", "education record"),
                                    ("whereabouts", "where the young person is"),
                                    ("staff_guidance", "how to support the young person day to day"),
                                ],
                                default="",
                                max_length=30,
                            ),
                        ),
                        ("whom_sealed", models.BinaryField(default=b"")),
                        ("question_sealed", models.BinaryField(default=b"")),
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
                            models.Index(fields=["practice", "young_person", "asked_at"], name="consultations_in_time")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Advice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("given_on", models.DateField()),
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
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.consultation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "consultation"), name="a_consultation_is_answered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Impact",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("beside", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("lines", models.PositiveIntegerField(default=0)),
                        ("lines_done", models.PositiveIntegerField(default=0)),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("people_done", models.PositiveIntegerField(default=0)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("opens", "Opens"), ("closes", "Closes"), ("unclear", "Unclear")],
                                default="unclear",
                                max_length=10,
                            ),
                        ),
                        ("says", models.JSONField(default=dict)),
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
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.proposal"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "proposal", "asked_at"], name="impacts_of_a_proposal")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(choices=[("line", "Line"), ("cell", "Cell")], max_length=5)),
                        ("category", models.CharField(max_length=30)),
                        ("before", models.CharField(max_length=20)),
                        ("after", models.CharField(max_length=20)),
                        ("decided_at", models.DateTimeField()),
                        ("opens", models.BooleanField()),
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
                        (
                            "impact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.impact"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "impact", "kind", "opens"], name="findings_of_an_impact")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=20)),
                        ("category", models.CharField(max_length=30)),
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
                            "kept_private",
                            models.CharField(
                                choices=[("no", "no"), ("yes", "yes"), ("unknown", "not known")],
                                default="no",
                                max_length=8,
                            ),
                        ),
                        (
                            "given_in_confidence",
                            models.CharField(
                                choices=[("no", "no"), ("yes", "yes"), ("unknown", "not known")],
                                default="no",
                                max_length=8,
                            ),
                        ),
                        (
                            "about_third_party",
                            models.CharField(
                                choices=[("no", "no"), ("yes", "yes"), ("unknown", "not known")],
                                default="no",
                                max_length=8,
                            ),
                        ),
                        (
                            "source_promised_confidence",
                            models.CharField(
                                choices=[("no", "no"), ("yes", "yes"), ("unknown", "not known")],
                                default="no",
                                max_length=8,
                            ),
                        ),
                        (
                            "marks_cover",
                            models.CharField(
                                choices=[
                                    ("everything", "all of it"),
                                    ("some_items", "parts that can be taken out"),
                                    ("unknown", "not known"),
                                ],
                                default="everything",
                                max_length=12,
                            ),
                        ),
                        (
                            "said_by",
                            models.CharField(
                                choices=[
                                    ("young_person", "the young person"),
                                    ("caregiver", "a caregiver"),
                                    ("team", "the care or education team"),
                                    ("clinician", "a clinician"),
                                    ("somebody_else", "somebody else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "source_may_be_known",
                            models.CharField(
                                choices=[("no", "no"), ("yes", "yes"), ("unknown", "not known")],
                                default="unknown",
                                help_text="whether the young person may know who said it; anything but yes means no",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        "base_manager_name": "objects",
                        "indexes": [
                            models.Index(
                                fields=[
                                    "practice",
                                    "young_person",
                                    "written_at",
                                    "id",
                                    "kind",
                                    "category",
                                    "topic",
                                    "episode",
                                    "kept_private",
                                    "given_in_confidence",
                                    "about_third_party",
                                    "source_promised_confidence",
                                    "marks_cover",
                                ],
                                name="items_in_the_gates_order",
                            ),
                            models.Index(
                                fields=["practice", "young_person", "category", "written_at", "id"],
                                name="items_of_a_category",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("release", "shared"),
                                    ("view", "looked at again"),
                                    ("refusal", "not shared"),
                                    ("mismatch", "held back: the list and the judgement disagreed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("relation", models.CharField(max_length=30)),
                        ("category", models.CharField(max_length=30)),
                        ("disposition", models.CharField(max_length=20)),
                        ("situations_sealed", models.BinaryField(default=b"")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "indexes": [
                            models.Index(fields=["practice", "young_person", "at"], name="lines_about_a_young_person")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "entry"), name="one_line_an_entry")
                        ],
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.line"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "line"], name="holds_of_a_line")],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField()),
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.item"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.line"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "membership", "item", "version"), name="a_version_is_delivered_once"
                            )
                        ],
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "indexes": [
                            models.Index(fields=["practice", "young_person", "at"], name="looks_at_a_young_person")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "entry"), name="one_look_an_entry")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LostLine",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sequence", models.PositiveBigIntegerField()),
                        ("leaf", models.CharField(max_length=64)),
                        ("entry", models.TextField()),
                        ("found_at", models.DateTimeField()),
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
                            models.UniqueConstraint(fields=("practice", "leaf"), name="a_line_is_lost_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LostLineReview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("recorded_again", "It is on record again"),
                                    ("nothing_to_do", "Nothing has to be put right"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField()),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.lostline"
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
                            "reviewed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "line"), name="a_lost_line_is_reviewed_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "activation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.activation",
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
                            "seen_by",
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
                                fields=("practice", "activation", "seen_by"), name="a_change_is_seen_once"
                            )
                        ],
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
                            models.Index(
                                fields=["practice", "young_person", "upto_at"], name="notices_of_a_young_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=60)),
                        ("who", models.CharField(max_length=24)),
                        ("when", models.CharField(max_length=6)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
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
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["practice", "young_person", "due_at"], name="obligations_that_fall_due"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "line", "code"), name="an_obligation_once_a_line"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fulfilment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                            "practice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.practice",
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.obligation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "obligation"), name="an_obligation_is_fulfilled_once"
                            )
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
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("approved_at", models.DateTimeField()),
                        (
                            "approved_by",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.proposal"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "proposal", "approved_by"),
                                name="a_proposal_is_approved_once_by_one",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalWithdrawal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("withdrawn_at", models.DateTimeField()),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.proposal"
                            ),
                        ),
                        (
                            "withdrawn_by",
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
                                fields=("practice", "proposal"), name="a_proposal_is_withdrawn_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Talk",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("held_at", models.DateTimeField()),
                        (
                            "held_by",
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
                            models.Index(
                                fields=["practice", "young_person", "held_at"], name="talks_with_a_young_person"
                            )
                        ],
                    },
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
                        (
                            "categories",
                            models.JSONField(default=list, help_text="the kinds of information it is about"),
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
                            "talk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.talk"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "talk", "membership"), name="a_person_once_a_talk"
                            )
                        ],
                    },
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "indexes": [
                            models.Index(fields=["practice", "young_person", "at"], name="accountings_about_somebody")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "entry"), name="one_accounting_an_entry")
                        ],
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
                    name="CodesSettled",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(choices=[("counts", "Counts"), ("dropped", "Dropped")], max_length=10),
                        ),
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
                            "settled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "wish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.codeswish",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "outcome", "settled_at"], name="codes_that_count")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "wish"), name="a_wish_for_codes_is_settled_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "PackVersion",
            "Line",
            "Delivery",
            "Obligation",
            "Fulfilment",
            "Proposal",
            "Approval",
            "ProposalWithdrawal",
            "Activation",
            "Notice",
            "Consultation",
            "Advice",
            "Look",
            "Noticed",
            "OrdinaryRefusal",
            "Talk",
            "TalkedAbout",
            "Hold",
            "Accounting",
            "ChainCheck",
            "CodesWish",
            "CodesSettled",
            "LostLine",
            "LostLineReview",
        ),
    ]
