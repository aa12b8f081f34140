"""What was practised stays on record as it was: the database itself refuses to change it."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [AppendOnly("ExerciseAnswer"), AppendOnly("Completion"), AppendOnly("Expectation")]
