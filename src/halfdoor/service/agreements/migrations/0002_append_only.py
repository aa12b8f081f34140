"""What is on record is never overwritten: the database itself refuses."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]

    operations = [
        AppendOnly("Wish"),
        AppendOnly("Authorization"),
        AppendOnly("Withdrawal"),
        AppendOnly("ToldAtStart"),
    ]
