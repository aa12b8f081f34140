"""A decision in words that somebody on the telephone can use."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from halfdoor.service.web import decision_words, pack_words
from halfdoor.service.web.change_words import change_words

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ({"within": "PT36H", "from": "report_made", "unit": ""}, "Within 36 hours after the report"),
        ({"within": "P1D", "from": "shared", "unit": "working"}, "Within 1 working day after it was shared"),
        (
            {"within": "P30D", "from": "request_received", "unit": "calendar"},
            "Within 30 days after the request came in",
        ),
        ({"within": "P6M", "from": "care_ended", "unit": "calendar"}, "Within 6 months after care ended"),
    ],
)
def test_a_clock_says_how_long_and_from_when(due, words):
    assert decision_words.clock(due) == words


def test_what_would_change_the_answer_is_something_that_can_happen():
    change = {"facts": {"client.wish": "agrees", "recipient.identity": "verified"}, "disposition": "may_share"}
    assert change_words(change) == "If the young person agrees and we have verified who they are:"


def test_a_rule_without_review_says_so():
    assert decision_words.review_word("no") == "not yet reviewed"
    assert decision_words.review_word("Dr R. Okafor") == "reviewed: Dr R. Okafor"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-us", "Saturday, November 21, 2026, 2:30 p.m. GMT"),
        ("en-gb", "Saturday 21 November 2026, 14:30 GMT"),
        ("es", "sábado 21 de noviembre de 2026, 14:30 GMT"),
        ("cy", "Dydd Sadwrn 21 Tachwedd 2026, 14:30 GMT"),
    ],
)
def test_a_moment_carries_its_weekday_and_its_zone(language, words):
    with translation.override(language), timezone.override("Europe/London"):
        shown = Template("{% load web %}{{ at|moment_and_zone }}").render(Context({"at": AT}))
    assert shown == words


@pytest.mark.parametrize(
    ("zone", "language", "element"),
    [
        ("Europe/London", "en-us", '2026-11-21T14:30+0000">Saturday, November 21, 2026, 2:30 p.m.'),
        ("Europe/London", "en-gb", '2026-11-21T14:30+0000">Saturday 21 November 2026, 14:30'),
        ("America/New_York", "en-us", '2026-11-21T09:30-0500">Saturday, November 21, 2026, 9:30 a.m.'),
    ],
)
def test_a_moment_in_a_list_is_that_of_the_place_whoever_looked_before(zone, language, element):
    template = Template("{% load web %}{% moment at %}{% moment at zone=True %}{% day on %}")
    for first in ("Asia/Tokyo", zone):
        with translation.override(language), timezone.override(first):
            shown = template.render(Context({"at": AT, "on": AT}))
    name = "GMT" if zone == "Europe/London" else "EST"
    assert shown.startswith(f'<time datetime="{element}</time><time datetime="{element} {name}</time>')
    assert '<time datetime="2026-11-21">' in shown


def test_an_hour_that_comes_twice_is_told_apart():
    template, first = Template("{% load web %}{% moment at zone=True %}"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with timezone.override("Europe/London"):
        shown = [template.render(Context({"at": first + timedelta(hours=hours)})) for hours in (0, 1)]
    assert [one[-11:] for one in shown] == [" BST</time>", " GMT</time>"]
    assert ["01:30+0100" in shown[0], "01:30+0000" in shown[1]] == [True, True]


def test_a_day_needs_no_clock():
    assert (
        Template("{% load web %}{{ on|day }}").render(Context({"on": date(2026, 11, 21)}))
        == "Saturday, November 21, 2026"
    )


def test_a_translation_of_words_that_have_changed_is_not_used(tmp_path, monkeypatch):
    (tmp_path / "ethics/words").mkdir(parents=True)
    of = pack_words.fingerprint("What is said stays here.")
    (tmp_path / "ethics/words/es.toml").write_text(
        f'"ethics.stays" = {{ of = "{of}", says = "Lo que se dice se queda aquí." }}'
    )
    monkeypatch.setattr(pack_words, "files", lambda package: tmp_path)
    pack_words._words.cache_clear()
    with translation.override("es"):
        assert pack_words.sentence("ethics.stays", "What is said stays here.") == "Lo que se dice se queda aquí."
        assert pack_words.sentence("ethics.stays", "What is said may go.") == "What is said may go."
    pack_words._words.cache_clear()
