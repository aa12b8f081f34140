"""What was asked, said and answered is never overwritten: the database itself refuses."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial")]

    operations = [
        AppendOnly("FamilyRequest"),
        AppendOnly("Step"),
        AppendOnly("StatedFact"),
        AppendOnly("Question"),
        AppendOnly("Reply"),
        AppendOnly("Answer"),
    ]
