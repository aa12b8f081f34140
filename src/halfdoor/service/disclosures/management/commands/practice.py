"""`halfdoor practice`: begin a practice with its first clinical lead, and let somebody in who is locked out."""

from argparse import ArgumentParser
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.formats import date_format

from halfdoor.service.accounts import inviting, making
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import clock
from halfdoor.service.core.models import Practice
from halfdoor.service.core.operating import OperatorsCommand
from halfdoor.service.core.spaces import STAFF
from halfdoor.service.disclosures.practices import FACTS

_MEANS = {
    "place": "whose law holds: us and a state, england or wales; none where no pack is right",
    "setting": "where care mostly happens",
    "provider": "what kind of service it is",
    "practitioner": "whether its clinicians are regulated by law",
}


class Command(OperatorsCommand):
    """Begin a practice, or give somebody who works there a code."""

    help = (
        "new: begin a practice with its first clinical lead, and print the code with which the lead comes in. "
        "code: print a new code for somebody who works there and is locked out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and everything that has to be known of a practice."""
        doing = parser.add_subparsers(dest="what", required=True, metavar="new|code")
        new = doing.add_parser("new", help="begin a practice with its first clinical lead")
        new.add_argument("--name", required=True, help="what the practice is called")
        for fact, means in _MEANS.items():
            new.add_argument(f"--{fact}", required=True, help=f"{means}: {', '.join(FACTS[fact])}")
        new.add_argument("--time-zone", required=True, metavar="ZONE", help="such as Europe/London, America/New_York")
        languages = ", ".join(code for code, _ in settings.LANGUAGES)
        new.add_argument("--language", required=True, help=f"in which its pages begin: {languages}")
        new.add_argument("--lead", required=True, metavar="USERNAME", help="sign-in name of its first clinical lead")
        new.add_argument("--lead-name", required=True, metavar="NAME", help="what the lead is called")
        code = doing.add_parser("code", help="give somebody who works there a new code; their password ends")
        code.add_argument("username", metavar="USERNAME", help="sign-in name of somebody who works there")
        code.add_argument("--factors-too", action="store_true", help="their passkeys and apps are lost: remove them")
        code.add_argument("--practice", required=True, metavar="NAME", help="the practice, by its whole name")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it."""
        if what == "new":
            self._new(options)
        else:
            self._code(options["practice"], options["username"], factors_too=options["factors_too"])

    def _new(self, said: dict[str, Any]) -> None:
        facts = {name: _one_of(f"--{name}", said[name], FACTS[name]) for name in FACTS}
        language = _one_of("--language", said["language"], tuple(code for code, _ in settings.LANGUAGES))
        if said["time_zone"] not in available_timezones():
            raise CommandError(f"--time-zone: nobody knows {said['time_zone']!r}. Write it like Europe/London.")
        called, lead_called = (_called(f"--{name}", said[name.replace("-", "_")]) for name in ("name", "lead-name"))
        try:
            making.check_sign_in_name(said["lead"])
        except ValidationError as wrong:
            raise CommandError(f"--lead: {wrong.message}") from None
        practice = Practice(name=called, language=language, time_zone=said["time_zone"], **facts)
        lead = making.Newcomer(said["lead"], lead_called, Role.LEAD)
        try:
            given = making.begin_practice(practice, lead, at=clock.now())
        except making.NameTaken as why:
            raise CommandError(
                f"--name: {why} Nothing was changed. For a code: halfdoor practice code USERNAME --practice {called!r}"
            ) from None
        self.stdout.write(f"{called} is on record. Its first clinical lead is {lead_called}.")
        self._say(given)

    def _code(self, practice: str, username: str, *, factors_too: bool) -> None:
        found = Practice.objects.filter(name=practice).first()
        if found is None:
            names = ", ".join(Practice.objects.order_by("name").values_list("name", flat=True)) or "none"
            raise CommandError(f"There is no practice “{practice}”. There are: {names}.")
        account = Account.objects.filter(practice=found, username=username, role__in=STAFF.roles).first()
        if account is None:
            raise CommandError(
                f"Nobody who works at {practice} signs in as “{username}”. Caregivers and young people get their code "
                "from the office or a therapist, who knows them."
            )
        try:
            given = inviting.give_from_the_server(account, factors_too=factors_too, at=clock.now())
        except inviting.MayNot as why:
            raise CommandError(str(why)) from None
        self.stdout.write("Their old password and all their sessions have ended. The ledger says who gave the code.")
        self._say(given)

    def _say(self, given: inviting.Given) -> None:
        account, practice = given.invitation.account, given.invitation.account.practice
        until = given.invitation.expires_at.astimezone(ZoneInfo(practice.time_zone))
        self.stdout.write(
            f"\n  code          {given.code}\n  sign-in name  {account.username}\n  where         /staff/come-in/\n"
            f"  until         {date_format(until, 'l j F Y, H:i')} ({practice.time_zone})\n\n"
            "It works once. Hand it over in person or on the telephone, to nobody but them."
        )


def _one_of(option: str, said: str, allowed: tuple[str, ...]) -> str:
    if said not in allowed:
        raise CommandError(f"{option}: {said!r} is not one of its words. Choose one of: {', '.join(allowed)}.")
    return said


def _called(option: str, said: str) -> str:
    called = " ".join(said.split())
    if not 0 < len(called) <= 200:
        raise CommandError(f"{option}: write what it is called, in up to 200 letters.")
    return called
