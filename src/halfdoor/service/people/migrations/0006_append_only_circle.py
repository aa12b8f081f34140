"""The tables of dated facts were rebuilt with a column more; places, and what is evidence besides, only grow too."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly, AppendOnlyAnew

REBUILT = (
    "Authority",
    "IdentityCheck",
    "CourtLimit",
    "Suspicion",
    "CareRole",
    "CompetenceAssessment",
    "Standing",
    "CareStatus",
    "EpisodeTerms",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_circle_in_use")]

    operations = [
        *(AppendOnlyAnew(name) for name in REBUILT),
        AppendOnly("Membership"),
        AppendOnly("CircleEvent"),
        AppendOnly("Involvement"),
        AppendOnly("BirthdayCorrection"),
        AppendOnly("Cover"),
        AppendOnly("CoverEnding"),
        AppendOnly("CoverPlace"),
        AppendOnly("Contact"),
        AppendOnly("ContactEnding"),
        AppendOnly("ContactDecision"),
    ]
