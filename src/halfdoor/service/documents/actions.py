"""
Writing papers, asking for answers, and taking them. Every function says who acts and when, and writes its line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.documents import filing, shipped
from halfdoor.service.documents.blocks import TERMS, unknown_names
from halfdoor.service.documents.choices import NOT_SELF, RULES, Answer, Kind, Manner, party_of
from halfdoor.service.documents.models import Asking, AskingEnd, File, Review, Signing, Text, Version
from halfdoor.service.documents.showing import Shown
from halfdoor.service.people.models import Membership


class NotTheirs(ValueError):
    """Somebody signs in another's place, which nobody can."""


class SignedBefore(ValueError):
    """There is a signature beside this answer already."""


class CannotBeRead(ValueError):
    """A text names something in braces that nobody fills in, or leaves out what its paper has to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says to a paper, and how. ``strokes`` is the drawn signature, as JSON."""

    answer: Answer
    manner: Manner
    printed_name: str = ""
    strokes: str = ""
    words: str = ""


@transaction.atomic
def take_up_shipped(*, on: date, by: Account, at: datetime) -> list[Version]:
    """Put the papers that come with Halfdoor on the practice's shelf, each as its first version, unless it has one."""
    there = set(Version.objects.filter(practice=by.practice_id).values_list("kind", flat=True))
    return [
        publish(kind, texts, effective_on=on, because=_("The paper that comes with Halfdoor."), by=by, at=at)
        for kind, texts in shipped.papers().items()
        if kind not in there
    ]


@transaction.atomic
def publish(
    kind: str,
    texts: Mapping[str, tuple[str, str]],
    *,
    effective_on: date,
    review_months: int = 12,
    because: str,
    by: Account,
    at: datetime,
) -> Version:
    """
    Put a new version of a paper in force from a day on. Whoever said yes to the former is asked anew.

    :param texts: title and body by language
    :raises CannotBeRead: if a text could not be filled in
    """
    for _title, body in texts.values():
        _check(kind, body)
    # The line of the chain holds the practice's row, so that two versions do not take one number.
    body_of_line = {"kind": "documents.published", "paper": kind, "by": str(by.pk), "from": effective_on.isoformat()}
    chain.append(by.practice, body_of_line, at=at)
    last = Version.objects.filter(practice=by.practice_id, kind=kind).order_by("-number").first()
    version = Version.objects.create(
        practice=by.practice,
        kind=kind,
        number=last.number + 1 if last else 1,
        effective_on=effective_on,
        review_months=review_months,
        because=because,
        written_at=at,
        written_by=by,
    )
    Text.objects.bulk_create(
        Text(practice=by.practice, version=version, language=language, title=title, body=body)
        for language, (title, body) in texts.items()
    )
    return version


def _check(kind: str, body: str) -> None:
    if unknown := unknown_names(body, terms=kind == Kind.SHARING):
        raise CannotBeRead(
            _("Nothing is filled in for {%(name)s}. Take it out, or write the words.") % {"name": unknown[0]}
        )
    missing = [name for name in TERMS if f"{{{name}}}" not in body] if kind == Kind.SHARING else []
    if missing:
        raise CannotBeRead(_("A consent to share has to name {%(name)s}: write it in braces.") % {"name": missing[0]})


