from django.db import migrations


class Migration(migrations.Migration):
    """What was typed and not sent is a row of ``people`` from now on. Its table stays as it is."""

    dependencies = [("requests", "0001_squashed_0005_append_only_workflow")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Draft")])]
