"""Writing after a session: a draft that is kept while one types, and what each person would get of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.disclosures.actions import ChangedMeanwhile
from halfdoor.service.notes import actions, foresight, queries
from halfdoor.service.notes.actions import NotLookedAt, ReasonMissing
from halfdoor.service.notes.contents import Contents
from halfdoor.service.notes.forms import MOST_PARTS, ReasonForm, Typed, how_many_parts, typed_from, typed_of
from halfdoor.service.notes.models import Draft, Note
from halfdoor.service.notes.reasons import asked_for, given
from halfdoor.service.notes.views.therapist import for_clinicians, trail
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.web.finding import or_nothing_here


@for_clinicians
@require_POST
def begin(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Begin to write after a session."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    episode = people.current_episode(about, on=day_in(about.practice, at=at))
    if episode is None:
        messages.error(request, _("No care is running, so there is no session to write about."))
        return redirect("notes:list", about.pk)
    return redirect("notes:draft", actions.begin(episode, by=account, at=at).pk)


@for_clinicians
@require_POST
def correct(request: HttpRequest, young_person_id: UUID, item_id: UUID) -> HttpResponse:
    """Begin to correct a finished note of one's own."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        place = queries.place_of(account, young_person_id)
        opened = queries.open_note(place, item_id, reader=account, at=at)
        if not opened.is_mine:
            raise Note.DoesNotExist
    typed = typed_from(opened.note)
    begun = actions.begin_correction(place.young_person, opened.note, typed, by=account, at=at)
    return redirect("notes:draft", begun.pk)


@for_clinicians
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft, and keep what is typed into it, whether or not it fits yet."""
    account, mine = account_of(request), _mine(request, draft_id)
    if request.method != "POST":
        return _draft(request, mine, _typed(mine, account, checked=False))
    typed, do = typed_of(request.POST), request.POST.get("do", "keep")
    if do == "discard":
        actions.discard(mine, by=account)
        messages.success(request, _("The draft is gone."))
        return redirect("notes:list", mine.young_person_id)
    if getattr(request, "htmx", False):
        actions.keep_in_passing(mine, typed, by=account, at=clock.now())
        return render(request, "notes/therapist/kept.html", {"draft": mine})
    if do == "add":
        typed["parts"] = [str(min(how_many_parts(typed) + 1, MOST_PARTS))]
    actions.keep(mine, typed, by=account, at=clock.now())
    if do != "see":
        anchor = f"#part-{how_many_parts(typed)}" if do == "add" else ""
        return redirect(reverse("notes:draft", args=[mine.pk]) + anchor)
    checked = _typed(mine, account)
    return redirect("notes:what_they_see", mine.pk) if checked.is_valid else _draft(request, mine, checked)


@for_clinicians
def what_they_see(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show what each person would get, and share it once the author has seen that."""
    account, mine = account_of(request), _mine(request, draft_id)
    typed = _typed(mine, account)
    if not typed.is_valid:
        return redirect("notes:draft", mine.pk)
    contents, refused = _protected(mine, typed.contents, account), ""
    if request.method == "POST":
        try:
            seen, reasons = request.POST.get("seen", ""), given(request.POST)
            actions.finish(mine, contents, seen=seen, reasons=reasons, by=account, at=clock.now())
            messages.success(request, _("It is written. Whoever may read it finds it on their page."))
            return redirect("notes:list", mine.young_person_id)
        except (NotLookedAt, ReasonMissing, ChangedMeanwhile) as refusal:
            refused = str(refusal)
        except Draft.DoesNotExist as gone:
            raise Http404 from gone
    return _sight(request, mine, contents, refused)


def _sight(request: HttpRequest, mine: Draft, contents: Contents, refused: str) -> HttpResponse:
    preview = foresight.of(mine, contents, by=account_of(request), at=clock.now())
    forms: list[ReasonForm] = asked_for(preview, request.POST if request.method == "POST" else None)
    context = {
        "draft": mine,
        "about": mine.young_person,
        "contents": contents,
        "preview": preview,
        "reasons": forms,
        "refused": refused,
        "trail": [*trail(mine.young_person), (reverse("notes:draft", args=[mine.pk]), _("What you write"))],
    }
    return render(request, "notes/therapist/what_they_see.html", context)


def _draft(request: HttpRequest, mine: Draft, typed: Typed) -> HttpResponse:
    about, account = mine.young_person, account_of(request)
    context = {
        "draft": mine,
        "about": about,
        "typed": typed,
        "page": uuid4(),
        "has_agreed": queries.secrets_of(about, reader=account).exists(),
        "can_add": not typed.corrects and len(typed.pieces) < MOST_PARTS,
        "trail": trail(about),
    }
    return render(request, "notes/therapist/draft.html", context)


def _mine(request: HttpRequest, draft_id: UUID) -> Draft:
    with or_nothing_here():
        return queries.draft_of(account_of(request), draft_id)


def _typed(mine: Draft, account: Account, *, checked: bool = True) -> Typed:
    typed = queries.typed_in(mine, reader=account)
    today = day_in(mine.young_person.practice, at=clock.now())
    corrects = mine.corrects_id is not None
    return Typed(typed, today=today, corrects=corrects, category=mine.category, checked=checked)


def _protected(mine: Draft, contents: Contents, account: Account) -> Contents:
    return contents.protected(queries.rule_on(mine.young_person, day=contents.met_on, reader=account))
