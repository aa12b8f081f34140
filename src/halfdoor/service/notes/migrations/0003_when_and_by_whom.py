"""Say of notes from before there were versions when and by whom they were written: as their items say."""

from django.db import migrations

_FILL = """
UPDATE notes_note SET
  written_at = (SELECT written_at FROM disclosures_item WHERE disclosures_item.id = notes_note.item_id),
  written_by_id = (SELECT written_by_id FROM disclosures_item WHERE disclosures_item.id = notes_note.item_id)
WHERE written_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("notes", "0002_write_ups")]

    operations = [migrations.RunSQL(_FILL, migrations.RunSQL.noop)]
