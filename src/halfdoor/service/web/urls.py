"""Pages that belong to no room's work."""

from django.urls import path

from halfdoor.service.web import views

app_name = "web"
urlpatterns = [
    # Each space has its own cookies, so each chooses its language at its own address.
    *(path(f"{space}language/", views.language) for space in ("", "staff/", "family/", "me/")),
    path("me/leave/", views.leave, name="leave"),
    path("family/leave/", views.leave, name="family_leave"),
    path("gallery/", views.gallery, name="gallery"),
]
