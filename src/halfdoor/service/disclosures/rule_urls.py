"""Where a practice's own rules are, and legal advice on a case: behind the staff door."""

from django.urls import path

from halfdoor.service.disclosures.views import advice, codes, gaps, lead

app_name = "rules"
urlpatterns = [
    path("staff/rules/", lead.rules, name="rules"),
    path("staff/rules/seen/", lead.seen, name="seen"),
    path("staff/rules/propose/", lead.propose, name="propose"),
    path("staff/rules/write/", lead.write, name="write"),
    path("staff/rules/go-back/", lead.go_back, name="go_back"),
    path("staff/after-a-restore/", gaps.forgotten, name="forgotten"),
    path("staff/rules/codes/", codes.codes, name="codes"),
    path("staff/rules/codes/<uuid:codes_id>/", codes.settle, name="settle_codes"),
    path("staff/rules/versions/<uuid:version_id>/", lead.version, name="version"),
    path("staff/rules/versions/<uuid:version_id>/file/", lead.download, name="download"),
    path("staff/rules/proposals/<uuid:proposal_id>/", lead.proposal, name="proposal"),
    path("staff/rules/proposals/<uuid:proposal_id>/decide/", lead.decide, name="decide"),
    path("staff/young-people/<uuid:young_person_id>/advice/", advice.consultations, name="advice"),
    path("staff/advice/<uuid:consultation_id>/", advice.answer, name="answer"),
]
