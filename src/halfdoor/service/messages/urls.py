"""Where one chooses whether one wants a word."""

from django.urls import path

from halfdoor.service.messages.views import caregiver, young_person

app_name = "messages"
urlpatterns = [
    path("family/notices/", caregiver.notices, name="family_notices"),
    path("me/notices/", young_person.notices, name="me_notices"),
]
