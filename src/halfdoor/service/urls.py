"""Where everything is. Each room brings its own URLs, already below the space they belong to."""

from importlib.util import find_spec

from django.urls import include, path

from halfdoor.service.core.views import csp_report, not_found

urlpatterns = [
    path("reports/csp/", csp_report, name="csp_report"),
    *(
        path("", include(f"halfdoor.service.{room}.urls"))
        for room in ("web", "accounts", "people", "agreements", "disclosures", "requests", "notes", "portals")
        if find_spec(f"halfdoor.service.{room}") and find_spec(f"halfdoor.service.{room}.urls")
    ),
]

# What is refused looks like what is absent.
handler403 = not_found
handler404 = not_found
