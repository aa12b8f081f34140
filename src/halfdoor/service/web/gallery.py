"""What stands in the gallery: components in every state, with invented people and a decision of every kind."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator

COMPONENTS = (
    "mark",
    "door",
    "answer",
    "wording",
    "decision",
    "sharing_map",
    "steps",
    "notice",
    "button",
    "field",
    "form",
    "table",
    "listing",
    "empty",
    "pages",
    "onward",
    "person",
    "facts",
    "cite",
    "crumbs",
    "menu",
    "languages",
    "leave",
    "divider",
    "print_header",
    "stamp",
)
"""The components, in the order of the gallery; those that live inside another are shown there."""

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)


class AskingForm(forms.Form):
    """A form with every kind of field."""

    who = forms.ChoiceField(
        label="Who is asking?",
        help_text="The person on the telephone, not the one they speak for.",
        choices=[("david", "David Rees, father"), ("mina", "Mina Rees, mother"), ("else", "Somebody else")],
        widget=forms.RadioSelect,
    )
    about = forms.MultipleChoiceField(
        label="About what?",
        choices=[("progress", "How it is going"), ("times", "Days and times"), ("said", "What is said")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(label="In their own words", widget=forms.Textarea, required=False)
    day = forms.DateField(
        label="When do you call back?", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="How do they ask?", choices=[("call", "By telephone"), ("mail", "By letter")])
    sure = forms.BooleanField(label="I have checked who is calling")


def _map_rows(rows: list[dict[str, str]], kinds: list[str]) -> list[dict[str, Any]]:
    """Give each person's row its cells: ``{kind, disposition, href}``."""
    return [
        {
            **row,
            "cells": [
                {"kind": kind, "disposition": answer, "href": f"#{row['name']}-{kind}"} for kind, answer in pairs
            ],
        }
        for row in rows
        if (pairs := list(zip(kinds, row["answers"].split(), strict=True)))
    ]


def exhibits(page: str | None) -> dict[str, Any]:
    """Return the context of the gallery; ``page`` turns the long list."""
    shown = tomllib.loads((Path(__file__).parent / "gallery.toml").read_text(encoding="utf-8"))
    sharing, wording = shown.pop("map"), shown.pop("wording")
    return {
        "components": [(name, f"web/gallery/{name}.html") for name in COMPONENTS],
        "answers": list(shown),
        "decisions": shown.values(),
        "wording": wording,
        "kinds": sharing["kinds"],
        "rows": _map_rows(sharing["rows"], sharing["kinds"]),
        "at": AT,
        "stamp": "kQ7v+dX2" * 16,
        "on": date(2026, 11, 21),
        "form": AskingForm(initial={"who": "david"}),
        "wrong": AskingForm(
            {"words": "He sounded worried about school.", "day": "soon", "kind": "call"}, auto_id="wrong_%s"
        ),
        "page": Paginator([f"Summary {number}" for number in range(1, 1001)], 5).get_page(page),
        "trail": [("/staff/", "Today"), ("/staff/people/", "Young people"), ("/staff/people/1/", "Amina")],
        "links": [("/staff/", "Today"), ("/gallery/", "Young people"), ("/staff/requests/", "Requests")],
    }
