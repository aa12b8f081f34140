from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "halfdoor.service.records"
    label = "records"

    def ready(self) -> None:
        """Say where it stands how long records are kept, what waits for whom, and whose record a key leads to."""
        from halfdoor.service.disclosures import looking
        from halfdoor.service.records import queries
        from halfdoor.service.records.models import LegalHold, Lifting
        from halfdoor.service.web import due, menus

        clinicians = frozenset({"therapist", "lead"})
        keepers = frozenset({"lead", "office"})
        menus.add("staff", menus.Entry("records:records", _("How long we keep records"), keepers, more=True))
        menus.add("young_person", menus.Entry("records:record", _("How long it is kept"), clinicians))
        due.add(queries.due)
        looking.key("hold_id", looking.of(LegalHold))
        looking.key("lifting_id", looking.of(Lifting))
