from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "halfdoor.service.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Say where a lead decides about signing in, how passwords are looked at, and which sessions go."""
        from halfdoor.service.accounts import passwords, sessions, tasks
        from halfdoor.service.core import first, health, worker
        from halfdoor.service.web import menus

        health.add(passwords.doctor)
        first.add(tasks.plan)
        worker.tidy(sessions.forget_ended)

        menus.add("staff", menus.Entry("sign_in_rules", _("Signing in"), frozenset({"lead"}), more=True))
