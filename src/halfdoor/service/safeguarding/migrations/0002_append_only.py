"""What was reported, assessed and done stays on record: the database itself refuses to change it."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_initial")]

    operations = [AppendOnly("Incident"), AppendOnly("IncidentAssessment"), AppendOnly("IncidentStep")]
