"""Where notes are: behind the staff door."""

from django.urls import path

from halfdoor.service.notes.views import therapist, writing

app_name = "notes"
_ABOUT = "staff/young-people/<uuid:young_person_id>/notes/"
urlpatterns = [
    path(_ABOUT, therapist.note_list, name="list"),
    path(f"{_ABOUT}begin/", writing.begin, name="begin"),
    path(f"{_ABOUT}secrets/", therapist.secrets, name="secrets"),
    path(f"{_ABOUT}<uuid:item_id>/", therapist.note, name="note"),
    path(f"{_ABOUT}<uuid:item_id>/correct/", writing.correct, name="correct"),
    path(f"{_ABOUT}<uuid:item_id>/to/<uuid:membership_id>/", therapist.hand_over, name="hand_over"),
    path("staff/notes/drafts/<uuid:draft_id>/", writing.draft, name="draft"),
    path("staff/notes/drafts/<uuid:draft_id>/what-they-see/", writing.what_they_see, name="what_they_see"),
]
