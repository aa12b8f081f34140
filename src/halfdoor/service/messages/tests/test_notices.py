"""A word that there is something new, to those who want one, and nothing else: through a real mail server."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import heads, jobs, starting
from halfdoor.service.core.checkpoints import read as checkpoint_of
from halfdoor.service.core.health import State
from halfdoor.service.core.models import ChainEntry, Job, Practice
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.messages import actions, checkpoints, mailing, queries
from halfdoor.service.messages.models import CheckpointSent, Notice, NoticeRefused
from halfdoor.service.messages.tasks import checkpoint_of_the_day, evening_round
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind
from halfdoor.service.people.models import Membership
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.words import Channel, Way
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, a_court_limits, account

SECRETS = ("Amina", "Khan", "Sara", "Tom", "Ruth", "Larkspur", "therap", "session", "Halfdoor", "http")

pytestmark = pytest.mark.django_db


class Postbox:
    """Takes every mail, or none."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.takes = True

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the server calls it so
        """Keep a mail."""
        if not self.takes:
            return "451 not now, and her name is Amina"
        self.mails.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    described = starting.mail(f"smtp://127.0.0.1:{port}", data=settings.HALFDOOR_DATA, demo=False)
    for name, value in described.items():
        setattr(settings, name, value)
    settings.DEFAULT_FROM_EMAIL = "no-reply@example.org"
    yield box
    server.stop()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def reached_at(member: Membership, address: str, *, by: Account) -> Account:
    """Put down an address of somebody, who wants a word."""
    reaching.put_down(member.person, kind=ContactKind.EMAIL, value=address, by=by, at=NOON)
    who = member.person.account
    assert who is not None, "everybody here can sign in"
    actions.choose(wanted=True, by=who, at=NOON)
    return who


def something_is_shared(family: Family) -> None:
    notes.write("It goes well.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)


def work(practice: Practice, *, at: datetime) -> str:
    """Do the job that is due, as a worker does, and return what came of it."""
    job = jobs.claim(practice.pk, at=at)
    assert job is not None, "a job is due"
    try:
        jobs.task_named(job.task).call(**job.arguments)
    except OSError as error:
        jobs.fail(job, error=type(error).__name__, at=at)
    else:
        jobs.succeed(job, at=at)
    return str(Job.objects.get(pk=job.pk).outcome)


def read(mail: tuple[str, bytes]) -> Message:
    return message_from_bytes(mail[1])


@pytest.mark.abuse("A7", "C11")
@pytest.mark.requirement("C10")
def test_what_comes_is_the_same_for_everybody_whatever_waits_and_names_nothing(
    family: Family, postbox: Postbox
) -> None:
    reached_at(family.sara, "sara@example.org", by=family.ruth)
    reached_at(family.herself, "me@example.net", by=family.ruth)
    something_is_shared(family)
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="I am worried.", sure=Way.CALLED_BACK)
    request = requests.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
    requests.ask_young_person(request, words="You decide.", by=family.ruth, at=NOON)
    assert actions.send_round(family.practice, at=NOON) == 2
    assert {to for to, _mail in postbox.mails} == {"sara@example.org", "me@example.net"}
    bodies = {(read(mail)["Subject"], read(mail).get_payload()) for mail in postbox.mails}
    assert len(bodies) == 1
    for to, content in postbox.mails:
        said = content.decode().replace(to, "")
        assert not [secret for secret in SECRETS if secret.lower() in said.lower()]
        assert read((to, content))["Message-ID"].endswith("@example.org>")


@pytest.mark.requirement("C10")
def test_no_second_word_comes_before_somebody_has_been_here(family: Family, postbox: Postbox) -> None:
    sara = reached_at(family.sara, "sara@example.org", by=family.ruth)
    something_is_shared(family)
    for expected in (1, 0, 0):
        assert actions.send_round(family.practice, at=NOON) == expected
    sara.last_login = NOON + timedelta(hours=1)
    sara.save()
    assert actions.send_round(family.practice, at=NOON + timedelta(days=1)) == 1
    assert len(postbox.mails) == 2


def test_an_address_to_which_no_mail_can_be_written_keeps_nobody_elses_word_back(
    family: Family, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "_NOT_IN_A_NAME", "")  # as one may be on record from before
    reached_at(family.tom, "me,tom@example.net", by=family.ruth)
    reached_at(family.sara, "sara@example.org", by=family.ruth)
    something_is_shared(family)
    assert actions.send_round(family.practice, at=NOON) == 1
    assert [to for to, _mail in postbox.mails] == ["sara@example.org"]
    assert NoticeRefused.objects.get().error == "ValueError"


