from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "halfdoor.service.documents"
    label = "documents"

    def ready(self) -> None:
        """Say what stands in the menus, what is due, and what waits for whoever is asked to answer."""
        from halfdoor.service.documents.queries import waiting
        from halfdoor.service.web import due, menus, sections

        clinicians = frozenset({"therapist", "lead"})
        menus.add(
            "staff",
            menus.Entry("documents:library", _("Papers"), frozenset({"office"})),
            menus.Entry("documents:library", _("Papers"), clinicians, more=True),
        )
        menus.add("young_person", menus.Entry("documents:papers", _("Papers and agreements"), clinicians))
        menus.add("family", menus.Entry("documents:family_papers", _("Papers")))
        menus.add("me", menus.Entry("documents:my_papers", _("What I agreed to")))
        due.add(waiting.due_for)
        sections.add("week", "documents/caregiver/waiting.html", waiting.waiting_for_family)
        sections.add("mine", "documents/young_person/waiting.html", waiting.waiting_for_me)
