from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "halfdoor.service.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Say where a lead decides about signing in, and how passwords are looked at."""
        from halfdoor.service.accounts import passwords, tasks
        from halfdoor.service.core import first, health
        from halfdoor.service.web import menus

        health.add(passwords.doctor)
        first.add(tasks.plan)

        menus.add("staff", menus.Entry("sign_in_rules", _("Signing in"), frozenset({"lead"}), more=True))
