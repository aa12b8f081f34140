"""Where papers are: on the practice's shelf, at each young person, and at the doors of those who answer them."""

from django.urls import path

from halfdoor.service.documents.views import caregiver, staff, therapist, young_person

app_name = "documents"
urlpatterns = [
    path("staff/papers/", staff.library, name="library"),
    path("staff/papers/certificate/", staff.certificate, name="certificate"),
    path("staff/papers/kind/<slug:kind>/", staff.paper, name="paper"),
    path("staff/papers/kind/<slug:kind>/edit/", staff.edit, name="edit"),
    path("staff/papers/signed/<uuid:signing_id>/", therapist.signed, name="signed"),
    path("staff/papers/signed/<uuid:signing_id>/file/", therapist.file, name="file"),
    path("staff/young-people/<uuid:young_person_id>/papers/", therapist.papers, name="papers"),
    path(
        "staff/young-people/<uuid:young_person_id>/papers/<uuid:membership_id>/<slug:kind>/",
        therapist.record,
        name="record",
    ),
    path("family/papers/", caregiver.papers, name="family_papers"),
    path("family/papers/<uuid:asking_id>/", caregiver.paper, name="family_paper"),
    path("family/papers/signed/<uuid:signing_id>/", caregiver.file, name="family_file"),
    path("me/papers/", young_person.papers, name="my_papers"),
    path("me/papers/<uuid:asking_id>/", young_person.paper, name="my_paper"),
    path("me/papers/signed/<uuid:signing_id>/", young_person.file, name="my_file"),
]
