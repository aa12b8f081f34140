"""On SQLite, a row could be replaced by the number that is not one of its columns."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnlyAnew


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_append_only")]

    operations = [
        AppendOnlyAnew("Wish"),
        AppendOnlyAnew("Authorization"),
        AppendOnlyAnew("Withdrawal"),
        AppendOnlyAnew("ToldAtStart"),
    ]
