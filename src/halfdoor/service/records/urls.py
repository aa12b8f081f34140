"""Where it stands how long records are kept: behind the staff door."""

from django.urls import path

from halfdoor.service.records.views import erasures, staff

app_name = "records"
urlpatterns = [
    path("staff/records/", staff.records, name="records"),
    path("staff/records/keeper/", staff.keeper, name="keeper"),
    path("staff/young-people/<uuid:young_person_id>/record/", staff.record, name="record"),
    path("staff/young-people/<uuid:young_person_id>/record/known/", staff.known, name="known"),
    path("staff/young-people/<uuid:young_person_id>/record/hold/", staff.hold, name="hold"),
    path("staff/records/holds/<uuid:hold_id>/lift/", staff.ask_to_lift, name="lift"),
    path("staff/records/liftings/<uuid:lifting_id>/", staff.settle_lifting, name="settle_lifting"),
    path("staff/young-people/<uuid:young_person_id>/record/erase/", erasures.propose, name="erase"),
    path("staff/records/erasures/<uuid:erasure_id>/", erasures.erasure, name="erasure"),
]
