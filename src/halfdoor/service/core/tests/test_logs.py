"""A log says what happened and where, and never what somebody said."""

import json
import logging
import sys

import pytest

from halfdoor.service.core.logs import formatter


def logged(message: str, *filled_in: object, **more: object) -> dict[str, str]:
    record = logging.getLogger("halfdoor").makeRecord("halfdoor", logging.ERROR, __file__, 1, message, filled_in, None)
    vars(record).update(more)
    line: dict[str, str] = json.loads(formatter().format(record))
    return line


@pytest.mark.abuse("D7")
def test_an_error_is_named_without_its_words() -> None:
    try:
        raise LookupError("Amina said: I told her about the river")
    except LookupError:
        line = logged("Internal Server Error", exc_info=sys.exc_info())
    assert line["error"] == "LookupError"
    assert line["where"].startswith(__file__)
    assert "river" not in json.dumps(line)


def test_only_named_fields_get_through() -> None:
    line = logged("answered", practice="7", words="I told her about the river")
    assert set(line) == {"event", "level", "timestamp", "practice"}


@pytest.mark.abuse("D7")
def test_what_others_fill_into_their_words_is_left_out() -> None:
    assert logged("moved from %s", "/staff/Amina Khan/")["event"] == "moved from %s"
    line = logged("%s: %s", "Not Found", "/staff/Amina Khan/", status_code=404)
    assert (line["event"], line["status"]) == ("answered", 404)
    assert "Amina" not in json.dumps(line)
