import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("requests", "0001_initial"),
        ("requests", "0002_append_only"),
        ("requests", "0003_append_only_anew"),
        ("requests", "0004_workflow"),
        ("requests", "0005_append_only_workflow"),
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
                    name="FamilyRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("caller_sealed", models.BinaryField(default=b"")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("telephone", "by telephone"),
                                    ("letter", "in a letter or an e-mail"),
                                    ("in_person", "in person"),
                                    ("portal", "on their own page here"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("category", models.CharField(max_length=30)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("support", "to support the young person"),
                                    ("treatment", "for treatment"),
                                    ("safety", "to keep somebody safe"),
                                    ("access_request", "a request to see the record"),
                                    ("legal_process", "for a lawyer or a legal process"),
                                    ("payment", "for payment"),
                                    ("education", "for school"),
                                    ("care_planning", "to plan the care"),
                                    ("regulation", "for a regulator"),
                                    ("court_proceedings", "for court proceedings"),
                                    ("unstated", "not said"),
                                ],
                                default="unstated",
                                max_length=20,
                            ),
                        ),
                        ("motive_sealed", models.BinaryField(default=b"")),
                        ("received_at", models.DateTimeField()),
                        (
                            "asked_by",
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
                            "received_by",
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
                                fields=["practice", "young_person", "received_at"], name="requests_about_somebody"
                            ),
                            models.Index(fields=["practice", "asked_by", "received_at"], name="requests_of_somebody"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("shared", "something was shared"),
                                    ("closed", "it stays closed for now"),
                                    ("neither", "neither yes nor no"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("alternatives", models.JSONField(blank=True, default=list)),
                        ("names_the_no", models.BooleanField(default=False)),
                        ("look_again_on", models.DateField()),
                        ("answered_at", models.DateTimeField()),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="disclosures.item",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "request", "answered_at"], name="answers_to_a_request")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clock",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("code", models.CharField(max_length=60)),
                        ("due_at", models.DateTimeField()),
                        ("extension", models.CharField(blank=True, default="", max_length=8)),
                        (
                            "by",
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
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="clock_of_request")],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "request", "code"), name="a_clock_starts_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExceptionUsed",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("tier", models.CharField(max_length=12)),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.answer"
                            ),
                        ),
                        (
                            "by",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["practice", "request", "at"], name="exceptionused_of_request")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("much", "There is a lot to look through."),
                                    ("careful", "It needs a careful look by more than one person here."),
                                    ("elsewhere", "Part of it is kept elsewhere, and we have to ask for it."),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.clock"
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="extension_of_request")],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "clock"), name="a_clock_is_extended_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("family", "whoever asked"),
                                    ("young_person", "the young person"),
                                    ("clinician", "a clinician"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("is_told", models.BooleanField()),
                        ("words_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                            "used",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.exceptionused",
                            ),
                        ),
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="explanation_of_request")],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "used", "side"), name="a_side_is_told_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Departure",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("decided", models.CharField(max_length=14)),
                        ("instead", models.CharField(max_length=14)),
                        ("rule", models.CharField(max_length=80)),
                        ("reasons_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "request", "at"], name="departures_of_a_request"),
                            models.Index(fields=["practice", "at"], name="departures_in_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("not_yet", "Not yet"),
                                    ("called_back", "Yes: I called back on a number that was on record before today"),
                                    ("in_person", "Yes: they are here, and we know each other"),
                                    ("document", "Yes: I saw an identity document"),
                                    ("wrote_back", "Yes: I wrote to the address on record, and they confirmed it"),
                                    ("other", "No: it was somebody else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="callcheck_of_request")],
                    },
                ),
                migrations.CreateModel(
                    name="Afterwards",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("family", "whoever asked"),
                                    ("young_person", "the young person"),
                                    ("clinician", "a clinician"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[("good", "It helped"), ("fair", "It was all right"), ("hard", "It was hard")],
                                max_length=8,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("consequences_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="afterwards_of_request")],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("code", models.CharField(max_length=30)),
                        ("pieces", models.JSONField(blank=True, default=list)),
                        ("check_on", models.DateField()),
                        ("shows_to_young_person", models.BooleanField(default=False)),
                        (
                            "by",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                            models.Index(fields=["practice", "request", "at"], name="offers_of_a_request"),
                            models.Index(fields=["practice", "young_person", "at"], name="offers_about_somebody"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferReply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("family", "whoever asked"),
                                    ("young_person", "the young person"),
                                    ("clinician", "a clinician"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "word",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes, gladly"),
                                    ("not_now", "Not now"),
                                    ("no", "No, thank you"),
                                    ("happened", "It has happened"),
                                    ("fell_through", "It came to nothing"),
                                ],
                                max_length=14,
                            ),
                        ),
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
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.offer"
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
                        "indexes": [models.Index(fields=["practice", "offer", "at"], name="replies_to_an_offer")],
                    },
                ),
                migrations.CreateModel(
                    name="Official",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("relation", models.CharField(max_length=30)),
                        (
                            "paper",
                            models.CharField(
                                choices=[
                                    ("none", "nothing in writing"),
                                    ("informal_letter", "a letter or an e-mail"),
                                    ("subpoena", "a subpoena or witness summons, not signed by a judge"),
                                    ("court_order_to_share", "an order that a judge signed"),
                                    ("statutory_request", "a written request that names a law"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "by",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="official_of_request")],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("act", models.CharField(max_length=8)),
                        ("told_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="proposal_of_request")],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("words_sealed", models.BinaryField(default=b"")),
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                            models.Index(fields=["practice", "young_person", "asked_at"], name="questions_to_somebody")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "request"), name="one_question_a_request")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingRule",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("opening", models.BooleanField()),
                        ("categories", models.JSONField(blank=True, default=list)),
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
                        "indexes": [models.Index(fields=["practice", "at"], name="reading_rules_in_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("you_tell", "You can tell them."),
                                    ("this_part", "You can tell them this part."),
                                    ("i_tell", "I’ll tell them myself."),
                                    ("together", "Let’s tell them together."),
                                    ("not_now", "Not now."),
                                    ("no", "No."),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("part_sealed", models.BinaryField(default=b"")),
                        ("may_say_so", models.BooleanField(default=False)),
                        ("pressed_sealed", models.BinaryField(default=b"")),
                        ("replied_at", models.DateTimeField()),
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
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.question"
                            ),
                        ),
                        (
                            "replied_by",
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
                            models.Index(fields=["practice", "question", "replied_at"], name="replies_to_a_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondReading",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        (
                            "outcome",
                            models.CharField(choices=[("agrees", "It can go"), ("not_yet", "Not yet")], max_length=8),
                        ),
                        ("note_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.proposal"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                        "indexes": [
                            models.Index(fields=["practice", "request", "at"], name="secondreading_of_request")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "proposal"), name="an_answer_is_read_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Skipped",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=20)),
                        ("reason_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="skipped_of_request")],
                    },
                ),
                migrations.CreateModel(
                    name="StatedFact",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("fact", models.CharField(max_length=40)),
                        ("value", models.CharField(max_length=40)),
                        ("stated_at", models.DateTimeField()),
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                        (
                            "stated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "request", "stated_at"], name="facts_of_a_request")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("identified", "Who it is"),
                                    ("acknowledged", "Acknowledged"),
                                    ("explored", "What is behind it"),
                                    ("boundaries", "Boundaries explained"),
                                    ("needs", "Turned to what is needed"),
                                    ("each_other", "Encouraged to talk with each other"),
                                    ("facts_recorded", "Facts recorded"),
                                    ("consent_checked", "Wishes and consents looked at"),
                                    ("weighed", "Weighed"),
                                    ("extended", "More time, and why"),
                                    ("decided", "Decided"),
                                    ("asked", "The young person was asked"),
                                    ("talked", "Talked with the young person"),
                                    ("replied", "The young person replied"),
                                    ("proposed", "Given to a second reader"),
                                    ("read", "Read by a second person"),
                                    ("departed", "Decided otherwise"),
                                    ("answered", "Answered"),
                                    ("looked_again", "Looked at again"),
                                    ("offered", "Offered instead"),
                                    ("why_told", "Explained why"),
                                    ("review_asked", "Asked that somebody else looks"),
                                    ("afterwards", "Said how it was"),
                                    ("followed_up", "Asked how it was"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("disposition", models.CharField(blank=True, default="", max_length=14)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("note_sealed", models.BinaryField(default=b"")),
                        ("taken_at", models.DateTimeField()),
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
                            ),
                        ),
                        (
                            "taken_by",
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
                            models.Index(fields=["practice", "request", "taken_at"], name="steps_of_a_request"),
                            models.Index(fields=["practice", "kind", "due_on"], name="steps_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Weighing",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("harm", models.CharField(max_length=20)),
                        ("interests", models.CharField(max_length=20)),
                        ("serves_sealed", models.BinaryField(default=b"")),
                        ("harms_sealed", models.BinaryField(default=b"")),
                        (
                            "by",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="requests.familyrequest",
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
                        "indexes": [models.Index(fields=["practice", "request", "at"], name="weighing_of_request")],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerText",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("text_sealed", models.BinaryField(default=b"")),
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
                            models.UniqueConstraint(fields=("practice", "item"), name="one_text_an_answer")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartureReview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("sound", "I would have done the same"),
                                    ("talk", "I would like to talk it over"),
                                    ("rule", "The rule does not fit: it should be looked at"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
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
                            "departure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.departure"
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "departure"), name="a_departure_is_reviewed_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("about", models.UUIDField()),
                        ("form", models.CharField(max_length=20)),
                        ("typed_sealed", models.BinaryField(default=b"")),
                        ("kept_at", models.DateTimeField()),
                        (
                            "kept_by",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "kept_by", "about", "form"), name="one_draft_a_form"
                            )
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "FamilyRequest",
            "Step",
            "StatedFact",
            "Question",
            "Reply",
            "Answer",
            "CallCheck",
            "Official",
            "Skipped",
            "Weighing",
            "Clock",
            "Extension",
            "Offer",
            "OfferReply",
            "Afterwards",
            "ExceptionUsed",
            "Explanation",
            "Departure",
            "DepartureReview",
            "ReadingRule",
            "Proposal",
            "SecondReading",
        ),
    ]
