"""How a request was worked on and answered is evidence too. Only a draft may change: it is nobody's word yet."""

from django.db import migrations

from halfdoor.service.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_workflow")]

    operations = [
        AppendOnly("CallCheck", "Official", "Skipped", "Weighing", "Clock", "Extension"),
        AppendOnly("Offer", "OfferReply", "Afterwards", "ExceptionUsed", "Explanation"),
        AppendOnly("Departure", "DepartureReview", "ReadingRule", "Proposal", "SecondReading"),
    ]
