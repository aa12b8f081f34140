from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "halfdoor.service.requests"
    label = "requests"

    def ready(self) -> None:
        """Tell the gate where the texts of answers lie, and who knows what was stated while somebody asked."""
        from halfdoor.service.disclosures import looking, payloads, providers
        from halfdoor.service.requests import stated
        from halfdoor.service.requests.models import KIND, AnswerText, FamilyRequest
        from halfdoor.service.requests.queries import clinicians, families
        from halfdoor.service.web import due

        payloads.register(KIND, AnswerText, families.texts)
        providers.register("requests", stated.load, closed=stated.CLOSED)
        due.add(clinicians.waiting_for)
        looking.key("request_id", looking.of(FamilyRequest))
