"""Numbers for Prometheus: what its own reader reads, about the service as a whole and about nobody."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from prometheus_client.parser import text_string_to_metric_families

from halfdoor.service.core import jobs, metrics
from halfdoor.service.core.health import Found, State, note_copy
from halfdoor.service.core.models import Practice
from halfdoor.service.core.tests.errands import note_down

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def read(path: Path) -> dict[str, float]:
    families = text_string_to_metric_families(path.read_text())
    return {" ".join([one.name, *one.labels.values()]): one.value for family in families for one in family.samples}


def test_what_waits_and_what_is_worst_stands_there_and_no_name_does(tmp_path: Path) -> None:
    practice, path = Practice.objects.create(name="Corner House"), tmp_path / "halfdoor.prom"
    jobs.enqueue(note_down, practice=practice.pk, at=NOON - timedelta(minutes=10), mark="x")
    jobs.enqueue(note_down, practice=practice.pk, at=NOON + timedelta(minutes=10), mark="x")
    note_copy(tmp_path, at=NOON - timedelta(days=1))
    broken = Found("ledger", State.BAD, "Corner House: breaks at line 3")
    found = [Found("ledger", State.WELL, "Attic: 3 lines hold"), broken, Found("clock", State.WELL, "")]
    metrics.write(path, found, at=NOON)
    assert read(path) == {
        "halfdoor_state ledger": 2,
        "halfdoor_state clock": 0,
        "halfdoor_jobs_due": 1,
        "halfdoor_jobs_oldest_seconds": 600,
        "halfdoor_ledger_lines": 0,
        "halfdoor_copied_timestamp_seconds": (NOON - timedelta(days=1)).timestamp(),
        "halfdoor_looked_at_timestamp_seconds": NOON.timestamp(),
    }
    assert "Corner" not in path.read_text()


def test_the_doctor_writes_it_and_says_why_it_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "halfdoor.prom"
    note_copy(tmp_path, at=NOON - timedelta(days=365))
    with pytest.raises(SystemExit):  # that copy is old
        call_command("doctor", prometheus=path)
    assert read(path)["halfdoor_state tables"] == 0
    assert read(path)["halfdoor_state copies"] == 2
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("doctor", prometheus=tmp_path / "nowhere" / "halfdoor.prom")
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(CommandError, match="pip install"):
        call_command("doctor", prometheus=path)
