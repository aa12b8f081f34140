"""Papers, and what was said to them, are never overwritten: the database itself refuses."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        AppendOnly("Version"),
        AppendOnly("Text"),
        AppendOnly("Review"),
        AppendOnly("Asking"),
        AppendOnly("AskingEnd"),
        AppendOnly("Signing"),
        AppendOnly("File"),
    ]
