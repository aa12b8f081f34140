from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "halfdoor.service.records"
    label = "records"

    def ready(self) -> None:
        """Say where records stand, what waits for whom, whose a key is, and what is erased again after a restore."""
        from halfdoor.service.core import first
        from halfdoor.service.disclosures import looking
        from halfdoor.service.disclosures.gaps import again
        from halfdoor.service.records import erasing, queries
        from halfdoor.service.records.models import CopyAsked, ErasureProposal, LegalHold, Lifting
        from halfdoor.service.web import due, menus

        clinicians = frozenset({"therapist", "lead"})
        keepers = frozenset({"lead", "office"})
        menus.add("staff", menus.Entry("records:records", _("How long we keep records"), keepers, more=True))
        menus.add("young_person", menus.Entry("records:record", _("How long it is kept"), clinicians))
        due.add(queries.due)
        looking.key("hold_id", looking.of(LegalHold))
        looking.key("lifting_id", looking.of(Lifting))
        looking.key("erasure_id", looking.of(ErasureProposal))
        again.add("records.erased", erasing.erase_again)
        first.add(erasing.finish)
        looking.key("copy_id", looking.of(CopyAsked))
