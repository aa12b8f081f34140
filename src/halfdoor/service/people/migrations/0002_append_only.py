"""What is on record is never overwritten: the database itself refuses."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        AppendOnly("EpisodeEnding"),
        AppendOnly("MembershipEnding"),
        AppendOnly("Authority"),
        AppendOnly("IdentityCheck"),
        AppendOnly("CourtLimit"),
        AppendOnly("CourtLimitReview"),
        AppendOnly("Suspicion"),
        AppendOnly("CareRole"),
        AppendOnly("CompetenceAssessment"),
        AppendOnly("Standing"),
        AppendOnly("CareStatus"),
        AppendOnly("EpisodeTerms"),
    ]
