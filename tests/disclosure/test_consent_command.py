"""The command that completes a situation from FHIR consents, run as people run it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from halfdoor.service.interop.tests.papers import SARA, TOM, Json, actor, paper, permit, provision, relative

ASKED = {
    "at": "2026-11-02T12:00:00+00:00",
    "client": {"age": 15, "status": "minor"},
    "recipient": {"relation": "parent", "authority": "full", "identity": "verified"},
    "information": {"category": "session_content"},
    "purpose": "support",
}
CONTENT = permit(kinds=("session_content",))


def halfdoor(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "halfdoor.cli", *arguments], input=stdin, capture_output=True, check=False
    )


class Desk:
    """A folder with papers and a question in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, what: object) -> str:
        path = self.folder / name
        path.write_text(what if isinstance(what, str) else json.dumps(what), "utf-8")
        return str(path)

    def ask(self, *papers: Json, asked: Any = ASKED, who: str = SARA) -> subprocess.CompletedProcess[bytes]:
        names = [self.put(f"{number}.json", one) for number, one in enumerate(papers)]
        known = ["--recipient", who] if who else []
        return halfdoor("consent", *names, self.put("asked.json", asked), *known)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_amina_signed_changes_the_answer(desk: Desk) -> None:
    """In one line that the judgement takes: her mother is told, where before Amina was to be asked."""
    done = desk.ask(paper(CONTENT))
    assert done.returncode == 0
    completed = json.loads(done.stdout)
    assert completed == ASKED | {"agreements": {"authorization": "covers", "authorization_by": "client"}}
    assert len(done.stdout.splitlines()) == 1
    before = json.loads(halfdoor("decide", "-", stdin=json.dumps(ASKED).encode()).stdout)
    after = json.loads(halfdoor("decide", "-", stdin=done.stdout).stdout)
    assert (before["disposition"], after["disposition"]) == ("ask_first", "may_share")


def test_her_denial_is_her_wish_and_closes(desk: Desk) -> None:
    done = desk.ask(paper(CONTENT), paper(provision("deny", actor=[actor(SARA)])))
    completed = json.loads(done.stdout)
    assert completed["agreements"] == {"authorization": "does_not_cover", "authorization_by": "none"}
    assert completed["client"]["wish"] == "objects"
    assert b"1.json: Consent.provision: denied" in done.stderr
    assert json.loads(halfdoor("decide", "-", stdin=done.stdout).stdout)["disposition"] == "withhold"


def test_without_saying_who_asks_nobody_is_covered(desk: Desk) -> None:
    assert json.loads(desk.ask(paper(CONTENT), who="").stdout)["agreements"]["authorization"] == "does_not_cover"


def test_what_is_refused_is_named_line_by_line(desk: Desk) -> None:
    done = desk.ask(paper(CONTENT, status="draft", modifierExtension=[]))
    assert done.returncode == 2
    said = done.stderr.decode().splitlines()
    assert [line.partition("0.json: ")[2].partition(": ")[0] for line in said] == [
        "Consent.modifierExtension",
        "Consent.status",
    ]
    assert json.loads(done.stdout)["agreements"]["authorization"] == "none"


def test_a_part_that_is_refused_is_named_and_is_no_error(desk: Desk) -> None:
    done = desk.ask(paper(CONTENT | {"dataPeriod": {"start": "2026"}}))
    assert done.returncode == 0
    assert b"Consent.provision.dataPeriod: refused: a situation does not show" in done.stderr
    assert json.loads(done.stdout)["agreements"]["authorization"] == "does_not_cover"


def test_a_bundle_brings_her_mother_along(desk: Desk) -> None:
    signed = paper(permit(to=TOM, kinds=("session_content",)), performer=[{"reference": SARA}])
    bundle: Json = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": signed}, {"resource": dict(relative(SARA, "MTH").values)}],
    }
    bundle["entry"] += [{"fullUrl": "urn:uuid:1", "resource": paper(status="draft")}]
    done = desk.ask(bundle, who=TOM)
    assert done.returncode == 2
    assert b"0.json#Bundle.entry[2]: Consent.status" in done.stderr
    bundle["entry"].pop()
    done = desk.ask(bundle, who=TOM)
    assert json.loads(done.stdout)["agreements"] == {"authorization": "covers", "authorization_by": "parent"}
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("own", "stands"),
    [
        ({"authorization": "withdrawn", "authorization_by": "client"}, "withdrawn"),
        ({"authorization": "none"}, "covers"),
    ],
)
def test_what_the_situation_says_itself_stands_where_it_is_less_open(desk: Desk, own: Json, stands: str) -> None:
    done = desk.ask(paper(CONTENT), asked=ASKED | {"agreements": own})
    assert json.loads(done.stdout)["agreements"]["authorization"] == stands


def test_a_denial_stands_over_an_authorization_that_the_situation_brings(desk: Desk) -> None:
    own = ASKED | {"agreements": {"authorization": "covers", "authorization_by": "parent", "other_parent": "agrees"}}
    assert json.loads(desk.ask(paper(provision("deny")), asked=own).stdout)["agreements"] == {
        "authorization": "does_not_cover",
        "authorization_by": "none",
        "other_parent": "agrees",
    }
    assert json.loads(desk.ask(paper(permit(to=TOM)), asked=own).stdout)["agreements"] == own["agreements"]


@pytest.mark.parametrize(
    "papers",
    [
        ["not json"],
        [{"resourceType": "Patient"}, {"resourceType": "Secret"}],
        [paper(), paper(patient={"reference": "Patient/ben"})],
        [paper(patient=...)],
        ['{"resourceType": "Consent", "status": "active", "status": "draft"}'],
        [{"resourceType": "Bundle", "entry": [None]}],
    ],
    ids=["no JSON", "something else", "two young people", "nobody's", "said twice", "an empty bundle"],
)
def test_where_something_cannot_be_read_nothing_is_answered(desk: Desk, papers: list[Any]) -> None:
    done = desk.ask(paper(CONTENT), *papers)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_it_needs_no_django(desk: Desk) -> None:
    names = [desk.put("one.json", paper(CONTENT)), desk.put("asked.json", ASKED)]
    code = (
        "import sys; from halfdoor.cli import main; sys.modules['django'] = None;"
        f" sys.exit(main(['consent', *{names!r}, '--recipient', {SARA!r}]))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_other_commands_do_not_load_it() -> None:
    code = "import sys; from halfdoor.cli import main; main(['facts']); sys.exit('halfdoor.service' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
