from django.urls import path

from halfdoor.service.accounts import views
from halfdoor.service.accounts.views import caregiver, rules, staff, steps, young_person
from halfdoor.service.core.spaces import DOORS

_OWN = {
    "ways": "",
    "later": "later/",
    "rename": "name/",
    "remove": "remove/",
    "app": "app/",
    "passkey": "passkey/",
    "codes": "codes/",
    "password": "password/",
    "elsewhere": "elsewhere/",
}
"""One's own ways in, behind each door."""

urlpatterns = [
    path("", views.start, name="start"),
    path("demo/sign-in/<uuid:account_id>/", views.demo_sign_in, name="demo_sign_in"),
    *(path(f"{door.name}/sign-in/", views.sign_in, name=f"{door.name}_sign_in") for door in DOORS),
    *(path(f"{door.name}/come-in/", views.come_in, name=f"{door.name}_come_in") for door in DOORS),
    *(path(f"{door.name}/sign-out/", views.sign_out, name=f"{door.name}_sign_out") for door in DOORS),
    *(path(f"{door.name}/sign-in/step/", steps.second_step, name=f"{door.name}_second_step") for door in DOORS),
    *(path(f"{door.name}/sign-in/passkey/", steps.passkey, name=f"{door.name}_passkey_sign_in") for door in DOORS),
    *(
        path(f"{door}/your-sign-in/{below}", getattr(views_of, name), name=f"{door}_{name}")
        for door, views_of in (("staff", staff), ("family", caregiver), ("me", young_person))
        for name, below in _OWN.items()
    ),
    path("staff/sign-in-rules/", rules.rules, name="sign_in_rules"),
    path("staff/your-sign-in/device/", rules.share, name="share_device"),
    path("staff/once-more/", staff.once_more, name="staff_once_more"),
    path("family/once-more/", caregiver.once_more, name="family_once_more"),
    path("me/once-more/", young_person.once_more, name="me_once_more"),
]
