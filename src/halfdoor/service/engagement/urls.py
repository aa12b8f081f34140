"""Where the library is, behind each door."""

from django.urls import path

from halfdoor.service.engagement.views import caregiver, staff, young_person

app_name = "engagement"
urlpatterns = [
    path("staff/library/", staff.shelves, name="library"),
    path("staff/library/<slug:slug>/", staff.piece, name="piece"),
    path("staff/young-people/<uuid:young_person_id>/offer/", staff.offer, name="offer"),
    path("family/library/", caregiver.shelves, name="family_library"),
    path("family/library/<slug:slug>/", caregiver.piece, name="family_piece"),
    path("me/library/", young_person.shelves, name="my_library"),
    path("me/library/<slug:slug>/", young_person.piece, name="my_piece"),
]
