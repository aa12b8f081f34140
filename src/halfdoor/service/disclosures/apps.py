from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "halfdoor.service.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        """Let rooms below the gate ask it; say what of this room is in the menus and on *Today*."""
        from halfdoor.disclosure import clocking
        from halfdoor.service.accounts import closing
        from halfdoor.service.agreements import gone
        from halfdoor.service.core import first
        from halfdoor.service.disclosures import accounted, gate, looking, payloads
        from halfdoor.service.disclosures.codes import queries as codes
        from halfdoor.service.disclosures.escrow import over
        from halfdoor.service.disclosures.escrow import queries as escrow
        from halfdoor.service.disclosures.gaps import actions as gaps
        from halfdoor.service.disclosures.gaps import queries as lost
        from halfdoor.service.disclosures.house import queries as house
        from halfdoor.service.disclosures.models import Escrow
        from halfdoor.service.people import knowing, majority
        from halfdoor.service.web import due, menus

        knowing.register(gate.known_to)
        majority.register(clocking.of_age)
        gone.register(accounted.gone_on)
        closing.when_opened_again(over.came_back)
        clinicians = frozenset({"therapist", "lead"})
        menus.add("staff", menus.Entry("rules:rules", _("Our rules"), clinicians, more=True))
        menus.add("young_person", menus.Entry("rules:advice", _("Legal advice"), clinicians))
        menus.add("young_person", menus.Entry("disclosures:ledger", _("Ledger"), clinicians))
        menus.add(
            "staff",
            menus.Entry("disclosures:escrows", _("Process notes of colleagues"), frozenset({"lead"}), more=True),
        )
        looking.key("escrow_id", looking.of(Escrow))
        due.add(house.due)
        due.add(codes.due)
        due.add(lost.due)
        due.add(escrow.due)
        first.add(gaps.compare_all)
        first.add(payloads.bring_over)
