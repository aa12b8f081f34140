"""When the database or the journal is away, a page says so, whole, and says nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.doors import words_of

pytestmark = pytest.mark.django_db


def test_a_monitor_hears_that_all_is_well(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"well\n")


@pytest.mark.abuse("F5")
def test_a_monitor_hears_that_the_journal_takes_no_line(client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.HALFDOOR_JOURNAL = tmp_path / "file"
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"not well\n")


@pytest.mark.reliability("R8")
@pytest.mark.abuse("C7")
@pytest.mark.parametrize(("error", "status"), [(OperationalError("Amina"), 503), (ValueError("Amina"), 500)])
def test_what_goes_wrong_is_a_page_without_a_word_of_it(
    error: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr("halfdoor.service.accounts.views.render", fail)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == status
    assert "Amina" not in words_of(answer)
    assert answer.headers["Cache-Control"] == "no-store"
