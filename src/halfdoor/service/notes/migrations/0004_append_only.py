"""A finished note is never overwritten, nor what a family signed, nor why something was told: the database refuses."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("notes", "0003_when_and_by_whom")]

    operations = [
        migrations.AlterField("note", "written_at", models.DateTimeField()),
        migrations.AlterField(
            "note",
            "written_by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        AppendOnly("Note", "WriteUp", "WriteUpPart", "Allowance", "SecretsAgreement"),
    ]
