from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    name = "halfdoor.service.engagement"
    label = "engagement"

    def ready(self) -> None:
        """Say where the library is, and show what was offered on the first page of whoever it was offered to."""
        from halfdoor.service.engagement import library, queries
        from halfdoor.service.requests import pieces
        from halfdoor.service.web import menus, sections

        menus.add("staff", menus.Entry("engagement:library", _("Library"), more=True))
        menus.add("family", menus.Entry("engagement:family_library", _("To read")))
        menus.add("me", menus.Entry("engagement:my_library", _("To read")))
        clinicians = frozenset({"therapist", "lead"})
        menus.add("young_person", menus.Entry("engagement:offer", _("Offer something to read"), clinicians))
        sections.add("week", "engagement/caregiver/offered.html", queries.offered_to)
        sections.add("shift", "engagement/staff/offered.html", queries.offered_to)
        sections.add("mine", "engagement/young_person/offered.html", queries.offered_to_me)
        pieces.add_library(library.for_whoever_asks)
