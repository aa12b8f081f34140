"""What was gone through stays as it was."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("people", "0007_birthday_talks")]

    operations = [AppendOnly("BirthdayTalk")]
