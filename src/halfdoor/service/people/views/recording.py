"""Putting on record what the papers say: one fact, an event with all its facts, somebody who joins or leaves."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import actions, events, involving, joining, queries, stories
from halfdoor.service.people.choices import EventKind
from halfdoor.service.people.event_forms import EventForm, known_near
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.forms import BirthdayForm, FactForm, JoinForm, MoveForm, OnceForm, PartForm
from halfdoor.service.people.models import CourtLimit, DatedFact, EpisodeTerms, Membership, Suspicion, YoungPerson
from halfdoor.service.people.views.steps import Step, first_day, take
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)
for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)

_AT_ONCE = (CourtLimit, Suspicion)
_FOUND = 20


@for_keepers
def record(request: HttpRequest, young_person_id: UUID, membership_id: UUID, fact: str) -> HttpResponse:
    """Record one fact about a member of a circle."""
    young_person, member = _member(request, young_person_id, membership_id)
    kind = _kind(request, fact, of_member=True)
    title = _("%(fact)s: %(who)s") % {"fact": stories.WORDS[kind], "who": member.person.name}
    return _fact(request, young_person, kind, title, membership=member)


@for_keepers
def about(request: HttpRequest, young_person_id: UUID, fact: str) -> HttpResponse:
    """Record one fact about the young person, or about what their care rests on."""
    young_person = _young_person(request, young_person_id)
    kind = _kind(request, fact, of_member=False)
    title = _("%(fact)s: %(who)s") % {"fact": stories.WORDS[kind], "who": young_person.name}
    if kind is not EpisodeTerms:
        return _fact(request, young_person, kind, title, young_person=young_person)
    episode = queries.current_episode(young_person, on=day_in(young_person.practice, at=clock.now()))
    if episode is None:
        raise Http404
    return _fact(request, young_person, kind, title, episode=episode)


@for_keepers
def join(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Give somebody a place in the circle: a person who is known, found by name, or a new one."""
    young_person, at = _young_person(request, young_person_id), clock.now()
    account, words = account_of(request), queries.words_to_find(request.GET.get("name", ""))
    found = queries.people_named(words, reader=account)[:_FOUND] if words else []
    today = day_in(young_person.practice, at=at)
    initial = {"since_on": today, "relation": request.GET.get("relation", ""), "name": words}
    form = JoinForm(request.POST or None, initial=initial, known=found)
    step = Step(young_person=young_person, title=_("Somebody joins the circle"), template="people/therapist/join.html")

    def act(by: Account, at: datetime) -> object:
        return joining.join(young_person, form.joining, by=by, at=at)

    return take(request, step, form, act, on=first_day(form, "since_on", otherwise=today), at=at)


@for_keepers
def event(request: HttpRequest, young_person_id: UUID, kind: str) -> HttpResponse:
    """Record something with a day that changes what the papers say of several people."""
    young_person, at, account = _young_person(request, young_person_id), clock.now(), account_of(request)
    if kind not in EventKind.values:
        raise Http404
    what, today = EventKind(kind), day_in(young_person.practice, at=at)
    circle = queries.kept_circle(young_person, reader=account)
    found = queries.people_who_are(events.USUAL[what].joins, reader=account)[:_FOUND]
    initial, known = {"happened_on": today}, known_near(circle, found)
    form = EventForm(request.POST or None, initial=initial, kind=what, circle=circle, known=known)
    title = str(what.label).capitalize()
    step = Step(young_person=young_person, title=title, template="people/therapist/event.html")

    def act(by: Account, at: datetime) -> object:
        return events.record_event(young_person, form.event, by=by, at=at)

    return take(request, step, form, act, on=first_day(form, "happened_on", otherwise=today), at=at)


@for_clinicians
def part(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> HttpResponse:
    """End a caregiver's part in therapy, or begin it again, as gone through with the young person."""
    young_person, member = _member(request, young_person_id, membership_id)
    at, form = clock.now(), PartForm(request.POST or None)
    today = day_in(young_person.practice, at=at)
    title = _("Taking part: %(who)s") % {"who": member.person.name}
    step = Step(young_person=young_person, title=title, template="people/therapist/part.html")

    def act(by: Account, at: datetime) -> object:
        return involving.review_part(member, form.review, by=by, at=at)

    return take(request, step, form, act, on=first_day(form, "effective_on", otherwise=today), at=at)


@for_keepers
def leaves(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> HttpResponse:
    """End somebody's place in the circle."""
    young_person, member = _member(request, young_person_id, membership_id)
    at, form = clock.now(), OnceForm(request.POST or None)
    step = Step(
        young_person=young_person,
        title=_("%(who)s leaves the circle") % {"who": member.person.name},
        lead=_("They are told nothing new from now on. What they were told, and all that is on record, stays."),
    )

    def act(by: Account, at: datetime) -> object:
        return actions.end_membership(member, by=by, at=at)

    return take(request, step, form, act, on=day_in(young_person.practice, at=at), at=at)


@for_keepers
def birthday(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Put the day of birth right."""
    young_person, at = _young_person(request, young_person_id), clock.now()
    form = BirthdayForm(request.POST or None, initial={"born_on": young_person.born_on})
    step = Step(young_person=young_person, title=_("Day of birth"))

    def act(by: Account, at: datetime) -> object:
        born_on, because = form.cleaned_data["born_on"], form.cleaned_data["because"]
        return actions.correct_birthday(young_person, born_on=born_on, because=because, by=by, at=at)

    return take(request, step, form, act, on=day_in(young_person.practice, at=at), at=at)


@for_keepers
def setting(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Let care go on in another setting, or on another basis."""
    young_person, at = _young_person(request, young_person_id), clock.now()
    today = day_in(young_person.practice, at=at)
    form = MoveForm(request.POST or None, initial={"on": today}, today=today)
    step = Step(
        young_person=young_person,
        title=_("Setting of care"),
        lead=_("This begins a new episode. What was written before stays under the terms it was given on."),
    )

    def act(by: Account, at: datetime) -> object:
        return joining.move_to(young_person, form.move, by=by, at=at)

    return take(request, step, form, act, on=first_day(form, "on", otherwise=today), at=at)


def _fact(
    request: HttpRequest, about: YoungPerson, kind: type[DatedFact], title: str, **subject: object
) -> HttpResponse:
    at = clock.now()
    today = day_in(about.practice, at=at)
    form = FactForm(request.POST or None, initial={"effective_on": today}, kind=kind)
    step = Step(young_person=about, title=title, at_once=kind in _AT_ONCE)

    def act(by: Account, at: datetime) -> object:
        return actions.record(form.fact(**subject), **form.shown, by=by, at=at)

    return take(request, step, form, act, on=first_day(form, "effective_on", otherwise=today), at=at)


def _kind(request: HttpRequest, name: str, *, of_member: bool) -> type[DatedFact]:
    """Return the kind of fact an address names, if this reader records such facts; else there is no such page."""
    for kind in stories.WORDS:
        fits = kind.__name__.lower() == name and (kind.SUBJECT == "membership") == of_member
        if fits and stories.may_read(kind, reader=account_of(request)):
            return kind
    raise Http404


def _young_person(request: HttpRequest, young_person_id: UUID) -> YoungPerson:
    with or_nothing_here():
        return queries.kept_young_person(account_of(request), young_person_id)


def _member(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> tuple[YoungPerson, Membership]:
    account = account_of(request)
    with or_nothing_here():
        young_person = queries.kept_young_person(account, young_person_id)
        return young_person, queries.kept_member(young_person, membership_id, reader=account)
