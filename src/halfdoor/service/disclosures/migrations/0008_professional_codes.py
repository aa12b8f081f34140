"""Which professional codes count for a practice, who said so, and who agreed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_sealingkey"),
        ("disclosures", "0007_knowing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CodesSettled",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outcome", models.CharField(choices=[("counts", "Counts"), ("dropped", "Dropped")], max_length=10)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosures.codeswish"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["practice", "outcome", "settled_at"], name="codes_that_count")],
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "wish"), name="a_wish_for_codes_is_settled_once")
                ],
            },
        ),
        AppendOnly("CodesWish"),
        AppendOnly("CodesSettled"),
    ]
