"""Who can sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

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
    One try to sign in that has not worked, for as long as it counts; see `accounts.guessing`.

    ``whom`` stands for a door, a sign-in name and an address together, ``address`` for the address alone. Both are
    keyed digests: nobody reads from this table who tried to be whom, or where they live.
    """

    whom = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    tried_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = (models.Index(fields=["practice", "tried_at"], name="accounts_attempts_in_time"),)
