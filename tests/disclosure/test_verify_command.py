"""`halfdoor verify`: what it says of a file that is as it was sealed, and of one that is not."""

from pathlib import Path

import pytest

from halfdoor.cli import main
from halfdoor.service.documents.tests.test_seals import WORDS, a_file
from tests.people import practice


def test_the_command_says_what_it_checked(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    content = a_file(practice())
    good, bad = tmp_path / "paper.pdf", tmp_path / "other.pdf"
    good.write_bytes(content)
    bad.write_bytes(content.replace(b"/Type", b"/Typo", 1))
    assert main(["verify", str(good), "--words"]) == 0
    said = capsys.readouterr().out
    assert "yes  the file is as it was sealed, to the byte" in said
    assert "Halfdoor House" in said
    assert WORDS in said
    assert main(["verify", str(bad)]) == 1
    assert "NOT AS IT WAS SEALED" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "nowhere.pdf")]) == 2
