"""On SQLite, a row could be replaced by the number that is not one of its columns."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnlyAnew


class Migration(migrations.Migration):
    dependencies = [("people", "0003_newest_moment")]

    operations = [
        AppendOnlyAnew("EpisodeEnding"),
        AppendOnlyAnew("MembershipEnding"),
        AppendOnlyAnew("Authority"),
        AppendOnlyAnew("IdentityCheck"),
        AppendOnlyAnew("CourtLimit"),
        AppendOnlyAnew("CourtLimitReview"),
        AppendOnlyAnew("Suspicion"),
        AppendOnlyAnew("CareRole"),
        AppendOnlyAnew("CompetenceAssessment"),
        AppendOnlyAnew("Standing"),
        AppendOnlyAnew("CareStatus"),
        AppendOnlyAnew("EpisodeTerms"),
    ]
