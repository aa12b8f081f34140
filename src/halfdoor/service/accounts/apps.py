from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "halfdoor.service.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Say where a lead decides about signing in."""
        from halfdoor.service.web import menus

        menus.add("staff", menus.Entry("sign_in_rules", _("Signing in"), frozenset({"lead"}), more=True))
