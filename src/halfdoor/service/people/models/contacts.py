"""How somebody can be reached. Each contact is one person's; nobody of the family meets another's."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.people import choices
from halfdoor.service.people.models.circle import Person


class ContactQuerySet(models.QuerySet["Contact"]):
    def looked_at(self) -> Self:
        """Those in use, each with ``is_shared`` and ``decided``. Of a postal address nobody asks who shares it."""
        mine = {"practice": OuterRef("practice")}
        gone = Exists(ContactEnding.objects.filter(**mine, contact=OuterRef("pk")))
        others = Contact.objects.filter(**mine, digest=OuterRef("digest")).exclude(person=OuterRef("person"))
        others = others.exclude(kind=choices.ContactKind.POST).exclude(gone)
        decisions = ContactDecision.objects.filter(**mine, contact=OuterRef("pk")).order_by("-decided_at", "-id")
        newest = Subquery(decisions.values("outcome")[:1])
        return self.exclude(gone).annotate(is_shared=Exists(others), decided=newest)


class Contact(Row):
    """
    An address of one person, sealed under ``key_of``: a young person's own key, or the person's.

    ``digest`` stands for where it really leads: one mailbox or telephone has one digest, however it is written.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices.ContactKind)
    key_of = models.UUIDField()
    value_sealed = sealed_field()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    value = Sealed("value_sealed", person="key_of")

    EMPTIED_WITH: ClassVar = {"value_sealed": ("digest",)}
    """What goes with it when it is erased."""

    is_shared: bool  # set by ``looked_at``: somebody else is reached there too
    decided: str | None  # set by ``looked_at``: what somebody decided about that, if they did

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["practice", "digest"], name="contacts_by_where_they_lead"),
            models.Index(fields=["practice", "person"], name="contacts_of_a_person"),
        )


class ContactEnding(Row):
    """A contact is not used any more."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "contact"], name="a_contact_ends_once"),)


class ContactDecision(Row):
    """Somebody looked at a contact that another person uses too, and says whether it may be used all the same."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=choices.SharedContactOutcome)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because_sealed = sealed_field()

    because = Sealed("because_sealed", person="key_of")

    @property
    def key_of(self) -> object:
        """Whose key the reasons are sealed under."""
        return self.contact.key_of
