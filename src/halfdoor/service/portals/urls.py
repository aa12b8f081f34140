"""The first page behind each door, and where one goes from there."""

from django.urls import path

from halfdoor.service.portals.views import caregiver, staff, team, therapist, young_person

app_name = "portals"
urlpatterns = [
    path("staff/", staff.front, name="staff"),
    path("staff/today/", therapist.today, name="today"),
    path("staff/shift/", team.shift, name="shift"),
    path("staff/young-people/<uuid:young_person_id>/", therapist.young_person, name="young_person"),
    path("staff/young-people/<uuid:young_person_id>/birthday/", therapist.birthday, name="birthday"),
    path("staff/young-people/<uuid:young_person_id>/map/", therapist.sharing_map, name="map"),
    path(
        "staff/young-people/<uuid:young_person_id>/map/<uuid:membership_id>/<slug:category>/",
        therapist.sharing_map,
        name="cell",
    ),
    path("family/", caregiver.week, name="week"),
    path("me/", young_person.mine, name="mine"),
    path("me/people/<uuid:membership_id>/", young_person.person, name="person"),
]
