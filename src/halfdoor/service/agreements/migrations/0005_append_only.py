"""What was given, asked and explained is never overwritten either."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_consents_and_start")]

    operations = [
        AppendOnly("Proposal"),
        AppendOnly("ProposalEnd"),
        AppendOnly("Grant"),
        AppendOnly("Explained"),
        AppendOnly("AskedAgain"),
        AppendOnly("Cadence"),
    ]
