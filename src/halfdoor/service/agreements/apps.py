from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "halfdoor.service.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Say what stands in the menus, what is due, and what somebody is asked to consent to."""
        from halfdoor.service.agreements.queries import consents, wishes
        from halfdoor.service.web import due, menus, sections

        clinicians = frozenset({"therapist", "lead"})
        menus.add("young_person", menus.Entry("agreements:agreements", _("Consents, wishes, the start"), clinicians))
        menus.add("family", menus.Entry("agreements:family_consents", _("Consents to share")))
        menus.add("me", menus.Entry("agreements:my_wishes", _("By subject")))
        menus.add("me", menus.Entry("agreements:my_consents", _("Who may be told")))
        due.add(wishes.due_to_ask)
        sections.add("week", "agreements/caregiver/waiting.html", consents.asked_of_family)
        sections.add("mine", "agreements/young_person/waiting.html", consents.asked_of_me)
