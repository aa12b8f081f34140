"""Ways in, and how they ended, are evidence: their rows are never changed or deleted."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_ways_in")]

    operations = [AppendOnly("Invitation"), AppendOnly("InvitationEnding")]
