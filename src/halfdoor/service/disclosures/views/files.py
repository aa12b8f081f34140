"""An account of what was shared, for whichever door it is asked at."""

from django.http import HttpRequest, HttpResponse

from halfdoor.service.disclosures.accounting import Accounted, Period
from halfdoor.service.disclosures.accounting_files import FILES
from halfdoor.service.disclosures.forms import PeriodForm


def asked_for(request: HttpRequest, usual: Period) -> tuple[PeriodForm, Period]:
    """Return the form with the period that is asked for, and the period: the usual one where none makes sense."""
    said = {name: request.GET[name] for name in ("since", "until") if name in request.GET}
    form = PeriodForm(said or {"since": usual.since, "until": usual.until})
    if form.is_valid():
        return form, Period(since=form.cleaned_data["since"], until=form.cleaned_data["until"])
    return form, usual


def as_file(account: Accounted, ending: str) -> HttpResponse:
    """Return an account as a file of this kind, under a name that says nothing."""
    content_type, made = FILES[ending]
    answer = HttpResponse(made(account), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="list.{ending}"'
    return answer
