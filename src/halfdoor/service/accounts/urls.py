from django.urls import path

from halfdoor.service.accounts import views
from halfdoor.service.core.spaces import DOORS

urlpatterns = [
    path("", views.start, name="start"),
    path("demo/sign-in/<uuid:account_id>/", views.demo_sign_in, name="demo_sign_in"),
    *(path(f"{door.name}/sign-in/", views.sign_in, name=f"{door.name}_sign_in") for door in DOORS),
    *(path(f"{door.name}/come-in/", views.come_in, name=f"{door.name}_come_in") for door in DOORS),
    *(path(f"{door.name}/sign-out/", views.sign_out, name=f"{door.name}_sign_out") for door in DOORS),
]
