"""What was chosen and what was sent stays on record: the database itself refuses to change it."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_initial")]

    operations = [AppendOnly("NoticeChoice"), AppendOnly("Notice"), AppendOnly("NoticeRefused")]
