from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class TrainingConfig(AppConfig):
    name = "halfdoor.service.training"
    label = "training"

    def ready(self) -> None:
        """Say where practice is, and when it is due."""
        from halfdoor.service.training import queries
        from halfdoor.service.web import due, menus

        menus.add("staff", menus.Entry("training:sets", pgettext_lazy("with invented families", "Practice"), more=True))
        due.add(queries.due_for)
