from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotesConfig(AppConfig):
    name = "halfdoor.service.notes"
    label = "notes"

    def ready(self) -> None:
        """Tell the gate where the texts of notes lie, and the pages of others where notes are."""
        from halfdoor.service.disclosures import looking, payloads
        from halfdoor.service.notes import apart, queries
        from halfdoor.service.notes.models import KIND, PROCESS_KIND, Draft, Note, ProcessNote
        from halfdoor.service.web import due, menus

        payloads.register(KIND, Note, queries.bodies, earlier=queries.earlier, bring_over=apart.bring_over)
        payloads.register(PROCESS_KIND, ProcessNote, queries.process_bodies, earlier=queries.earlier_process)
        due.add(queries.waiting_for)
        looking.key("draft_id", looking.of(Draft))
        roles = frozenset({"therapist", "lead"})
        menus.add("young_person", menus.Entry("notes:list", _("Notes"), roles))
