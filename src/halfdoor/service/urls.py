"""Where everything is. Each room brings its own URLs, below the space they belong to."""

from django.urls import include, path

from halfdoor.service.core.views import csp_report, failed, health, not_found

urlpatterns = [
    path("health/", health, name="health"),
    path("reports/csp/", csp_report, name="csp_report"),
    path("", include("halfdoor.service.web.urls")),
    path("", include("halfdoor.service.accounts.urls")),
    path("", include("halfdoor.service.people.urls")),
    path("", include("halfdoor.service.documents.urls")),
    path("", include("halfdoor.service.agreements.urls")),
    path("", include("halfdoor.service.disclosures.rule_urls")),
    path("", include("halfdoor.service.disclosures.urls")),
    path("", include("halfdoor.service.requests.urls")),
    path("", include("halfdoor.service.training.urls")),
    path("", include("halfdoor.service.safeguarding.urls")),
    path("", include("halfdoor.service.notes.urls")),
    path("", include("halfdoor.service.engagement.urls")),
    path("", include("halfdoor.service.records.urls")),
    path("", include("halfdoor.service.messages.urls")),
    path("", include("halfdoor.service.portals.urls")),
]

# What is refused looks like what is absent.
handler403 = not_found
handler404 = not_found
handler500 = failed
