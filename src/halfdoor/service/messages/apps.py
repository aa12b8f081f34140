from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "halfdoor.service.messages"
    label = "messages"

    def ready(self) -> None:
        """Say where one chooses whether one wants a word."""
        from halfdoor.service.web import menus

        menus.add("family", menus.Entry("messages:family_notices", _("E-mail")))
        menus.add("me", menus.Entry("messages:me_notices", _("E-mail")))
