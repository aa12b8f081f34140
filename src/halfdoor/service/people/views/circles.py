"""Circles of care as they stand: the list of them, one circle, one member of it with their story, and an admission."""

from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.models import Role
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import joining, queries, sign_ins, stories
from halfdoor.service.people.choices import EventKind
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.forms import AdmitForm
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.finding import or_nothing_here

for_keepers = for_audience(Audience.THERAPIST, Audience.LEAD, Audience.OFFICE)

_A_PAGE = 50


@for_keepers
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """List the young people whose circles whoever reads keeps, and find one by name."""
    words = queries.words_to_find(request.GET.get("name", ""))
    rows = queries.kept_by(account_of(request)).filter(person__name__icontains=words)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page", "1"))
    takes_files = account_of(request).role in (Role.LEAD, Role.OFFICE)
    return render(request, "people/therapist/kept.html", {"page": page, "words": words, "takes_files": takes_files})


@for_keepers
def admit(request: HttpRequest) -> HttpResponse:
    """Take a young person into care."""
    account, at = account_of(request), clock.now()
    today = day_in(account.practice, at=at)
    clinicians = queries.clinicians_of(account.practice)
    initial = {"started_on": today, "setting": account.practice.setting, "therapist": account.pk}
    form = AdmitForm(request.POST or None, initial=initial, clinicians=clinicians, on=today)
    if form.is_valid():
        act = partial(joining.admit, form.admission, by=account, at=at)
        admitted = once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        seen = admitted and queries.kept_by(account).filter(pk=admitted.pk).exists()
        return redirect("people:circle", admitted.pk) if admitted and seen else redirect("people:kept")
    trail = [(reverse("people:kept"), _("Circles of care"))]
    return render(request, "people/therapist/admit.html", {"form": form, "trail": trail})


@for_keepers
@require_GET
def circle(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show a circle as it stands, and what can be put on record."""
    account = account_of(request)
    with or_nothing_here():
        young_person = queries.kept_young_person(account, young_person_id)
    page = stories.circle_page(young_person, reader=account, at=clock.now())
    about = [(kind.__name__.lower(), words) for kind, words in stories.WORDS.items() if kind.SUBJECT != "membership"]
    readable = {kind.__name__.lower() for kind in stories.WORDS if stories.may_read(kind, reader=account)}
    context = {
        "page": page,
        "events": EventKind.choices,
        "about": [(name, words) for name, words in about if name in readable],
        "trail": trail(young_person)[:1],
    }
    return render(request, "people/therapist/circle.html", context)


@for_keepers
@require_GET
def member(request: HttpRequest, young_person_id: UUID, membership_id: UUID) -> HttpResponse:
    """Show one member of a circle, and how everything about them came to be on record."""
    account = account_of(request)
    with or_nothing_here():
        young_person = queries.kept_young_person(account, young_person_id)
        shown = queries.kept_member(young_person, membership_id, reader=account)
    recordable = [
        (kind.__name__.lower(), words)
        for kind, words in stories.WORDS.items()
        if kind.SUBJECT == "membership" and stories.may_read(kind, reader=account)
    ]
    story = stories.story_of(shown, reader=account)
    signs_in = sign_ins.may_have_one(shown, by=account)
    context = {"member": shown, "story": story, "recordable": recordable, "signs_in": signs_in}
    context["trail"] = trail(young_person)
    return render(request, "people/therapist/member.html", context)


def trail(young_person: YoungPerson) -> list[tuple[str, str]]:
    """Return the way back from a page about somebody in a circle."""
    name = _("Circle of care of %(name)s") % {"name": young_person.name}
    return [(reverse("people:kept"), _("Circles of care")), (reverse("people:circle", args=[young_person.pk]), name)]
