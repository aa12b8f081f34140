from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "halfdoor.service.messages"
    label = "messages"

    def ready(self) -> None:
        """Say where one chooses whether one wants a word, and see that checkpoints go out."""
        from halfdoor.service.core import first, health
        from halfdoor.service.messages import checkpoints
        from halfdoor.service.web import menus

        first.add(checkpoints.plan_all)
        health.add(checkpoints.doctor)

        menus.add("family", menus.Entry("messages:family_notices", _("E-mail")))
        menus.add("me", menus.Entry("messages:me_notices", _("E-mail")))
