import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.at_once import CreateModels


class Migration(migrations.Migration):
    replaces = [("messages", "0001_initial"), ("messages", "0002_append_only")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0009_sign_in_rules"),
        ("core", "0001_squashed_0006_halves_and_emptying"),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sent_at", models.DateTimeField()),
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
                        "indexes": [
                            models.Index(fields=["practice", "account", "sent_at"], name="notices_to_somebody")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeChoice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("wanted", models.BooleanField()),
                        ("chosen_at", models.DateTimeField()),
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
                        "indexes": [
                            models.Index(fields=["practice", "account", "chosen_at"], name="choices_about_notices")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeRefused",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("error", models.CharField(max_length=60)),
                        ("refused_at", models.DateTimeField()),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messages.notice"
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
                            models.UniqueConstraint(fields=("practice", "notice"), name="a_notice_is_refused_once")
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "NoticeChoice",
            "Notice",
            "NoticeRefused",
        ),
    ]