def test_where_nothing_waits_or_nobody_chose_nothing_goes(family: Family, postbox: Postbox) -> None:
    sara = reached_at(family.sara, "sara@example.org", by=family.ruth)
    assert actions.send_round(family.practice, at=NOON) == 0
    something_is_shared(family)
    actions.choose(wanted=False, by=sara, at=NOON + timedelta(minutes=1))
    assert actions.send_round(family.practice, at=NOON + timedelta(minutes=2)) == 0
    assert postbox.mails == []


@pytest.mark.abuse("C11")
def test_what_a_stranger_asked_in_her_name_brings_sara_no_word(family: Family, postbox: Postbox) -> None:
    reached_at(family.sara, "sara@example.org", by=family.ruth)
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="Quick.", sure=Way.SOMEBODY_ELSE)
    request = requests.receive(family.amina, asked, asked_by=family.sara, by=family.ruth, at=NOON)
    told = Told(look_again_on=NOON.date() + timedelta(days=4))
    requests.keep_closed(request, told, by=family.ruth, at=NOON)
    assert actions.send_round(family.practice, at=NOON + timedelta(minutes=2)) == 0


@pytest.mark.requirement("C10")
@pytest.mark.abuse("F2")
def test_it_is_decided_when_it_goes_a_father_barred_meanwhile_gets_none(family: Family, postbox: Postbox) -> None:
    reached_at(family.tom, "tom@example.org", by=family.ruth)
    something_is_shared(family)
    a_court_limits(family.tom, by=family.ruth)
    assert actions.send_round(family.practice, at=NOON) == 0
    assert postbox.mails == []


@pytest.mark.requirement("R6")
@pytest.mark.abuse("B5")
def test_no_word_to_a_young_person_goes_where_a_parent_reads_it(family: Family, postbox: Postbox) -> None:
    reaching.put_down(family.sara.person, kind=ContactKind.EMAIL, value="home@example.org", by=family.ruth, at=NOON)
    amina = reached_at(family.herself, "Home+amina@example.org", by=family.ruth)
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="I am worried.", sure=Way.CALLED_BACK)
    request = requests.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
    requests.ask_young_person(request, words="You decide.", by=family.ruth, at=NOON)
    assert actions.send_round(family.practice, at=NOON) == 0
    assert not queries.has_an_address(amina)
    assert "no e-mail address that is yours alone" in words_of(signed_in(amina).get(reverse("messages:me_notices")))


