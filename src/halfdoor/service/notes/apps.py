from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "halfdoor.service.notes"
    label = "notes"

    def ready(self) -> None:
        """Tell the gate where the texts of notes lie."""
        from halfdoor.service.disclosures import payloads
        from halfdoor.service.notes import queries
        from halfdoor.service.notes.models import KIND, Note

        payloads.register(KIND, Note, queries.bodies)
