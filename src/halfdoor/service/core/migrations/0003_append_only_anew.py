"""On SQLite, a row could be replaced by the number that is not one of its columns."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnlyAnew


class Migration(migrations.Migration):
    dependencies = [("core", "0002_used_forms")]

    operations = [
        AppendOnlyAnew("chainentry"),
    ]
