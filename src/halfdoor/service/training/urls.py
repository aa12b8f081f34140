"""Where practice is: behind the staff door, for every role."""

from django.urls import path

from halfdoor.service.training.views import staff

app_name = "training"
urlpatterns = [
    path("staff/practice/", staff.sets, name="sets"),
    path("staff/practice/everybody/", staff.everybody, name="everybody"),
    path("staff/practice/completed/<uuid:completion_id>/", staff.certificate, name="certificate"),
    path("staff/practice/<slug:slug>/", staff.exercise, name="exercise"),
    path("staff/practice/<slug:slug>/answered/", staff.answered, name="answered"),
]
