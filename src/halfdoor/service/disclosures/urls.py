"""Where the ledger is, and accounts of it: behind each of the three doors."""

from django.urls import path

from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.disclosures.views import caregiver, escrow, therapist, young_person

PDF, CSV = {"ending": "pdf"}, {"ending": "csv"}

app_name = "disclosures"
urlpatterns = [
    path("staff/young-people/<uuid:young_person_id>/ledger/", therapist.ledger, name="ledger"),
    path("staff/young-people/<uuid:young_person_id>/ledger/check/", therapist.check, name="check"),
    path("staff/young-people/<uuid:young_person_id>/ledger/<uuid:line_id>/", therapist.line, name="line"),
    path("staff/young-people/<uuid:young_person_id>/ledger/<uuid:line_id>/hold/", therapist.hold, name="hold"),
    path("staff/young-people/<uuid:young_person_id>/account/", therapist.account, name="account"),
    path(
        "staff/young-people/<uuid:young_person_id>/account/list.pdf",
        proved_lately(therapist.account),
        PDF,
        name="account_pdf",
    ),
    path(
        "staff/young-people/<uuid:young_person_id>/account/list.csv",
        proved_lately(therapist.account),
        CSV,
        name="account_csv",
    ),
    path("staff/young-people/<uuid:young_person_id>/escrow/", escrow.ask, name="ask_escrow"),
    path("staff/escrow/", escrow.escrows, name="escrows"),
    path("staff/escrow/<uuid:escrow_id>/", escrow.escrow, name="escrow"),
    path("staff/escrow/<uuid:escrow_id>/notes/", escrow.read, name="read_escrow"),
    path("family/children/<uuid:membership_id>/account/", caregiver.account, name="family_account"),
    path(
        "family/children/<uuid:membership_id>/account/list.pdf",
        proved_lately(caregiver.account),
        PDF,
        name="family_pdf",
    ),
    path(
        "family/children/<uuid:membership_id>/account/list.csv",
        proved_lately(caregiver.account),
        CSV,
        name="family_csv",
    ),
    path("me/account/", young_person.my_account, name="my_account"),
    path("me/account/list.pdf", proved_lately(young_person.my_account), PDF, name="my_pdf"),
    path("me/account/list.csv", proved_lately(young_person.my_account), CSV, name="my_csv"),
]
