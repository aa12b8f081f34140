import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which requests nobody has answered is kept beside them, and filled from what there is; and two indexes."""

    dependencies = [
        ("core", "0008_author_keys"),
        ("disclosures", "0010_escrow"),
        ("people", "0002_drafts"),
        ("requests", "0002_drafts_move"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Unanswered",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="requests.familyrequest"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "request"), name="a_request_waits_once"),
                ],
            },
        ),
        migrations.RunSQL(
            "INSERT INTO requests_unanswered (id, practice_id, request_id)"
            " SELECT one.id, one.practice_id, one.id FROM requests_familyrequest AS one"
            " WHERE NOT EXISTS (SELECT 1 FROM requests_answer AS given"
            " WHERE given.practice_id = one.practice_id AND given.request_id = one.id)",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex(model_name="step", name="steps_by_day"),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["practice", "kind", "request", "taken_at"], name="steps_of_a_kind"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["practice", "look_again_on", "request", "answered_at"], name="answers_by_day"),
        ),
    ]
