"""The first page behind each door, and where one goes from there."""

from django.urls import path

from halfdoor.service.portals.views import caregiver, office, sharing, staff, team, therapist, young_person

app_name = "portals"
urlpatterns = [
    path("staff/", staff.front, name="staff"),
    path("staff/today/", therapist.today, name="today"),
    path("staff/desk/", office.desk, name="desk"),
    path("staff/shift/", team.shift, name="shift"),
    path("staff/shift/<uuid:membership_id>/", team.shift, name="shift_of"),
    path("staff/young-people/<uuid:young_person_id>/", therapist.young_person, name="young_person"),
    path("staff/young-people/<uuid:young_person_id>/birthday/", therapist.birthday, name="birthday"),
    path("staff/young-people/<uuid:young_person_id>/map/", sharing.sharing_map, name="map"),
    path("staff/young-people/<uuid:young_person_id>/map/sheet/", sharing.sheet, name="map_sheet"),
    path(
        "staff/young-people/<uuid:young_person_id>/map/<uuid:membership_id>/<slug:category>/",
        sharing.sharing_map,
        name="cell",
    ),
    path("staff/young-people/<uuid:young_person_id>/telling/", sharing.telling, name="telling"),
    path("family/", caregiver.week, name="week"),
    path("family/children/<uuid:membership_id>/", caregiver.week, name="child"),
    path("me/", young_person.mine, name="mine"),
    path("me/seen/", young_person.notice, name="notice"),
    path("me/history/", young_person.history, name="history"),
    path("me/people/<uuid:membership_id>/", young_person.person, name="person"),
]
