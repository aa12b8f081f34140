"""That an account was closed, and opened again, is evidence: these rows are never changed or deleted."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_closings")]

    operations = [AppendOnly("Closing"), AppendOnly("Reopening")]
