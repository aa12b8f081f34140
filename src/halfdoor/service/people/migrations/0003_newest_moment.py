from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="sharingversion",
            name="newest_at",
            field=models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
        ),
    ]
