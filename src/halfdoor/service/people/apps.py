from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "halfdoor.service.people"
    label = "people"

    def ready(self) -> None:
        """Say what is due about circles of care, and what a young person reads of their own way in."""
        from halfdoor.service.people import sign_ins
        from halfdoor.service.people.due_lines import due_for
        from halfdoor.service.people.emergencies import told_to
        from halfdoor.service.web import due, sections

        due.add(due_for)
        sections.add("mine", "people/young_person/ways_in.html", sign_ins.my_new_ways_in)
        sections.add("mine", "people/young_person/emergencies.html", told_to)