def test_a_word_that_the_server_refuses_is_tried_again_and_its_words_are_kept_nowhere(
    family: Family, postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    reached_at(family.sara, "sara@example.org", by=family.ruth)
    something_is_shared(family)
    postbox.takes = False
    assert actions.send_round(family.practice, at=NOON) == 0
    assert NoticeRefused.objects.get().error == "SMTPDataError"
    assert "Amina" not in caplog.text
    postbox.takes = True
    assert actions.send_round(family.practice, at=NOON + timedelta(days=1)) == 1


@pytest.mark.abuse("E3")
@pytest.mark.reliability("R7")
def test_a_word_of_which_nobody_knows_whether_it_went_is_never_sent_again(
    family: Family, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached_at(family.sara, "sara@example.org", by=family.ruth)
    something_is_shared(family)

    def dies(**_words: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("halfdoor.service.messages.mailing.word", lambda **_words: SimpleNamespace(send=dies))
    with pytest.raises(KeyboardInterrupt):
        actions.send_round(family.practice, at=NOON)
    monkeypatch.undo()
    assert Notice.objects.count() == 1
    assert actions.send_round(family.practice, at=NOON + timedelta(days=1)) == 0


@pytest.mark.abuse("C11")
def test_rounds_are_in_the_evening_and_each_plans_the_next(family: Family, postbox: Postbox) -> None:
    reached_at(family.sara, "sara@example.org", by=family.ruth)
    planned = Job.objects.get(task=evening_round.module_path)
    assert planned.due_at.astimezone().timestamp() == (NOON + timedelta(hours=11)).timestamp()  # 18:00 in New York
    with time_machine.travel(planned.due_at, tick=False):
        assert work(family.practice, at=planned.due_at) == Job.Outcome.DONE
    assert Job.objects.get(outcome=Job.Outcome.OPEN).due_at == planned.due_at + timedelta(days=1)


@pytest.mark.abuse("A7")
def test_each_evening_the_ledgers_checkpoint_goes_to_whoever_keeps_it_and_says_nothing_else(
    family: Family, postbox: Postbox, settings: Any
) -> None:
    assert [found.says for found in checkpoints.doctor(NOON) if "HALFDOOR_LEDGER_MAIL" in found.says]
    settings.HALFDOOR_LEDGER_MAIL = ["owner@example.org", "adviser@example.net"]
    checkpoints.plan_all(at=NOON)
    checkpoints.plan_all(at=NOON)
    planned = Job.objects.get(task=checkpoint_of_the_day.module_path)
    postbox.takes = False
    with time_machine.travel(planned.due_at, tick=False):
        assert work(family.practice, at=planned.due_at) == Job.Outcome.OPEN, "it is tried again"
    assert not CheckpointSent.objects.exists()
    postbox.takes = True
    with time_machine.travel(planned.due_at + timedelta(minutes=1), tick=False):
        assert work(family.practice, at=planned.due_at + timedelta(minutes=1)) == Job.Outcome.DONE
    assert Job.objects.get(outcome=Job.Outcome.OPEN).due_at == planned.due_at + timedelta(days=1)
    assert {to for to, _mail in postbox.mails} == {"owner@example.org", "adviser@example.net"}
    said = read(postbox.mails[0]).get_payload(decode=True).decode().replace("\r\n", "\n")
    note = said[said.index("halfdoor/") :].rstrip("\n") + "\n"
    seen = checkpoint_of(note, heads.signer(family.practice.pk).verifier())
    assert seen.size == ChainEntry.objects.filter(practice=family.practice).count()
    assert not [secret for secret in SECRETS if secret != "Halfdoor" and secret.lower() in said.lower()]
    (found,) = checkpoints.doctor(NOON + timedelta(days=4))
    assert (found.state, "went" in found.says) == (State.BAD, True)


@pytest.mark.parametrize(("door", "role"), [("family", Role.CAREGIVER), ("me", Role.YOUNG_PERSON)])
def test_everybody_chooses_for_themselves_and_changes_their_mind(family: Family, door: str, role: Role) -> None:
    member = family.sara if role == Role.CAREGIVER else family.herself
    client, address = signed_in(member.person.account), reverse(f"messages:{door}_notices")
    assert not queries.wants_one(member.person.account)
    for choice, at in (("yes", NOON), ("no", NOON + timedelta(minutes=1))):
        with time_machine.travel(at, tick=False):
            client.post(address, {"wanted": choice})
        assert queries.wants_one(member.person.account) is (choice == "yes")
    assert "Choose yes or no." in words_of(client.post(address, {"wanted": ""}))
    nobody = signed_in(account(family.practice, "vera", Role.THERAPIST))
    assert nobody.get(address).status_code in (302, 404)


@pytest.mark.parametrize("url", ["http://mail.example.org", "mail.example.org", "smtp://"])
def test_a_wrong_address_of_a_mail_server_stops_the_start_and_says_how_to_write_it(url: str, tmp_path: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="smtps://user:password@host:465"):
        starting.mail(url, data=tmp_path, demo=False)


def test_mail_to_elsewhere_is_encrypted() -> None:
    described = [
        starting.mail(f"{scheme}://u:p@mail.example.org", data=None, demo=False) for scheme in ("smtp", "smtps")
    ]
    assert [(one["EMAIL_USE_TLS"], one["EMAIL_USE_SSL"]) for one in described] == [(True, False), (False, True)]


LEXICON = {
    "en-us": ("therap", "session", "counsel", "clinic", "mental", "child", "family", "appointment", "note", "practice"),
    "en-gb": ("therap", "session", "counsel", "clinic", "mental", "child", "family", "appointment", "note", "practice"),
    "es": ("terap", "sesi", "clínic", "mental", "hij", "familia", "cita", "nota", "psic", "consulta"),
    "cy": ("therap", "sesiwn", "cwnsel", "clinig", "meddwl", "plentyn", "teulu", "apwyntiad", "nodyn", "practis"),
}
"""Words that would tell somebody who looks at a locked screen what kind of service writes."""


@pytest.mark.abuse("A7")
@pytest.mark.parametrize("language", LEXICON)
def test_no_mail_in_any_language_tells_a_locked_screen_what_it_is_about(language: str) -> None:
    mails = [mailing.word(to=to, language=language) for to in ("a@example.org", "amina.khan@larkspur.example")]
    assert len({(mail.subject, mail.body) for mail in mails}) == 1
    said = f"{mails[0].subject}\n{mails[0].body}".lower()
    told = (*LEXICON[language], *(secret.lower() for secret in SECRETS if secret not in ("session", "http")))
    assert [word for word in told if word in said] == []