@transaction.atomic
def review(version: Version, *, on: date, words: str = "", by: Account, at: datetime) -> Review:
    """Say that somebody read a version again and lets it stand."""
    row = Review.objects.create(
        practice=version.practice, version=version, reviewed_on=on, reviewed_at=at, reviewed_by=by, words=words
    )
    body = {"kind": "documents.reviewed", "paper": version.kind, "version": version.number, "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    return row


@transaction.atomic
def ask(members: Iterable[tuple[Membership, str]], *, by: Account, at: datetime) -> list[Asking]:
    """
    Ask people to answer papers: (member, kind). Each stands on their own page from now on.

    :raises NotTheirs: if a paper is not for somebody of this relation
    """
    asked = []
    for member, kind in members:
        if party_of(member.relation) not in RULES[kind].parties:
            raise NotTheirs(_("This paper is not for somebody of this relation. Choose another one."))
        row = Asking.objects.create(
            practice=member.practice,
            young_person=member.young_person,
            membership=member,
            kind=kind,
            asked_at=at,
            asked_by=by,
        )
        chain.append(by.practice, _body("asked", member, by, paper=kind), at=at)
        asked.append(row)
    return asked


@transaction.atomic
def stop_asking(asking: Asking, *, by: Account, at: datetime) -> AskingEnd:
    """Wait no more for an answer."""
    end = AskingEnd.objects.create(practice=asking.practice, asking=asking, ended_at=at, ended_by=by)
    chain.append(by.practice, _body("no_longer_asked", asking.membership, by, paper=asking.kind), at=at)
    return end


@transaction.atomic
def sign(member: Membership, shown: Shown, said: Said, *, by: Account, at: datetime) -> Signing:
    """
    Take what somebody says to a paper, on their own page, or aloud to whoever writes it down. A yes gets a sealed file.

    :raises NotTheirs: if somebody signs in another's place
    """
    if (member.person.account_id == by.pk) is (said.manner in NOT_SELF):
        raise NotTheirs(_("Everybody signs for themselves. What was said aloud or on paper is written down by staff."))
    if said.answer == Answer.AGREED and RULES[shown.version.kind].is_assent:
        said = Said(
            answer=Answer.ASSENTED,
            manner=said.manner,
            printed_name=said.printed_name,
            strokes=said.strokes,
            words=said.words,
        )
    if said.manner in NOT_SELF and RULES[shown.version.kind].by_itself:
        _make_sure_it_was_asked(member, shown.version.kind, by=by, at=at)
    return _taken(member, shown, said, beside=None, by=by, at=at)


@transaction.atomic
def countersign(
    signing: Signing, member: Membership, shown: Shown, said: Said, *, by: Account, at: datetime
) -> Signing:
    """
    Sign as a therapist beside what somebody agreed to: the very words they had before them.

    :raises NotTheirs: if it is not the signer's own place, nobody agreed, or the paper asks for no second signature
    :raises SignedBefore: if there is one already
    """
    agreed = _is_their_yes(signing) and said.answer == Answer.AGREED
    if member.person.account_id != by.pk or not RULES[signing.version.kind].with_therapist or not agreed:
        raise NotTheirs(_("Only a clinician of this circle signs beside this paper, in their own name."))
    if Signing.objects.select_for_update().filter(practice=signing.practice_id, beside=signing).exists():
        raise SignedBefore(_("Somebody has signed this before you. There is nothing left to do."))
    return _taken(member, shown, said, beside=signing, by=by, at=at)


def _is_their_yes(signing: Signing) -> bool:
    """Whether an answer is a yes that nobody has taken back since."""
    later = Signing.objects.own().filter(
        practice=signing.practice_id,
        membership=signing.membership_id,
        version__kind=signing.version.kind,
        signed_at__gt=signing.signed_at,
    )
    return signing.answer in (Answer.AGREED, Answer.ASSENTED) and not later.filter(answer=Answer.REFUSED).exists()


def _taken(
    member: Membership, shown: Shown, said: Said, *, beside: Signing | None, by: Account, at: datetime
) -> Signing:
    row = Signing(
        practice=member.practice,
        young_person=member.young_person,
        membership=member,
        version=shown.version,
        beside=beside,
        language=shown.language,
        answer=said.answer,
        manner=said.manner,
        relation=member.relation,
        time_zone=member.young_person.practice.time_zone,
        signed_at=at,
        recorded_by=by,
    )
    row.shown, row.printed_name = shown.words, said.printed_name
    row.strokes, row.words = said.strokes, said.words
    row.save(force_insert=True)
    says: dict[str, object] = {"paper": shown.version.kind, "version": shown.version.number, "answer": said.answer}
    if said.answer != Answer.REFUSED:
        says["file"] = _filed(row, shown, at=at).sha256
    chain.append(by.practice, _body("answered", member, by, row=row.pk, manner=said.manner, **says), at=at)
    return row


def _filed(signing: Signing, shown: Shown, *, at: datetime) -> File:
    content = filing.file_of(signing, shown, at=at)
    file = File(
        practice=signing.practice,
        young_person=signing.young_person,
        signing=signing,
        sha256=filing.hash_of(content),
        made_at=at,
    )
    file.content = content
    file.save(force_insert=True)
    return file


def _make_sure_it_was_asked(member: Membership, kind: str, *, by: Account, at: datetime) -> None:
    """What is written down for somebody can be answered again by themselves."""
    if not Asking.objects.open().filter(practice=member.practice_id, membership=member, kind=kind).exists():
        ask([(member, kind)], by=by, at=at)


@transaction.atomic
def note_fetched(file: File, *, by: Account, at: datetime) -> bytes:
    """Return the bytes of a file to whoever found it, and write down that they took it with them."""
    body = _body("fetched", file.signing.membership, by, row=file.signing_id, file=file.sha256)
    chain.append(by.practice, body, at=at)
    return file.content


def _body(kind: str, member: Membership, by: Account, **more: object) -> dict[str, object]:
    """Return the body of a chain line: codes and ids, never a name or a text."""
    ids = {key: value if isinstance(value, int) else str(value) for key, value in more.items()}
    about = {"young_person": str(member.young_person_id), "membership": str(member.pk), "by": str(by.pk)}
    return {"kind": f"documents.{kind}", **about, **ids}
