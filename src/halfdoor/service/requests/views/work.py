"""The steps between a question and its answer: what clinicians of the circle do on the page of a request."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.gate import StillToDo
from halfdoor.service.requests import actions, calls, clocks, conversation, explaining, offers, second_reading
from halfdoor.service.requests import working_forms as forms
from halfdoor.service.requests.forms import OnceForm
from halfdoor.service.requests.models import OfferReply, SecondReading, Side, Step
from halfdoor.service.requests.queries import families, working
from halfdoor.service.requests.views.page import do, find, page_of
from halfdoor.service.requests.words import Channel, Longer, Way
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
@require_POST
def make_sure(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Write down how it became clear who called or wrote."""
    asked, form = find(request, request_id), forms.CallCheckForm(request.POST, auto_id="identity_%s")
    if asked.channel == Channel.PORTAL or not form.is_valid():
        return page_of(request, asked, identity=form)
    way, note = Way(form.cleaned_data["way"]), form.cleaned_data["note"]
    return do(request, asked, "identity", form, partial(calls.make_sure, asked, way, note=note))


@for_clinicians
@require_POST
def note_down(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Write down what was said to whoever asks, and what they said."""
    asked, form = find(request, request_id), forms.ConversationForm(request.POST, auto_id="conversation_%s")
    if not form.is_valid():
        return page_of(request, asked, conversation=form)
    act = partial(conversation.note_down, asked, form.cleaned_data["kinds"], said=form.cleaned_data["said"])
    return do(request, asked, "conversation", form, act)


@for_clinicians
@require_POST
def leave_out(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Leave a step out, with a reason."""
    asked, form = find(request, request_id), forms.LeaveOutForm(request.POST, auto_id="leave_out_%s")
    if not form.is_valid():
        return page_of(request, asked, leave_out=form)
    kind, reason = Step.Kind(form.cleaned_data["kind"]), form.cleaned_data["reason"]
    return do(request, asked, "leave_out", form, partial(conversation.leave_out, asked, kind, reason=reason))


@for_clinicians
@require_POST
def look_at_wishes(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note that somebody looked at wishes and consents."""
    asked, form = find(request, request_id), OnceForm(request.POST)
    if not form.is_valid():
        return page_of(request, asked)
    return do(request, asked, "wishes", form, partial(conversation.look_at_wishes, asked))


@for_clinicians
@require_POST
def talk(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note a talk with the young person."""
    asked, form = find(request, request_id), forms.TalkForm(request.POST, auto_id="talk_%s")
    if not form.is_valid():
        return page_of(request, asked, talk=form)
    typed = form.cleaned_data
    return do(request, asked, "talk", form, partial(conversation.talk, asked, typed["said"], wish=typed["would_like"]))


@for_clinicians
@require_POST
def weigh(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put on record what a professional weighed."""
    asked, form = find(request, request_id), forms.WeighForm(request.POST, auto_id="weigh_%s")
    if not form.is_valid():
        return page_of(request, asked, weigh=form)
    return do(request, asked, "weigh", form, partial(conversation.weigh, asked, form.weighed))


@for_clinicians
@require_POST
def run_longer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Let the law's clock run longer, with a reason that whoever asked reads."""
    asked, form = find(request, request_id), forms.LongerForm(request.POST, auto_id="longer_%s")
    if not form.is_valid():
        return page_of(request, asked, longer=form)
    try:
        return do(
            request, asked, "longer", form, partial(clocks.run_longer, asked, Longer(form.cleaned_data["reason"]))
        )
    except clocks.CannotRunLonger:
        messages.error(request, _("This limit cannot be made longer, or not any more."))
        return redirect("requests:request", asked.pk)


@for_clinicians
@require_POST
def explain(request: HttpRequest, request_id: UUID, used_id: UUID, side: str) -> HttpResponse:
    """Tell one side why an exception was used, or why they are not told."""
    asked, form = find(request, request_id), forms.ExplainForm(request.POST, auto_id="explain_%s")
    with or_nothing_here():
        used = working.exception_of(asked, used_id, side=side)
    if not form.is_valid():
        return page_of(request, asked, explain=form)
    is_told, words = form.cleaned_data["is_told"] == "yes", form.cleaned_data["words"]
    try:
        return do(
            request, asked, "explain", form, partial(explaining.explain, used, Side(side), is_told=is_told, words=words)
        )
    except explaining.ToldAlready:
        return redirect("requests:request", asked.pk)


@for_clinicians
@require_POST
def read(request: HttpRequest, request_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Read an answer as a second person, and let it go or give it back."""
    asked, form = find(request, request_id), forms.SecondReadingForm(request.POST, auto_id="read_%s")
    with or_nothing_here():
        proposal = working.proposal_of(asked, proposal_id, reader=account_of(request))
    if form.is_valid():
        outcome, note = SecondReading.Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
        try:
            return do(request, asked, "read", form, partial(second_reading.read, proposal, outcome, note=note))
        except (StillToDo, actions.ChangedMeanwhile) as refusal:
            form.add_error(None, str(refusal))
        except second_reading.ReadAlready:
            return redirect("requests:request", asked.pk)
    return page_of(request, asked, read=form)


@for_clinicians
@require_POST
def settle_offer(request: HttpRequest, request_id: UUID, offer_id: UUID) -> HttpResponse:
    """Write down what became of an offer."""
    asked, form = find(request, request_id), forms.OfferOutcomeForm(request.POST, auto_id="offer_%s")
    with or_nothing_here():
        offer = working.offer_of(asked, offer_id)
    if not form.is_valid():
        return page_of(request, asked, offer=form)
    word = OfferReply.Word(form.cleaned_data["word"])
    return do(request, asked, "offer", form, partial(offers.say, offer, Side.CLINICIAN, word))


@for_clinicians
@require_GET
def letter(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show the answer as a letter to print: what is refused, the review, how to complain."""
    asked, at = find(request, request_id), clock.now()
    with or_nothing_here():
        written = families.letter_of(asked, at=at)
    return render(request, "requests/therapist/letter.html", {"letter": written, "asked": asked, "at": at})
