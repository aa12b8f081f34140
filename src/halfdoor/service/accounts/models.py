"""Who can sign in."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts import choices
from halfdoor.service.accounts.factor_rows import FactorAsked as FactorAsked
from halfdoor.service.accounts.factor_rows import FactorChange as FactorChange
from halfdoor.service.accounts.factor_rows import SignInRule as SignInRule
from halfdoor.service.core.rows import Row


class Role(models.TextChoices):
    """What an account is for. One account has one role; a therapist who is also a parent has two accounts."""

    THERAPIST = "therapist", _("Therapist")
    LEAD = "lead", _("Clinical lead")
    OFFICE = "office", _("Office")
    TEAM = "team", _("Care or education team")
    CAREGIVER = "caregiver", _("Caregiver")
    YOUNG_PERSON = "young_person", _("Young person")


class Accounts(BaseUserManager["Account"]):
    """Accounts, found by practice and sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Refuse: a sign-in name alone does not say which practice is meant."""
        raise Account.DoesNotExist


class Account(AbstractBaseUser, Row):
    """
    Somebody who can sign in to one practice.

    The e-mail address may stay empty and never proves who somebody is: a parent often reads a young person's mail.
    ``turns_on`` is the next day on which their places in circles begin or end by a cover, if there is one.
    """

    username = models.CharField(_("sign-in name"), max_length=80)
    display_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Role)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    turns_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["practice", "role"]

    class Meta(Row.Meta):
        constraints = (
            models.UniqueConstraint(fields=["practice", "username"], name="account_username_once_a_practice"),
        )


class Attempt(Row):
    """
    One try to sign in that has not worked, for as long as it counts or is still to be told; see `accounts.guessing`.

    ``whom`` stands for a door, a sign-in name and an address together, ``address`` for the address alone, ``name`` for
    the door and the sign-in name. They are keyed digests: nobody reads from this table who tried to be whom, or where
    they live.
    """

    whom = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    name = models.CharField(max_length=64, blank=True)
    tried_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = (
            models.Index(fields=["practice", "tried_at"], name="accounts_attempts_in_time"),
            models.Index(fields=["practice", "name"], name="accounts_attempts_at_a_name"),
        )


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Ways in, by whether they still open."""

    def open(self, *, at: datetime) -> Self:
        """Those that were not used or taken back, and have not run out."""
        ended = InvitationEnding.objects.filter(practice=models.OuterRef("practice"), invitation=models.OuterRef("pk"))
        return self.filter(expires_at__gt=at).exclude(models.Exists(ended))


class Invitation(Row):
    """
    A way in for one account: a code that opens once, and then makes a password.

    Only a keyed digest of the code is kept. ``again`` says that they had a way in before: this one came in its place.
    ``given_by`` is empty where whoever runs the server gave it.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    again = models.BooleanField()
    handed = models.CharField(max_length=20, choices=choices.Handed)
    known = models.CharField(max_length=20, choices=choices.Known)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta(Row.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(given_by__isnull=False) ^ models.Q(handed="server"),
                name="a_code_is_given_by_somebody_or_by_the_server",
            ),
        )
        indexes = (models.Index(fields=["practice", "account"], name="invitations_of_an_account"),)


class InvitationEnding(Row):
    """A way in was used, withdrawn or replaced. It opens nothing any more; there is one such row at most."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=choices.CodeEnd)
    ended_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "invitation"], name="an_invitation_ends_once"),)


class Closing(Row):
    """
    Somebody is let in no more. Their account says so too, in ``is_active``: it is asked with every request.

    ``left_on`` is since when they are gone, as far as whoever closed it knew.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=choices.WhyClosed)
    left_on = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta(Row.Meta):
        indexes = (models.Index(fields=["practice", "account"], name="closings_of_an_account"),)


class Reopening(Row):
    """A closed account may be used again, by whoever gets a code for it."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=choices.WhyOpened)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "closing"], name="a_closing_ends_once"),)


class OpenSession(Row):
    """Which account a session belongs to, so that all of somebody's can be ended. Gone an hour after it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    began_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "key"], name="one_row_a_session"),)
        indexes = (models.Index(fields=["practice", "account"], name="sessions_of_an_account"),)
