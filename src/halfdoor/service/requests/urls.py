"""Where requests are: behind the staff door, the families' and the young people's."""

from django.urls import path

from halfdoor.service.requests.views import caregiver, lead, staff, therapist, work, young_person

_REQUEST = "staff/requests/<uuid:request_id>/"
_ASKING = "staff/young-people/<uuid:young_person_id>/asking/"
_FAMILY = "family/requests/<uuid:request_id>/"

app_name = "requests"
urlpatterns = [
    path("staff/calls/", staff.calls, name="calls"),
    path("staff/departures/", lead.departures, name="departures"),
    path("staff/departures/<uuid:departure_id>/", lead.departure, name="departure"),
    path("staff/second-reader/", lead.second_reader, name="second_reader"),
    path(_ASKING, therapist.asking, name="asking"),
    path(f"{_ASKING}outlook/", therapist.show_outlook, name="outlook"),
    path(f"{_ASKING}keep/", therapist.keep_asking, name="keep_asking"),
    path(_REQUEST, therapist.show_request, name="request"),
    path(f"{_REQUEST}keep/<slug:form>/", therapist.keep, name="keep"),
    path(f"{_REQUEST}identity/", work.make_sure, name="identity"),
    path(f"{_REQUEST}conversation/", work.note_down, name="conversation"),
    path(f"{_REQUEST}leave-out/", work.leave_out, name="leave_out"),
    path(f"{_REQUEST}wishes/", work.look_at_wishes, name="wishes"),
    path(f"{_REQUEST}talk/", work.talk, name="talk"),
    path(f"{_REQUEST}weigh/", work.weigh, name="weigh"),
    path(f"{_REQUEST}longer/", work.run_longer, name="longer"),
    path(f"{_REQUEST}facts/", therapist.record_facts, name="facts"),
    path(f"{_REQUEST}question/", therapist.ask, name="ask"),
    path(f"{_REQUEST}answer/", therapist.answer, name="answer"),
    path(f"{_REQUEST}answer/<uuid:proposal_id>/", work.read, name="read"),
    path(f"{_REQUEST}offers/<uuid:offer_id>/", work.settle_offer, name="offer"),
    path(f"{_REQUEST}why/<uuid:used_id>/<slug:side>/", work.explain, name="explain"),
    path(f"{_REQUEST}letter/", work.letter, name="letter"),
    path(f"{_REQUEST}follow-up/", therapist.follow_up, name="follow_up"),
    path("family/children/<uuid:membership_id>/ask/", caregiver.ask, name="family_ask"),
    path(_FAMILY, caregiver.show_request, name="family_request"),
    path(f"{_FAMILY}letter/", caregiver.letter, name="family_letter"),
    path(f"{_FAMILY}offers/<slug:code>/", caregiver.say_to_offer, name="family_offer"),
    path(f"{_FAMILY}review/", caregiver.ask_for_review, name="family_review"),
    path(f"{_FAMILY}how-it-was/", caregiver.say_how_it_was, name="family_how_it_was"),
    path("me/questions/<uuid:question_id>/", young_person.question, name="my_question"),
    path("me/meetings/<uuid:offer_id>/", young_person.meeting, name="my_meeting"),
    path("me/how-it-was/<uuid:request_id>/", young_person.how_it_was, name="my_how_it_was"),
]
