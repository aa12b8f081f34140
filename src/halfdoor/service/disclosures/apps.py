from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "halfdoor.service.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        """Let rooms below the gate ask who may know of the care at all."""
        from halfdoor.service.disclosures import gate
        from halfdoor.service.people import knowing

        knowing.register(gate.known_to)
