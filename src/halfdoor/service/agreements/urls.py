"""Where agreements are: at each young person, and at the doors of those who give them."""

from django.urls import path

from halfdoor.service.agreements.views import caregiver, therapist, young_person

app_name = "agreements"
urlpatterns = [
    path("staff/young-people/<uuid:young_person_id>/agreements/", therapist.agreements, name="agreements"),
    path("staff/young-people/<uuid:young_person_id>/agreements/consent/", therapist.propose, name="propose"),
    path("staff/young-people/<uuid:young_person_id>/agreements/start/", therapist.explain, name="explain"),
    path("staff/consents/<uuid:consent_id>/", therapist.consent, name="consent"),
    path("family/consents/", caregiver.consents, name="family_consents"),
    path("family/consents/asked/<uuid:proposal_id>/", caregiver.proposal, name="family_proposal"),
    path("family/consents/<uuid:consent_id>/", caregiver.consent, name="family_consent"),
    path("me/consents/", young_person.consents, name="my_consents"),
    path("me/consents/for/<uuid:membership_id>/", young_person.give, name="my_give"),
    path("me/consents/asked/<uuid:proposal_id>/", young_person.proposal, name="my_proposal"),
    path("me/consents/<uuid:consent_id>/", young_person.consent, name="my_consent"),
    path("me/subjects/", young_person.wishes, name="my_wishes"),
    path("me/subjects/<uuid:membership_id>/", young_person.wishes, name="my_wishes_for"),
]
