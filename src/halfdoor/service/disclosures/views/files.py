"""An account of what was shared, for whichever door it is asked at."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from halfdoor.service.disclosures.accounting import Accounted, Part, Period
from halfdoor.service.disclosures.accounting_files import FILES, notes_on, rows_of
from halfdoor.service.disclosures.forms import PeriodForm


def asked_for(request: HttpRequest, usual: Period) -> tuple[PeriodForm, Period]:
    """Return the form with the period that is asked for, and the period: the usual one where none makes sense."""
    said = {name: request.GET[name] for name in ("since", "until") if name in request.GET}
    form = PeriodForm(said or {"since": usual.since, "until": usual.until})
    if form.is_valid():
        return form, Period(since=form.cleaned_data["since"], until=form.cleaned_data["until"])
    return form, usual


def asked_part(request: HttpRequest, ending: str) -> Part | None:
    """Return which part of an account a page shows; a file holds all of it."""
    if ending in FILES:
        return None
    try:
        return Part(UUID(request.GET.get("after", "")))
    except ValueError:
        return Part()


def shown(account: Accounted, part: Part | None) -> dict[str, Any]:
    """Return what every page of an account shows of it."""
    return {
        "rows": list(rows_of(account.entries)),
        "notes": notes_on(account),
        "period": account.period,
        "since": account.period.since.isoformat(),
        "until": account.period.until.isoformat(),
        "older": account.older,
        "stamp": account.stamp,
        "is_newest": part == Part(),
    }


def as_file(account: Accounted, ending: str) -> HttpResponse:
    """Return an account as a file of this kind, under a name that says nothing."""
    content_type, made = FILES[ending]
    answer = HttpResponse(made(account), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="list.{ending}"'
    return answer
