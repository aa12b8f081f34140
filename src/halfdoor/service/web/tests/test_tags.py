"""What is written by tags because a page has many of them: answers with their doors, cells of the sharing map."""

from datetime import date

from django.template import Context, Template
from django.utils import translation

from halfdoor.service.web.due import Due
from halfdoor.service.web.templatetags import web


def written(source: str, **context: object) -> str:
    return Template("{% load web %}" + source).render(Context(context))


def test_an_answer_is_written_in_the_language_of_the_page_each_time() -> None:
    for language, words in (("en-us", "Ask first"), ("es", "Preguntar antes"), ("en-us", "Ask first")):
        with translation.override(language):
            answer = written('{% answer "ask_first" %}')
            assert answer.endswith(f"</svg> {words}</span>"), answer
            assert answer.startswith('<span class="answer" data-answer="ask_first"><svg class="door"')
            assert written('{% door "ask_first" %}') in answer
            assert written('{% cotton answer is="ask_first" /%}').strip() == answer


def test_a_cell_of_the_map_opens_where_it_has_an_address_and_says_what_holds_now() -> None:
    cell = {"kind": "Risk & danger", "disposition": "withhold", "was": "may_share", "href": "/a/?b=1&c=2#cell"}
    opened = written("{% map_cell cell here %}", cell=cell, here=cell["href"])
    assert opened.startswith('<a class="cell" data-answer="withhold" href="/a/?b=1&amp;c=2#cell" aria-current="true">')
    assert '<span class="kind">Risk &amp; danger</span><svg' in opened
    assert opened.endswith('</svg>closed<span class="was">now: open</span></a>')
    assert "aria-current" not in written("{% map_cell cell here %}", cell=cell, here="/elsewhere/")
    closed = written("{% map_cell cell %}", cell={"kind": "Risk", "disposition": "withhold"})
    assert closed.startswith('<span class="cell" data-answer="withhold"><span class="kind">Risk</span><svg')
    assert closed.endswith("</svg>closed</span>")


def test_a_line_of_what_waits_says_whether_its_day_has_passed_and_takes_nothing_for_html() -> None:
    today = date(2026, 11, 29)
    for language, late, soon in (("en-us", "was due on", "by"), ("es", "vencía el", "a más tardar el")):
        with translation.override(language):
            for on, word in ((date(2026, 11, 28), late), (today, soon), (date(2026, 11, 30), soon)):
                line = written(
                    "{% due_line one today %}", one=Due("/a/?b=1&c=2", "<Amina>", "Not & yet", on), today=today
                )
                assert line.startswith(
                    '<a class="whole" href="/a/?b=1&amp;c=2">&lt;Amina&gt;</a><p class="soft small">'
                )
                assert f"Not &amp; yet · {'<strong>' if on < today else ''}{word} {web.day(on)}" in line
                assert line.endswith("</strong></p>" if on < today else "</p>")
    with_time = written("{% due_line one today %}", one=Due("/a/", "Amina", "Some day"), today=today)
    assert with_time == '<a class="whole" href="/a/">Amina</a><p class="soft small">Some day</p>'
