"""Reading accounts."""

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account


def demo_accounts() -> QuerySet[Account]:
    """Return the invented people of the demo, by practice and role. They are for everyone."""
    return (
        Account.objects.filter(practice__is_demo=True, is_active=True)
        .select_related("practice")
        .order_by("practice__name", "role", "display_name")
    )
