"""What is typed in tests, as the page of a draft sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from halfdoor.service.notes.models import Draft
from tests.doors import signed_in
from tests.people import Family

CUT = "She told me that she has been cutting her left arm in the bathroom since September."
CALM = "Amina has come to every session and tries things out at home."


def typed(*parts: dict[str, Any], met_on: str = "2026-11-02", **more: Any) -> dict[str, Any]:
    """Return what the page of a draft sends: the session, and these parts."""
    fields: dict[str, Any] = {"met_on": met_on, "kind": "individual", "private": "", "parts": str(len(parts) or 1)}
    for number, part in enumerate(parts):
        whole = {"category": "progress", "said_by": "clinician"} | part
        fields |= {f"part-{number}-{name}": value for name, value in whole.items()}
    return fields | more


def begun(family: Family) -> tuple[Client, Draft]:
    """Let Ruth begin to write after a session with Amina."""
    client = signed_in(family.ruth)
    client.post(reverse("notes:begin", args=[family.amina.pk]))
    return client, Draft.objects.get(author=family.ruth, corrects=None)


def looked_at(client: Client, draft: Draft, fields: dict[str, Any]) -> Any:
    """Send what was typed on to the page that shows what each person would get, and return that page."""
    sent = client.post(reverse("notes:draft", args=[draft.pk]), fields | {"do": "see"})
    assert sent.status_code == 302, sent.content.decode()
    return client.get(sent.url)


def shared(client: Client, draft: Draft, fields: dict[str, Any], **more: Any) -> Any:
    """Look at what each person would get, and share it."""
    page = looked_at(client, draft, fields)
    seen = page.context["preview"].fingerprint
    return client.post(reverse("notes:what_they_see", args=[draft.pk]), {"seen": seen} | more)
