"""The page of one request, and what its forms have in common. Nothing here is an address."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.people import drafts
from halfdoor.service.people.drafts import typed_before
from halfdoor.service.requests import working_forms as forms
from halfdoor.service.requests.conversation import seen_to
from halfdoor.service.requests.forms import AnswerForm, FactsForm, FollowUpForm, OnceForm, QuestionForm
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.requests.queries import clinicians as queries
from halfdoor.service.requests.queries.workflow import Work, work_of
from halfdoor.service.requests.tones import USUAL, Tone
from halfdoor.service.requests.words import USUAL_ALTERNATIVES
from halfdoor.service.web.finding import or_nothing_here


def find(request: HttpRequest, request_id: UUID) -> FamilyRequest:
    """Return a request of a circle whose clinician is signed in; else there is nothing here."""
    with or_nothing_here():
        return queries.request_of(account_of(request), request_id)


def do(
    request: HttpRequest, asked: FamilyRequest, name: str, form: OnceForm, act: Callable[..., object]
) -> HttpResponse:
    """Do what a form asks for, once, let go of what was kept of it, and go back to the page."""
    account, at = account_of(request), clock.now()
    once.only(lambda: act(by=account, at=at), form=form.cleaned_data["once"], practice=account.practice, at=at)
    drafts.forget(about=asked.pk, form=name, by=account)
    return redirect("requests:request", asked.pk)


def page_of(request: HttpRequest, asked: FamilyRequest, **typed: OnceForm) -> HttpResponse:
    """Show a request, with the forms that were typed wrongly as they were typed."""
    account, at = account_of(request), clock.now()
    case = queries.case_of(asked, reader=account, at=at)
    tone, language = _tone(request, asked), _language(request)
    with translation.override(language):
        work = work_of(case, tone=tone, reader=account, at=at)
        spoken = case.outlook.wording
    context = {
        "case": case,
        "work": work,
        "spoken": spoken,
        "tone": tone,
        "tones": Tone.choices,
        "language": language,
        "languages": settings.LANGUAGES,
        "forms": _Forms(case, work, typed),
        "trail": [
            (reverse("portals:today"), _("Today")),
            (reverse("portals:young_person", args=[asked.young_person_id]), asked.young_person.name),
        ],
    }
    return render(request, "requests/therapist/request.html", context)


def answer_form(
    case: queries.Case, typed: Any, *, what: str, kept: Mapping[str, list[str]] | None = None
) -> AnswerForm:
    """Return the form of an answer: ``share``, ``close``, ``later``, or ``keep_back`` for what could go."""
    opens = what == "share"
    met = seen_to(case.request, taken=case.taken) if opens else ()
    initial = {"look_again_on": case.outlook.back_on, "alternatives": list(USUAL_ALTERNATIVES)}
    is_full = case.outlook.decision["disposition"] == "may_share"
    return AnswerForm(
        typed,
        opens=opens,
        todo=[duty for duty in case.outlook.todo if duty[0] not in met] if opens else (),
        departs="withhold" if what == "keep_back" else "share_limited" if opens and is_full else "",
        on=case.today,
        initial=initial | typed_before(kept or {}),
        auto_id=f"{what}_%s",
    )


class _Forms(dict[str, OnceForm]):
    """The forms of a page by their names. One is made when the page first names it: most pages show half of them."""

    def __init__(self, case: queries.Case, work: Work, typed: Mapping[str, OnceForm]) -> None:
        super().__init__(typed)
        self._case = case
        self._work = work

    def __missing__(self, name: str) -> OnceForm:
        kept, what = self._work.drafts.get(name, {}), "share" if self._case.outlook.opens else "close"
        begun: dict[str, Any] = {"initial": typed_before(kept), "auto_id": f"{name}_%s"}
        if name == "answer":
            self[name] = answer_form(self._case, None, what=what, kept=kept)
        elif name == "keep_back":
            self[name] = answer_form(self._case, None, what=name)
        elif name == "facts":
            self[name] = FactsForm(names=self._case.outlook.missing, **begun)
        else:
            self[name] = _PLAIN[name](**begun)
        return self[name]


_PLAIN: Mapping[str, type[OnceForm]] = {
    "identity": forms.CallCheckForm,
    "conversation": forms.ConversationForm,
    "leave_out": forms.LeaveOutForm,
    "talk": forms.TalkForm,
    "weigh": forms.WeighForm,
    "longer": forms.LongerForm,
    "explain": forms.ExplainForm,
    "read": forms.SecondReadingForm,
    "offer": forms.OfferOutcomeForm,
    "wishes": OnceForm,
    "question": QuestionForm,
    "follow_up": FollowUpForm,
}


def _tone(request: HttpRequest, asked: FamilyRequest) -> Tone:
    chosen = request.GET.get("tone", "")
    return Tone(chosen) if chosen in Tone.values else USUAL.get(asked.channel, Tone.WARM)


def _language(request: HttpRequest) -> str:
    chosen = request.GET.get("in", "")
    return chosen if chosen in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
