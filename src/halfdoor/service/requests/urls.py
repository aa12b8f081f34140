"""Where requests are: behind the staff door, the families' and the young people's."""

from django.urls import path

from halfdoor.service.requests.views import caregiver, staff, therapist, young_person

app_name = "requests"
urlpatterns = [
    path("staff/calls/", staff.calls, name="calls"),
    path("staff/young-people/<uuid:young_person_id>/asking/", therapist.asking, name="asking"),
    path("staff/young-people/<uuid:young_person_id>/asking/outlook/", therapist.show_outlook, name="outlook"),
    path("staff/requests/<uuid:request_id>/", therapist.show_request, name="request"),
    path("staff/requests/<uuid:request_id>/facts/", therapist.record_facts, name="facts"),
    path("staff/requests/<uuid:request_id>/question/", therapist.ask, name="ask"),
    path("staff/requests/<uuid:request_id>/answer/", therapist.answer, name="answer"),
    path("staff/requests/<uuid:request_id>/follow-up/", therapist.follow_up, name="follow_up"),
    path("family/children/<uuid:membership_id>/ask/", caregiver.ask, name="family_ask"),
    path("family/requests/<uuid:request_id>/", caregiver.show_request, name="family_request"),
    path("me/questions/<uuid:question_id>/", young_person.question, name="my_question"),
]
