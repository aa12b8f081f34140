"""
Scanners that others wrote, against the served demo and against a twin that is wrong on purpose (leaky_twin.py), so that
a silent scanner is noticed. Writes docs/assurance/scanners.md.

    python -m tests.drills.scanners [--only wapiti sqlmap schemathesis] [--seconds 120] [--port 8431]

Each scanner is installed once in an environment of its own under .local/scanners. Whatever is asked is on this machine.
The demo is entered as one invented person after another, a caregiver, a young person and everybody who works there.
"""

import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.drills.leaky_twin import schema
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "assurance" / "scanners.md"
KEPT = ROOT / "build" / "scanners.json"
TWIN = "the twin"
TOOLS = ROOT / ".local" / "scanners"
VERSIONS = {"wapiti": "wapiti3==3.2.3", "sqlmap": "sqlmap==1.10.10", "schemathesis": "schemathesis==4.32.5"}
LOOKED_FOR = "sql,timesql,xss,permanentxss,file,exec,redirect,crlf"
"""What wapiti tries: whatever needs no other machine."""
HEAD = """# Scanners that others wrote

Written by `python -m tests.drills.scanners`. [wapiti](https://wapiti-scanner.github.io) walks and attacks what it
meets, [sqlmap](https://sqlmap.org) puts SQL into what addresses ask, [schemathesis](https://schemathesis.io) asks with
keys and questions that nobody sends. Each looks at the demo as one person of each door, and at a
[twin](../../tests/drills/leaky_twin.py) that is wrong on purpose: whoever finds nothing there is not looking."""
_PERSON = re.compile(r'action="(/demo/sign-in/[^"]+/)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
_LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_ENDS = re.compile(r"sign-out|/demo/|language|leave|/static/")


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in: where they begin, and with which cookies."""

    door: str
    cookie: str


@dataclass(frozen=True)
class Found:
    """What a scanner found, and how much it asked."""

    scanner: str
    where: str
    faults: Sequence[str]
    asked: str


def main() -> None:
    asking = argparse.ArgumentParser(prog="python -m tests.drills.scanners", description=__doc__)
    asking.add_argument("--only", nargs="*", default=list(VERSIONS), choices=list(VERSIONS))
    asking.add_argument("--seconds", type=int, default=120, help="how long one scan may take")
    asking.add_argument("--port", type=int, default=8431, help="of the demo; the twin has the next one")
    how = asking.parse_args()
    with twin(how.port + 1):
        pages = ["/people/?id=1", "/search/?q=x", "/papers/?name=x", "/age/?years=9"]
        for name in how.only:
            keep(scan(name, how.port + 1, Person("/", ""), pages, schema(), how.seconds))
    with demo(how.port):
        for person in people(how.port):
            pages = list(walked(how.port, person))
            described = described_by(pages)
            for name in how.only:
                keep(scan(name, how.port, person, pages, described, how.seconds))
    found = kept()
    silent = {one.scanner for one in found if one.where == TWIN and not one.faults}
    faults = [one for one in found if one.where != TWIN and one.faults]
    print(f"{len(found)} scans; silent: {sorted(silent)}; with faults in the demo: {[vars(one) for one in faults]}")
    sys.exit(bool(silent or faults))


def kept() -> list[Found]:
    """Return what was found by each scanner the last time, wherever it looked."""
    return [Found(**one) for one in json.loads(KEPT.read_text(encoding="utf-8"))] if KEPT.exists() else []


def keep(one: Found) -> None:
    """Keep what was found in place of what was found there before, and write the page anew."""
    others = [other for other in kept() if (other.scanner, other.where) != (one.scanner, one.where)]
    found = sorted([*others, one], key=lambda found: (found.where != TWIN, found.where, found.scanner))
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps([vars(found) for found in found]), encoding="utf-8")
    PAGE.write_text(page(found), encoding="utf-8")


@contextmanager
def twin(port: int) -> Iterator[None]:
    with running([sys.executable, "-m", "tests.drills.leaky_twin", str(port)], port, {}):
        yield


@contextmanager
def demo(port: int) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="halfdoor-scanned-") as folder:
        command = [sys.executable, "-m", "halfdoor.cli", "demo", "--port", str(port)]
        with running(command, port, {"HALFDOOR_DEMO": "1", "HALFDOOR_DATA": folder}):
            yield


@contextmanager
def running(command: Sequence[str], port: int, settings: Mapping[str, str]) -> Iterator[None]:
    """Run a server until the block ends; it answers when the block begins."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, start_new_session=True, **quiet)
    try:
        for _ in range(600):
            try:
                asked(port, "/")
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(30)


def asked(port: int, path: str, *, cookie: str = "", form: Mapping[str, str] | None = None) -> tuple[int, str, Any]:
    """Ask for a page, or send a form; return status, body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("GET" if form is None else "POST", path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace"), answer.headers
    finally:
        connection.close()


def people(port: int) -> Iterator[Person]:
    """Sign in as each person whom the demo offers; one of each door."""
    _, start, headers = asked(port, "/")
    jar = cookies(headers)
    token = (_TOKEN.search(start) or ["", ""])[1]
    doors = set()
    for address in dict.fromkeys(_PERSON.findall(start)):
        form = {"csrfmiddlewaretoken": token}
        status, _, headers = asked(port, address, cookie=jar, form=form)
        door = headers.get("Location", "")
        if status == 302 and door not in doors:
            doors.add(door)
            yield Person(door, cookies(headers, jar))


def cookies(headers: Any, before: str = "") -> str:
    jar = dict(part.split("=", 1) for part in before.split("; ") if part)
    jar |= dict(morsel.partition(";")[0].split("=", 1) for morsel in headers.get_all("Set-Cookie", []))
    return "; ".join(f"{name}={value}" for name, value in jar.items() if value not in ("", '""'))


def walked(port: int, person: Person, most: int = 60) -> Iterator[str]:
    """Follow the links of somebody's own pages; yield each address that answered."""
    waiting, seen = [person.door], set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen or _ENDS.search(path):
            continue
        seen.add(path)
        status, body, headers = asked(port, path, cookie=person.cookie)
        if status in (301, 302):
            waiting.append(headers.get("Location", "").partition("#")[0] or person.door)
        elif status == 200:
            yield path
            links = _LINK.findall(body.replace("&amp;", "&"))
            waiting += [link for link in links if link.startswith((person.door, "/"))]


def described_by(pages: Sequence[str]) -> dict[str, Any]:
    """Describe addresses for a reader of OpenAPI: each with other keys in the place of its own, and other questions."""
    keys = sorted({key for path in pages for key in _KEY.findall(path)})[:40]
    text = {"type": "string", "maxLength": 60}
    key = {"anyOf": [{"enum": keys}, {"type": "string", "format": "uuid"}, text]} if keys else text
    paths: dict[str, Any] = {}
    for page_ in pages:
        path, _, query = page_.partition("?")
        count = len(_KEY.findall(path))
        for number in range(count):
            path = _KEY.sub(f"{{key{number}}}", path, count=1)
        inside = [{"name": f"key{n}", "in": "path", "required": True, "schema": key} for n in range(count)]
        names = {part.partition("=")[0] for part in query.split("&") if part} | {"q", "page"}
        beside = [{"name": name, "in": "query", "schema": text} for name in sorted(names)]
        paths[path] = {"get": {"parameters": inside + beside, "responses": {"200": {"description": "a page"}}}}
    return {"openapi": "3.0.2", "info": {"title": "pages", "version": "1"}, "paths": paths}


def scan(name: str, port: int, person: Person, pages: Sequence[str], described: Any, seconds: int) -> Found:
    """Let one scanner look at the pages of one person."""
    where = f"the demo, {person.door}" if person.cookie else TWIN
    with tempfile.TemporaryDirectory(prefix="halfdoor-scan-") as folder:
        look = {"wapiti": wapiti, "sqlmap": sqlmap, "schemathesis": schemathesis}[name]
        faults, much = look(Path(folder), f"http://127.0.0.1:{port}", person, pages, described, seconds)
    found = Found(name, where, faults, much)
    print(f"{name:13} {where:28} {len(faults)} faults; {much}", flush=True)
    return found


Seen = tuple[Sequence[str], str]


def wapiti(folder: Path, base: str, person: Person, pages: Sequence[str], _described: Any, seconds: int) -> Seen:
    """Let wapiti walk and attack what it meets: forms as well as addresses."""
    report = folder / "report.json"
    chosen = ["-u", base + person.door, "--scope", "domain", "-m", LOOKED_FOR, "-f", "json", "-o", str(report)]
    bounds = ["--max-scan-time", str(seconds), "--max-attack-time", str(seconds // 4), "--max-links-per-page", "60"]
    quiet = ["--no-bugreport", "--flush-session", "-v", "0", "--store-session", str(folder), "-t", "20", "-d", "2"]
    starts = [part for path in pages[:30] for part in ("-s", base + path)]
    kept_out = [part for word in ("sign-out", "language", "leave/") for part in ("-x", f"{base}/*{word}*")]
    as_whom = ["-H", f"Cookie: {person.cookie}"] if person.cookie else []
    called(
        "wapiti", [*chosen, *bounds, *quiet, *starts, *(kept_out if person.cookie else []), *as_whom], seconds * 4 + 60
    )
    if not report.exists():
        return ["stopped before it could report"], "not known"
    told = json.loads(report.read_text(encoding="utf-8"))
    faults = [
        f"{kind}: {one['path']} ({one['parameter']})"
        for group in ("vulnerabilities", "anomalies")
        for kind, ones in told.get(group, {}).items()
        for one in ones
    ]
    return faults, f"{told.get('infos', {}).get('crawled_pages_nbr', 0)} addresses and forms"


def sqlmap(folder: Path, base: str, person: Person, pages: Sequence[str], _described: Any, seconds: int) -> Seen:
    """Let sqlmap put SQL into each question that an address asks."""
    asking = list({path.partition("?")[0]: path for path in pages if "?" in path}.values())
    asking = asking or [f"{path}?q=x" for path in pages[:5]]
    listed = folder / "addresses"
    listed.write_text("\n".join(base + path for path in asking[:12]), encoding="utf-8")
    chosen = ["-m", str(listed), "--batch", "--flush-session", "--output-dir", str(folder), "--timeout", "10"]
    as_whom = ["--cookie", person.cookie] if person.cookie else []
    said = called("sqlmap", [*chosen, "--level", "1", "--disable-coloring", *as_whom], seconds + 120)
    faults = sorted(set(re.findall(r"[Pp]arameter '([^']+)' (?:is vulnerable|appears to be [^\n]*injectable)", said)))
    return [f"SQL by way of {fault}" for fault in faults], f"{len(asking[:12])} addresses with questions"


def schemathesis(folder: Path, base: str, person: Person, _pages: Sequence[str], described: Any, seconds: int) -> Seen:
    """Let schemathesis ask with keys and questions that nobody sends, and look for errors of the server."""
    schema_ = folder / "openapi.json"
    schema_.write_text(json.dumps(described), encoding="utf-8")
    report = folder / "run.json"
    chosen = [
        "run",
        str(schema_),
        "--no-color",
        "--report-json-path",
        str(report),
        "--url",
        base,
        "--checks",
        "not_a_server_error",
        "--phases",
        "fuzzing",
    ]
    bounds = ["--max-examples", "8", "--seed", "1", "--max-failures", "50", "--generation-deterministic"]
    as_whom = ["--header", f"Cookie: {person.cookie}"] if person.cookie else []
    said = called(
        "schemathesis", [*chosen, *bounds, "--no-color", *as_whom, "--report-json-path", str(report)], seconds + 300
    )
    many = re.search(r"(\d+) generated", said)
    if many is None:
        return [f"stopped before it had asked everything: {said[-200:]!r}"], "not known"
    faults = sorted(set(re.findall(r"\[5\d\d\][^\n]*", said)))
    return faults, f"{many[1]} requests to {len(described['paths'])} addresses"


def called(tool: str, arguments: Sequence[str], seconds: int) -> str:
    """Run a scanner in its own environment, at most for so long; return what it says."""
    place = TOOLS / tool
    if not (place / "bin" / tool).exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", VERSIONS[tool]], check=True)
    with tempfile.TemporaryFile("w+") as said:
        running_ = subprocess.Popen([place / "bin" / tool, *arguments], stdout=said, stderr=subprocess.STDOUT)
        try:
            running_.wait(seconds)
        except subprocess.TimeoutExpired:
            running_.kill()
            running_.wait()
        said.seek(0)
        return said.read()


def page(found: Sequence[Found]) -> str:
    """Return the page of what was found."""
    versions = ", ".join(f"`{version}`" for version in VERSIONS.values())
    head = [HEAD, f"wapiti looks for `{LOOKED_FOR}`. Versions: {versions}.", ""]
    head += ["| scanner | where | asked | found | |", "|---|---|---|---|---|"]
    rows = []
    for one in found:
        wanted = bool(one.faults) == (one.where == TWIN)
        said = "; ".join(fault.replace("|", "/")[:80] for fault in one.faults[:6]) or "nothing"
        more = f" and {len(one.faults) - 6} more" if len(one.faults) > 6 else ""
        rows.append(
            f"| {one.scanner} | {one.where} | {one.asked} | {said}{more} | {'met' if wanted else '**missed**'} |"
        )
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    main()
