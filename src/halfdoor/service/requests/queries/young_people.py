"""What a young person reads: who asked what about them, and what they said. Never who is thought to press them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from halfdoor.service.accounts.models import Account
from halfdoor.service.people import queries as people
from halfdoor.service.requests.models import Question, QuestionQuerySet, Reply
from halfdoor.service.requests.queries.clinicians import latest_reply
from halfdoor.service.requests.words import MY_TOPICS


@dataclass(frozen=True, slots=True)
class AskedAboutMe:
    """Somebody asked something: who, what, the therapist's word with it, and what I answered last, if anything."""

    pk: UUID
    who: str
    topic: str
    words: str
    asked_by: str
    asked_at: datetime
    reply: Reply | None


def asked_about(reader: Account) -> list[AskedAboutMe]:
    """Return what is being asked about whoever reads, newest first."""
    return [_asked(question) for question in _to(reader).order_by("-asked_at", "-id")]


def asked_since(reader: Account, *, since: datetime) -> bool:
    """Return whether a question was put to whoever reads since a moment, and they have not answered it."""
    return _to(reader).unanswered().filter(asked_at__gt=since).exists()


def question_to(reader: Account, question_id: UUID) -> Question:
    """
    Return a question put to whoever reads.

    :raises Question.DoesNotExist: if it was put to somebody else, or is not there at all
    """
    return _to(reader).get(pk=question_id)


def page_of(question: Question) -> AskedAboutMe:
    """Return a question as its page shows it."""
    return _asked(question)


def chosen_before(asked: AskedAboutMe) -> dict[str, str]:
    """Return the last reply as the form shows it again. Whether somebody was pushing is never shown again."""
    if asked.reply is None:
        return {}
    said_so = "mine" if asked.reply.may_say_so else "ours"
    return {"choice": asked.reply.choice, "part": asked.reply.part, "say_so": said_so}


def _to(reader: Account) -> QuestionQuerySet:
    me = people.own_membership(reader).young_person
    rows = Question.objects.filter(practice=reader.practice_id, young_person=me, request__asked_by__isnull=False)
    return rows.select_related("request__asked_by__person", "asked_by", "young_person__practice")


def _asked(question: Question) -> AskedAboutMe:
    asked_by = question.request.asked_by
    assert asked_by is not None, "only what a member of the circle asked is put to the young person"
    return AskedAboutMe(
        pk=question.pk,
        who=asked_by.person.name,
        topic=str(MY_TOPICS[question.request.category]),
        words=question.words,
        asked_by=question.asked_by.display_name,
        asked_at=question.asked_at,
        reply=latest_reply(question),
    )
