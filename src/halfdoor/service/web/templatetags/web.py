"""What templates need from Python: menus, days and times as each language writes them, and the words of a decision."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext

from halfdoor.service.web import addresses, decision_words, fields, leaving, menus
from halfdoor.service.web.change_words import change_words
from halfdoor.service.web.due import Due

register = template.Library()

register.filter(decision_words.answer_word)
register.filter(decision_words.answer_headline)
register.filter(decision_words.map_word)
register.filter(decision_words.rule_says)
register.filter(decision_words.first_words)
register.filter(decision_words.said)
register.filter(decision_words.who_word)
register.filter(decision_words.clock)
register.filter(change_words)
register.simple_tag(fields.field)
register.filter(decision_words.confidence_word)
register.filter(decision_words.review_word)
register.filter(decision_words.before_and_after)


@register.simple_tag(takes_context=True)
def leave_to(context: RequestContext) -> str:
    """Where *Leave quickly* goes from this page; nothing where pages are not left so."""
    request = context.get("request")
    space = getattr(getattr(request, "space", None), "name", "")
    return leaving.leave_to(request) if request is not None and space in leaving.SPACES else ""


@register.simple_tag(takes_context=True)
def menu(context: RequestContext, space: str) -> list[tuple[str, str]]:
    """Return (address, words) of the menu of a space for whoever is signed in."""
    return menus.links(space, role=_role(context))


@register.simple_tag(takes_context=True)
def menu_more(context: RequestContext, space: str) -> list[tuple[str, str]]:
    """Return (address, words) of what stands under *More* in the menu of a space for whoever is signed in."""
    return menus.links(space, role=_role(context), more=True)


@register.simple_tag(takes_context=True)
def menu_about(context: RequestContext, space: str, key: UUID) -> list[tuple[str, str]]:
    """Return (address, words) of the menu on the page of somebody, for whoever is signed in."""
    return menus.links(space, role=_role(context), about=key)


@register.simple_tag(takes_context=True)
def called(context: RequestContext, href: str, words: str) -> str:
    """Return what a page is called for whoever reads: as their menu calls it, where it stands there."""
    entries = menus.links(href.strip("/").partition("/")[0], role=_role(context))
    return dict(entries).get(href, words)


@register.filter
def words(text: str) -> list[str]:
    """Split at spaces: a list of codes written in a template."""
    return text.split()


@register.filter
def day(value: date) -> str:
    """Write a day with its weekday: ``Saturday, November 21, 2026``."""
    here = _here(value)
    return _day(here.date() if isinstance(here, datetime) else here, get_language())


@register.filter
def moment(value: datetime) -> str:
    """Write a moment: the day, and the time where the practice is."""
    return _moment(_here(value), get_language())


def _moment(here: datetime, language: str | None) -> str:
    return f"{_day(here.date(), language)}, {_clock(here.hour, here.minute, language)}"


@lru_cache(maxsize=2048)
def _day(value: date, language: str | None) -> str:
    """A day in a language: a list writes the same few again and again, and Django reads the format anew each time."""
    return date_format(value, pgettext("format of a day", "l, F j, Y"))


@lru_cache(maxsize=2048)
def _clock(hour: int, minute: int, language: str | None) -> str:
    return time_format(time(hour, minute), pgettext("format of a time", "g:i a"))


@register.simple_tag(name="day")
def day_element(on: date) -> str:
    """Write a day for people and for machines. A list has one in each line: a component would take far longer."""
    return format_html('<time datetime="{}">{}</time>', f"{_here(on):%Y-%m-%d}", day(on))


@register.simple_tag(name="moment")
def moment_element(at: datetime, *, zone: bool = False) -> str:
    """Write a moment for people and for machines, with its zone where somebody could be elsewhere."""
    known = at.astimezone(UTC) if timezone.is_aware(at) else at
    return _element(known, timezone.get_current_timezone(), get_language(), zone)


@lru_cache(maxsize=4096)
def _element(at: datetime, where: tzinfo, language: str | None, zone: bool) -> str:
    here = at.astimezone(where) if timezone.is_aware(at) else at
    written = f"{_moment(here, language)} {here:%Z}" if zone else _moment(here, language)
    return format_html('<time datetime="{}">{}</time>', f"{here:%Y-%m-%dT%H:%M%z}", written)


@register.simple_tag(name="door")
def door_element(answer: str) -> str:
    """Draw the door of an answer: how far it stands open."""
    return _door(str(answer))


@register.simple_tag(name="answer")
def answer_element(answer: str) -> str:
    """Write an answer with its door. A list has one in each line: a component would take far longer."""
    return _answer(str(answer), get_language())


@register.simple_tag
def due_line(one: Due, today: date) -> str:
    """Write a line of what waits, which leads to where it is done. *Today* has fifty of them."""
    line = '<a class="whole" href="{}">{}</a><p class="soft small">{}</p>'
    if one.due_on is None:
        return format_html(line, one.href, one.words, one.why)
    by = {"day": day(one.due_on)}
    when = gettext("by %(day)s") % by
    if one.due_on < today:
        when = format_html("<strong>{}</strong>", gettext("was due on %(day)s") % by)
    return format_html(line, one.href, one.words, format_html("{} · {}", one.why, when))


@register.simple_tag
def whole_link(page: str, key: UUID, words: str) -> str:
    """Write a link that fills its line, to the page of that name about somebody."""
    return format_html('<a class="whole" href="{}">{}</a>', addresses.of(page, key), words)


@register.simple_tag
def map_cell(cell: Mapping[str, Any], here: str = "") -> str:
    """Write a cell of the sharing map, where it opens as a link. A map has some hundred of them."""
    answer, href = str(cell["disposition"]), cell.get("href")
    inside = format_html('<span class="kind">{}</span>{}', cell["kind"], _on_the_map(answer, get_language()))
    if cell.get("was"):
        was = gettext("now: %(answer)s") % {"answer": decision_words.map_word(cell["was"])}
        inside += format_html('<span class="was">{}</span>', was)
    if not href:
        return format_html('<span class="cell" data-answer="{}">{}</span>', answer, inside)
    opened = ' aria-current="true"' if href == here else ""
    return format_html('<a class="cell" data-answer="{}" href="{}"' + opened + ">{}</a>", answer, href, inside)


@lru_cache(maxsize=256)
def _on_the_map(answer: str, language: str | None) -> str:
    return format_html("{}{}", _door(answer), decision_words.map_word(answer))


@lru_cache(maxsize=64)
def _door(answer: str) -> str:
    return format_html(
        '<svg class="door" width="17" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/img/doors.svg"),
        answer,
    )


@lru_cache(maxsize=256)
def _answer(answer: str, language: str | None) -> str:
    return format_html(
        '<span class="answer" data-answer="{}">{} {}</span>',
        answer,
        _door(answer),
        decision_words.answer_word(answer),
    )


@register.filter
def moment_and_zone(value: datetime) -> str:
    """Write a moment with its zone, where somebody could be elsewhere."""
    return f"{moment(value)} {_here(value):%Z}"


def _role(context: RequestContext) -> str:
    return getattr(getattr(context.get("request"), "user", None), "role", "")


def _here(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
