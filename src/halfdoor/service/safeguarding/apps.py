from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafeguardingConfig(AppConfig):
    name = "halfdoor.service.safeguarding"
    label = "safeguarding"

    def ready(self) -> None:
        """Say what is due about incidents, where they are, and what young people and teams see of them."""
        from halfdoor.service.core import health
        from halfdoor.service.disclosures import looking
        from halfdoor.service.safeguarding import outstanding, queries
        from halfdoor.service.safeguarding.models import Incident
        from halfdoor.service.web import due, menus, sections

        clinicians = frozenset({"therapist", "lead"})
        menus.add("staff", menus.Entry("safeguarding:incidents", _("Incidents"), clinicians))
        menus.add(
            "young_person", menus.Entry("safeguarding:report", _("Report a breach of confidentiality"), clinicians)
        )
        due.add(queries.due_for)
        health.add(outstanding.doctor)
        looking.key("incident_id", looking.of(Incident))
        sections.add("mine", "safeguarding/young_person/told.html", queries.told_to)
        sections.add("shift", "safeguarding/staff/can_report.html", queries.can_report)
