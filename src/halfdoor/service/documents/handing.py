"""Handing a sealed file to a browser. Its name says nothing."""

from datetime import datetime

from django.http import HttpResponse

from halfdoor.service.accounts.models import Account
from halfdoor.service.documents import actions
from halfdoor.service.documents.models import File


def handed_out(file: File, *, to: Account, at: datetime) -> HttpResponse:
    """Return the file to whoever found it, and write down that they took it."""
    return as_download(actions.note_fetched(file, by=to, at=at), "application/pdf", "paper.pdf")


def as_download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
