from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalsConfig(AppConfig):
    name = "halfdoor.service.portals"
    label = "portals"

    def ready(self) -> None:
        """Say what stands in the menu of each space."""
        from halfdoor.service.disclosures.choices import Category
        from halfdoor.service.people import foreseeing, stories
        from halfdoor.service.portals.queries import birthdays
        from halfdoor.service.portals.queries import news as new
        from halfdoor.service.portals.queries.foreseen import foresee
        from halfdoor.service.web import due, menus, news, sections

        foreseeing.register(foresee)
        due.add(birthdays.due_for)
        sections.add("week", "portals/caregiver/birthday.html", birthdays.for_family)
        stories.name_categories({one.value: one.label for one in Category})

        news.add(new.waits_for)
        clinicians = frozenset({"therapist", "lead"})
        menus.add(
            "staff",
            menus.Entry("portals:today", _("Today"), frozenset({"therapist"})),
            menus.Entry("portals:today", _("The board"), frozenset({"lead"})),
            menus.Entry("portals:desk", _("Front desk"), frozenset({"office"})),
            menus.Entry("portals:shift", _("Shared with you"), frozenset({"team"})),
            menus.Entry("people:kept", _("Circles of care"), clinicians | {"office"}),
            menus.Entry("people:court_limits", _("Court orders to read"), clinicians, more=True),
            menus.Entry("people:sign_ins", _("Who can sign in"), clinicians | {"office"}, more=True),
            menus.Entry("people:emergency", _("Emergency access"), clinicians, more=True),
            menus.Entry("requests:calls", _("Unknown callers")),
            first=True,
        )
        menus.add("young_person", menus.Entry("portals:telling", _("Whom to tell"), clinicians))
        menus.add("family", menus.Entry("portals:week", _("This week")), first=True)
        menus.add("me", menus.Entry("portals:mine", _("Who knows what")), first=True)
