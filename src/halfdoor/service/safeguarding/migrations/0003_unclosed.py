import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which incidents nobody has closed is kept beside them, and filled from what there is."""

    dependencies = [
        ("core", "0008_author_keys"),
        ("safeguarding", "0001_squashed_0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unclosed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.incident"
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
                    models.UniqueConstraint(fields=("practice", "incident"), name="an_incident_is_open_once"),
                ],
            },
        ),
        migrations.RunSQL(
            "INSERT INTO safeguarding_unclosed (id, practice_id, incident_id)"
            " SELECT one.id, one.practice_id, one.id FROM safeguarding_incident AS one"
            " WHERE NOT EXISTS (SELECT 1 FROM safeguarding_incidentstep AS step"
            " WHERE step.practice_id = one.practice_id AND step.incident_id = one.id AND step.done = 'closed')",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
