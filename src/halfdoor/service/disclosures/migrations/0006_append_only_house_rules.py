"""Who proposed, approved and brought into force which rules, and what lawyers said, is never overwritten."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0005_house_rules_and_legal_advice")]

    operations = [
        AppendOnly("Proposal"),
        AppendOnly("Approval"),
        AppendOnly("ProposalWithdrawal"),
        AppendOnly("Activation"),
        AppendOnly("Notice"),
        AppendOnly("Consultation"),
        AppendOnly("Advice"),
    ]
