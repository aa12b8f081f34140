import datetime
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_append_only"),
        ("people", "0003_newest_moment"),
        ("people", "0004_append_only_anew"),
        ("people", "0005_circle_in_use"),
        ("people", "0006_append_only_circle"),
        ("people", "0007_birthday_talks"),
        ("people", "0008_append_only_talks"),
        ("people", "0009_emergencies"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
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
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "account"), name="one_person_an_account")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("email", "e-mail"), ("telephone", "telephone"), ("post", "postal address")],
                                max_length=10,
                            ),
                        ),
                        ("key_of", models.UUIDField()),
                        ("value_sealed", models.BinaryField(default=b"")),
                        ("digest", models.CharField(max_length=64)),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["practice", "digest"], name="contacts_by_where_they_lead"),
                            models.Index(fields=["practice", "person"], name="contacts_of_a_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("allowed", "may be used: it is safe for them"), ("refused", "is not used")],
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField()),
                        ("because_sealed", models.BinaryField(default=b"")),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.contact"
                            ),
                        ),
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="YoungPerson",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                            models.UniqueConstraint(fields=("practice", "person"), name="one_young_person_a_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                        ("since_on", models.DateField()),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                            models.Index(fields=["practice", "person"], name="memberships_of_a_person"),
                            models.Index(fields=["practice", "young_person"], name="memberships_of_a_circle"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourtLimit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "limit",
                            models.CharField(
                                choices=[
                                    ("not_to_share", "may be told nothing"),
                                    ("as_ordered", "may be told only what the order allows"),
                                ],
                                max_length=20,
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="courtlimit_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourtLimitReview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("stands", "the order stands"),
                                    ("lifted", "the order does not bind, or was lifted"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField()),
                        (
                            "court_limit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.courtlimit"
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Cover",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "why",
                            models.CharField(
                                choices=[("away", "away"), ("leaves", "leaves the practice")], max_length=10
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "clinician",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cover",
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["practice", "cover"], name="covers_by_somebody")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="a_cover_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("clinician", models.F("cover")), _negated=True),
                                name="nobody_covers_for_themselves",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoverEnding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("ended_at", models.DateTimeField()),
                        (
                            "cover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.cover"
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
                            models.UniqueConstraint(fields=("practice", "cover"), name="a_cover_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Episode",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "setting",
                            models.CharField(
                                choices=[
                                    ("outpatient", "outpatient practice"),
                                    ("residential", "residential care"),
                                    ("school", "school"),
                                    ("hospital", "hospital"),
                                    ("unknown", "not known"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("started_on", models.DateField()),
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
                    },
                ),
                migrations.CreateModel(
                    name="EpisodeEnding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("ended_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
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
                            models.UniqueConstraint(fields=("practice", "episode"), name="an_episode_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EpisodeTerms",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "legal_basis",
                            models.CharField(
                                choices=[
                                    ("parent_consent", "a parent agreed"),
                                    ("own_consent", "the young person agreed themselves"),
                                    ("other_lawful_consent", "somebody else could agree, and did"),
                                    ("court_order", "a court ordered it"),
                                    ("confidentiality_agreed", "a parent agreed that it is confidential"),
                                    ("agency_consent", "an authority agreed"),
                                    ("emergency", "an emergency"),
                                    ("adult_consent", "agreed as an adult"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=30,
                            ),
                        ),
                        (
                            "wants_parent_as_representative",
                            models.CharField(
                                choices=[("yes", "yes"), ("no", "no"), ("unknown", "not known")],
                                default="unknown",
                                max_length=8,
                            ),
                        ),
                        (
                            "substance_use_programme",
                            models.CharField(
                                choices=[("yes", "yes"), ("no", "no"), ("unknown", "not known")],
                                default="no",
                                max_length=8,
                            ),
                        ),
                        (
                            "paid_privately_in_full",
                            models.CharField(
                                choices=[("yes", "yes"), ("no", "no"), ("unknown", "not known")],
                                default="no",
                                max_length=8,
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="episodeterms_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Involvement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "part",
                            models.CharField(
                                choices=[("no_longer", "no longer takes part"), ("again", "takes part again")],
                                max_length=12,
                            ),
                        ),
                        (
                            "view",
                            models.CharField(
                                choices=[
                                    ("wants_it", "wants it so"),
                                    ("does_not_mind", "does not mind"),
                                    ("wishes_otherwise", "wishes it were otherwise"),
                                    ("did_not_say", "was asked, and did not say"),
                                    ("could_not_be_asked", "could not be asked yet"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("effective_on", models.DateField()),
                        ("reviewed_at", models.DateTimeField()),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("because_sealed", models.BinaryField(default=b"")),
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="IdentityCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("verified", "verified"), ("unverified", "not verified")], max_length=12
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="identitycheck_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyAccess",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("danger", "Somebody is in danger now"),
                                    ("crisis_call", "The young person or their family calls in a crisis"),
                                    ("nobody_there", "Nobody of the circle can be reached, and it cannot wait"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("opened_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("review_due_on", models.DateField()),
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
                        (
                            "membership",
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
                            models.Index(fields=["practice", "opened_by", "ends_at"], name="emergencies_of_somebody")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "membership"), name="one_emergency_a_place")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoverPlace",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "cover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.cover"
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "membership"), name="a_place_by_one_cover")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CareRole",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "involved_in_care",
                            models.CharField(
                                choices=[("yes", "yes"), ("no", "no"), ("unknown", "not known")],
                                default="unknown",
                                max_length=8,
                            ),
                        ),
                        (
                            "needs_it_for_role",
                            models.CharField(
                                choices=[("yes", "yes"), ("no", "no"), ("unknown", "not known")],
                                default="unknown",
                                max_length=8,
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="carerole_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Authority",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("full", "full"),
                                    ("shared", "shared with somebody"),
                                    ("information_only", "may be informed, does not decide"),
                                    ("limited_by_order", "limited by a court order"),
                                    ("none", "none"),
                                    ("ended", "ended"),
                                    ("undeterminable", "the papers do not settle it"),
                                    ("unknown", "not known yet"),
                                ],
                                max_length=20,
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
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.membership"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="authority_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEnding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("ended_at", models.DateTimeField()),
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "membership"), name="a_membership_ends_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutsideReference",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("reference", models.CharField(max_length=80)),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "reference"), name="one_person_a_reference")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suspicion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "suspected",
                            models.CharField(
                                choices=[("yes", "yes"), ("no", "no"), ("unknown", "not known")], max_length=8
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
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="suspicion_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("by_age", "as their age says"),
                                    ("emancipated_minor", "emancipated"),
                                    ("deceased", "has died"),
                                ],
                                max_length=20,
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="standing_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SharingVersion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveBigIntegerField(default=0)),
                        (
                            "newest_at",
                            models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC)),
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
                                fields=("practice", "young_person"), name="one_version_a_young_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyReview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("needed", "It was needed"),
                                    ("talked", "It was not needed; we have talked about it"),
                                    ("incident", "It should not have been; it is reported as an incident"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words_sealed", models.BinaryField(default=b"")),
                        ("reviewed_at", models.DateTimeField()),
                        (
                            "access",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.emergencyaccess",
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
                        (
                            "young_person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.youngperson"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "access"), name="an_emergency_is_reviewed_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompetenceAssessment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("competent", "can decide this"),
                                    ("not_competent", "cannot decide this yet"),
                                    ("not_assessed", "not assessed"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("category", models.CharField(blank=True, default="", max_length=30)),
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="competenceassessment_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircleEvent",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("separation", "separation of the parents"),
                                    ("custody_change", "change of custody"),
                                    ("new_caseworker", "new caseworker"),
                                    ("authority_shares", "a local authority shares responsibility"),
                                    ("adoption", "adoption"),
                                    ("special_guardian", "a special guardian is appointed"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("happened_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("note_sealed", models.BinaryField(default=b"")),
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CareStatus",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("effective_on", models.DateField()),
                        (
                            "lapses_on",
                            models.DateField(
                                blank=True, help_text="the first day on which it no longer holds", null=True
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("evidence_sealed", models.BinaryField(default=b"")),
                        ("document_sealed", models.BinaryField(default=b"")),
                        (
                            "looked_after",
                            models.CharField(
                                choices=[
                                    ("not_looked_after", "not looked after"),
                                    ("accommodated", "accommodated by agreement"),
                                    ("care_order", "under a care order"),
                                    ("placement_order", "under a placement order"),
                                    ("protection_order", "under an emergency protection order"),
                                    ("remand", "on remand"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=20,
                            ),
                        ),
                        (
                            "placed_by",
                            models.CharField(
                                choices=[
                                    ("not_placed", "lives at home"),
                                    ("english_authority", "an English authority"),
                                    ("welsh_authority", "a Welsh authority"),
                                    ("other", "somebody else"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=20,
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lapses_on__isnull", True),
                                    ("lapses_on__gt", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="carestatus_lapses_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BirthdayTalk",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("age", models.PositiveSmallIntegerField()),
                        ("talked_at", models.DateTimeField()),
                        ("words_sealed", models.BinaryField(default=b"")),
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
                            "talked_by",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "young_person", "age"), name="one_talk_a_birthday"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BirthdayCorrection",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("before_on", models.DateField(blank=True, null=True)),
                        ("after_on", models.DateField(blank=True, null=True)),
                        ("corrected_at", models.DateTimeField()),
                        ("because_sealed", models.BinaryField(default=b"")),
                        (
                            "corrected_by",
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContactEnding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("ended_at", models.DateTimeField()),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.contact"
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
                            models.UniqueConstraint(fields=("practice", "contact"), name="a_contact_ends_once")
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "EpisodeEnding",
            "MembershipEnding",
            "Authority",
            "IdentityCheck",
            "CourtLimit",
            "CourtLimitReview",
            "Suspicion",
            "CareRole",
            "CompetenceAssessment",
            "Standing",
            "CareStatus",
            "EpisodeTerms",
            "Membership",
            "CircleEvent",
            "Involvement",
            "BirthdayCorrection",
            "Cover",
            "CoverEnding",
            "CoverPlace",
            "Contact",
            "ContactEnding",
            "ContactDecision",
            "BirthdayTalk",
            "EmergencyAccess",
            "EmergencyReview",
        ),
    ]
