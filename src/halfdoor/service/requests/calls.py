"""Who is on the telephone: making sure, and asking in an office. A name alone is nobody we know."""

from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.people import actions as people
from halfdoor.service.people import facts as circle
from halfdoor.service.people.choices import Identity
from halfdoor.service.people.models import IdentityCheck
from halfdoor.service.requests import clocks, steps
from halfdoor.service.requests.models import CallCheck, FamilyRequest, Official, Step
from halfdoor.service.requests.queries.clinicians import as_question
from halfdoor.service.requests.words import Channel, Paper, Way


@transaction.atomic
def make_sure(request: FamilyRequest, way: Way, *, note: str = "", by: Account, at: datetime) -> CallCheck:
    """
    Write down how it became clear who called or wrote, or that it was somebody else. It can change every answer.

    Once it was somebody else, the request is theirs no more whose name was given, whatever is written down later.
    """
    assert request.channel != Channel.PORTAL, "whoever asks on their own page has signed in"
    at = people.sharing_changes(request.young_person, at=at)
    check = CallCheck(way=way)
    steps.of(request, check, by=by, at=at)
    check.note = note
    check.save(force_insert=True)
    if way in Way.sure():
        _put_on_record(request, way, note, by=by, at=at)
    steps.take(request, Step.Kind.IDENTIFIED, note=f"{check.get_way_display()} {note}".strip(), by=by, at=at)
    clocks.start(request, as_question(request), by=by, at=at)
    return check


@transaction.atomic
def asks_as(request: FamilyRequest, relation: str, paper: Paper, *, by: Account, at: datetime) -> Official:
    """Write down in what office somebody asks, and what they bring."""
    official = Official(relation=relation, paper=paper)
    steps.of(request, official, by=by, at=at)
    official.save(force_insert=True)
    return official


def _put_on_record(request: FamilyRequest, way: Way, note: str, *, by: Account, at: datetime) -> None:
    """Record who somebody is in the circle too, where nobody had."""
    member = request.asked_by
    if member is None:
        return
    known = circle.load(request.young_person, at=at).of_member(member)
    if known.get("identity") != Identity.VERIFIED:
        today = circle.day_in(request.practice, at=at)
        fact = IdentityCheck(membership=member, outcome=Identity.VERIFIED, effective_on=today)
        people.record(fact, evidence=f"{way.value} {note}".strip(), by=by, at=at)
