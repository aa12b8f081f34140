"""What is on record is never overwritten: the database itself refuses."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial")]

    operations = [
        AppendOnly("PackVersion"),
        AppendOnly("Line"),
        AppendOnly("Delivery"),
        AppendOnly("Obligation"),
        AppendOnly("Fulfilment"),
    ]
