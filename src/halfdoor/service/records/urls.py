"""Where it stands how long records are kept, behind the staff door; and where one asks for a copy, behind each."""

from django.urls import path

from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.records.views import caregiver, copies, erasures, staff, young_person

PDF, JSON = {"ending": "pdf"}, {"ending": "json"}

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
    path("staff/records/copies/<uuid:copy_id>/", copies.asked_copy, name="asked_copy"),
    path("me/copy/", young_person.my_copy, name="my_copy"),
    path("me/copy/copy.pdf", proved_lately(young_person.my_copy), PDF, name="my_copy_pdf"),
    path("me/copy/copy.json", proved_lately(young_person.my_copy), JSON, name="my_copy_json"),
    path("family/children/<uuid:membership_id>/copy/", caregiver.copy, name="family_copy"),
    path(
        "family/children/<uuid:membership_id>/copy/copy.pdf",
        proved_lately(caregiver.copy),
        PDF,
        name="family_copy_pdf",
    ),
    path(
        "family/children/<uuid:membership_id>/copy/copy.json",
        proved_lately(caregiver.copy),
        JSON,
        name="family_copy_json",
    ),
]
