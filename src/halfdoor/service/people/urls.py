"""The pages of circles of care, all behind the staff door."""

from django.urls import path

from halfdoor.service.people.views import (
    circles,
    contacts,
    courts,
    covers,
    emergencies,
    files,
    places,
    recording,
    sign_ins,
)

app_name = "people"
_ONE = "staff/young-people/<uuid:young_person_id>/circle/"
_MEMBER = f"{_ONE}<uuid:membership_id>/"
urlpatterns = [
    path("staff/circles/", circles.kept, name="kept"),
    path("staff/circles/admit/", circles.admit, name="admit"),
    path(_ONE, circles.circle, name="circle"),
    path(f"{_ONE}birthday/", recording.birthday, name="birthday"),
    path(f"{_ONE}setting/", recording.setting, name="setting"),
    path(f"{_ONE}join/", recording.join, name="join"),
    path(f"{_ONE}about/<slug:fact>/", recording.about, name="about"),
    path(f"{_ONE}event/<slug:kind>/", recording.event, name="event"),
    path(_MEMBER, circles.member, name="member"),
    path(f"{_MEMBER}record/<slug:fact>/", recording.record, name="record"),
    path(f"{_MEMBER}part/", recording.part, name="part"),
    path(f"{_MEMBER}leaves/", recording.leaves, name="leaves"),
    path(f"{_MEMBER}contacts/", contacts.ways, name="ways"),
    path(f"{_MEMBER}contacts/<uuid:contact_id>/put-away/", contacts.put_away, name="put_away"),
    path("staff/shared-contacts/<uuid:contact_id>/", contacts.shared, name="shared_contact"),
    path("staff/covers/", covers.covers, name="covers"),
    path("staff/covers/<uuid:cover_id>/end/", covers.end, name="end_cover"),
    path(f"{_ONE}sign-in/", places.of_young_person, name="way_in_of_young_person"),
    path(f"{_MEMBER}sign-in/", places.of_member, name="way_in_of_member"),
    path("staff/sign-ins/", sign_ins.listed, name="sign_ins"),
    path("staff/sign-ins/new/", sign_ins.new, name="new_sign_in"),
    path("staff/sign-ins/<uuid:account_id>/", sign_ins.one, name="sign_in"),
    path("staff/sign-ins/<uuid:account_id>/code/", sign_ins.give_code, name="give_code"),
    path("staff/sign-ins/<uuid:account_id>/withdraw/", sign_ins.withdraw_code, name="withdraw_code"),
    path("staff/sign-ins/<uuid:account_id>/close/", sign_ins.close, name="close_sign_in"),
    path("staff/sign-ins/<uuid:account_id>/open/", sign_ins.open_again, name="open_sign_in"),
    path("staff/emergency/", emergencies.emergency, name="emergency"),
    path("staff/emergency/<uuid:access_id>/", emergencies.access, name="emergency_access"),
    path("staff/emergency/<uuid:access_id>/end/", emergencies.close, name="close_emergency"),
    path("staff/circles/file/", files.take, name="file"),
    path("staff/court-limits/", courts.waiting, name="court_limits"),
    path("staff/court-limits/<uuid:limit_id>/", courts.review, name="court_limit"),
]
