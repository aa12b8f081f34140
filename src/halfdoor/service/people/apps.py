from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "halfdoor.service.people"
    label = "people"

    def ready(self) -> None:
        """Say what is due about circles of care."""
        from halfdoor.service.people.due_lines import due_for
        from halfdoor.service.web import due

        due.add(due_for)
