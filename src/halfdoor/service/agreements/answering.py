"""
Reading a consent to share and answering it, alike for everybody who is asked: first what it names, then the paper with
just that in it, then a yes or a no to just that paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions, consents
from halfdoor.service.agreements.consents import Terms, terms_of
from halfdoor.service.agreements.forms import TermsForm, WithdrawForm
from halfdoor.service.agreements.models import Proposal
from halfdoor.service.agreements.queries.consents import ConsentPage, shown_with
from halfdoor.service.core import once
from halfdoor.service.documents.choices import LANGUAGES
from halfdoor.service.documents.forms import SignForm
from halfdoor.service.documents.showing import Shown
from halfdoor.service.people.drafts import typed_before
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership

Kept = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked to consent that whom may be told something; with a proposal, at most what that names."""

    giver: Membership
    recipient: Membership
    proposal: Proposal | None = None

    @classmethod
    def by(cls, proposal: Proposal) -> "Asked":
        return cls(giver=proposal.giver, recipient=proposal.recipient, proposal=proposal)


@dataclass(slots=True)
class Answering:
    """One step of it: the forms and the paper as they stand, and whether it was answered just now."""

    asked: Asked
    terms_form: TermsForm
    form: SignForm | None = None
    kept: TermsForm | None = None
    shown: Shown | None = None
    was_answered: bool = False
    consent_id: UUID | None = None


def step(asked: Asked, typed: QueryDict | None, *, kept: Kept, by: Account, at: datetime) -> Answering:
    """
    Return how it stands after what was typed, and take the answer if there is one.

    ``kept`` is what they typed before and did not send: it goes on from there, and is never an answer.
    """
    most = terms_of(asked.proposal) if asked.proposal else None
    today = day_in(asked.giver.young_person.practice, at=at)
    so_far = typed or (MultiValueDict(kept) if "categories" in kept else None)
    now = Answering(asked, TermsForm(so_far, most=most, today=today))
    terms = _terms(now.terms_form, most)
    if terms is None:
        return now
    language = so_far.get("language", "") if so_far else ""
    now.shown = shown_with(
        asked.giver, asked.recipient, terms, language=language if language in LANGUAGES else str(get_language()), at=at
    )
    now.kept = TermsForm(so_far, most=most, today=today, auto_id=False)
    now.form = SignForm(typed if typed and "answer" in typed else None, shown=now.shown, kept=typed_before(kept))
    if now.form.is_bound and now.form.is_valid():
        _answer(now, terms, by=by, at=at)
    return now


def _terms(form: TermsForm, most: Terms | None) -> Terms | None:
    if form.is_bound:
        return form.terms if form.is_valid() else None
    return most


def _answer(now: Answering, terms: Terms, *, by: Account, at: datetime) -> None:
    assert now.form is not None
    assert now.shown is not None
    act = partial(
        consents.give,
        now.asked.giver,
        now.asked.recipient,
        terms,
        shown=now.shown,
        said=now.form.said,
        proposal=now.asked.proposal,
        by=by,
        at=at,
    )
    try:
        given = once.only(act, form=now.form.cleaned_data["once"], practice=by.practice, at=at)
    except (consents.NotTheirsToGive, consents.NotSmaller, consents.EndedBefore) as refusal:
        now.form.add_error(None, str(refusal))
        return
    now.was_answered, now.consent_id = True, given.pk if given else None


@dataclass(slots=True)
class Changing:
    """A consent that may be made smaller or taken back: the forms, and where to go if one of them was done."""

    page: ConsentPage
    narrow_form: TermsForm
    withdraw_form: WithdrawForm
    kept: Mapping[str, Any]
    """What was typed before and not sent."""
    instead: UUID | None = None


def change(page: ConsentPage, typed: QueryDict | None, *, kept: Kept, by: Account, at: datetime) -> Changing:
    """Return how a consent stands after what was typed, and make it smaller or take it back if that was asked."""
    row, do = page.consent.row, typed.get("do", "") if typed else ""
    today = day_in(row.young_person.practice, at=at)
    before = typed_before(kept)
    begun = {"initial": before} if "categories" in before else {}
    narrowing = typed if do == "narrow" else None
    narrow_form = TermsForm(narrowing, most=terms_of(row), today=today, auto_id="narrow_%s", **begun)
    withdraw_form = WithdrawForm(typed if do == "withdraw" else None, initial=before)
    now = Changing(page, narrow_form, withdraw_form, before)
    try:
        if do == "narrow" and narrow_form.is_valid():
            now.instead = consents.narrow(row, narrow_form.terms, by=by, at=at).pk
        elif do == "withdraw" and withdraw_form.is_valid():
            consents.withdraw(row, because=withdraw_form.cleaned_data["because"], by=by, at=at)
            now.instead = row.pk
    except consents.NotSmaller as refusal:
        narrow_form.add_error(None, str(refusal))
    except actions.AlreadyWithdrawn:
        now.instead = row.pk
    return now
