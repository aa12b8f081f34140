"""A copy as a file, for whichever door it is fetched at."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.gate import NotReleased
from halfdoor.service.records import copying
from halfdoor.service.records.copy_files import FILES


def as_file(member: Any, ending: str, *, by: Account, at: datetime) -> HttpResponse:
    """Return what the gate lets a member of the circle have now, as a file under a name that says nothing."""
    try:
        copied = copying.fetch(member, by=by, at=at)
    except NotReleased as error:
        raise Http404 from error
    content_type, made = FILES[ending]
    answer = HttpResponse(made(copied, by.practice, at=at), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="copy.{ending}"'
    return answer
