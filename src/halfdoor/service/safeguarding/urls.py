"""Where incidents are: behind the staff door. What the young person is told stands on their own page."""

from django.urls import path

from halfdoor.service.safeguarding.views import staff, team

app_name = "safeguarding"
urlpatterns = [
    path("staff/incidents/", staff.incidents, name="incidents"),
    path("staff/incidents/<uuid:incident_id>/", staff.incident, name="incident"),
    path("staff/incidents/<uuid:incident_id>/assessment/", staff.assess, name="assess"),
    path("staff/incidents/<uuid:incident_id>/steps/", staff.step, name="step"),
    path("staff/young-people/<uuid:young_person_id>/incident/", staff.report, name="report"),
    path("staff/shift/<uuid:membership_id>/incident/", team.report_from_shift, name="report_from_shift"),
]
