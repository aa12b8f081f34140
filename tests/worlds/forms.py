"""Filling in whatever form stands on a page, as somebody would who chooses anything that is offered."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

WORDS = ("How can I help at home?", "Thank you. That helps.", "Please call me on Tuesday.")
DAYS = ("2026-11-09", "2026-12-01", "2026-10-30")


@dataclass(slots=True)
class Form:
    """A form as it stands on a page: (name, kind, what can be chosen) for each field, in order."""

    action: str
    method: str
    fields: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def filled(self, chance: Random) -> dict[str, list[str]]:
        """Return what is sent when somebody chooses by chance among what is offered."""
        sent: dict[str, list[str]] = {}
        for name, kind, offered in self.fields:
            match kind:
                case "hidden":
                    sent.setdefault(name, []).extend(offered)
                case "checkbox":
                    sent[name] = [one for one in offered if chance.random() < _OFTEN]
                case "radio" | "select" | "submit":
                    sent[name] = [chance.choice([one for one in offered if one] or offered)]
                case "date":
                    sent[name] = [chance.choice(DAYS)]
                case _:
                    sent[name] = [chance.choice(WORDS)]
        return sent


_OFTEN = 0.6
_PUT_TOGETHER = ("radio", "checkbox", "submit")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select: tuple[str, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        match tag:
            case "a":
                self.links.append(said.get("href", ""))
            case "form":
                self._form = Form(said.get("action", ""), said.get("method", "get").lower())
                self.forms.append(self._form)
            case "input" | "textarea" | "button" if self._form and said.get("name"):
                kind = said.get("type", {"button": "submit"}.get(tag, "text"))
                self._put(said["name"], kind, said.get("value", "on" if kind == "checkbox" else ""))
            case "select" if self._form:
                self._select = (said.get("name", ""), "select", [])
                self._form.fields.append(self._select)
            case "option" if self._select:
                self._select[2].append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def _put(self, name: str, kind: str, value: str) -> None:
        assert self._form is not None
        for known, known_kind, offered in self._form.fields:
            if known == name and kind == known_kind and kind in _PUT_TOGETHER:
                offered.append(value)
                return
        self._form.fields.append((name, kind, [value] if value or kind in ("hidden", *_PUT_TOGETHER) else []))


def read(page: str) -> tuple[list[str], list[Form]]:
    """Return the links and the forms of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.links, reader.forms
