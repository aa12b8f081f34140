from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "halfdoor.service.requests"
    label = "requests"

    def ready(self) -> None:
        """Tell the gate where the texts of answers lie, and who knows what was stated while somebody asked."""
        from halfdoor.service.core import health
        from halfdoor.service.disclosures import looking, payloads, providers
        from halfdoor.service.requests import stated
        from halfdoor.service.requests.models import KIND, AnswerText, Departure, FamilyRequest
        from halfdoor.service.requests.queries import families, leads, waiting, young_people
        from halfdoor.service.web import due, menus, sections

        payloads.register(KIND, AnswerText, families.texts)
        providers.register(
            "requests", stated.load, closed=stated.CLOSED, many=stated.load_many, asks=stated.question_of
        )
        due.add(waiting.waiting_for)
        due.add(leads.due_for)
        health.add(waiting.doctor)
        sections.add("mine", "requests/young_person/around.html", young_people.around)
        menus.add("staff", menus.Entry("requests:departures", _("Decided otherwise"), frozenset({"lead"})))
        looking.key("request_id", looking.of(FamilyRequest))
        looking.key("departure_id", looking.of(Departure))
