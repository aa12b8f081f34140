"""
What somebody installs with Halfdoor, and what is known against any of it. Writes docs/assurance anew.

    make advisories

Installs the service into an environment of its own as the operator's handbook says, writes what came with it as a bill
of materials (CycloneDX), and asks the advisories of PyPI, or else of osv.dev, about each. How old each advisory is in
days stands beside it: a critical one is answered by a release within 72 hours, and SECURITY.md has both days.

It needs the network, so it is no part of `make check`. Exit status 1 where something is known, 2 where nobody could be
asked about something: silence is no answer.
"""

import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BILL = ROOT / "docs" / "assurance" / "bill-of-materials.json"
PAGE = ROOT / "docs" / "assurance" / "advisories.md"
LOCK = "requirements.lock"
SERVICES = ("pypi", "osv")
OSV = "https://api.osv.dev/v1/vulns/"


@dataclass(frozen=True)
class Known:
    """What an advisory says of something that is installed."""

    what: str
    advisory: str
    published: date | None
    mended: str

    def age(self, today: date) -> str:
        """Return how many days it has been known."""
        return f"{(today - self.published).days} days" if self.published else "day not known"


@dataclass(frozen=True)
class Answer:
    """What one service said: who was asked about, what is known, and about whom it could not say."""

    service: str
    asked: int
    known: list[Known]
    silent: list[str]


def main() -> int:
    today = datetime.now(tz=UTC).date()
    with tempfile.TemporaryDirectory(prefix="halfdoor-advisories-") as folder:
        python = Path(folder) / "service" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        for what in (["--require-hashes", "-r", LOCK], ["--no-deps", "."]):
            subprocess.run([python, "-m", "pip", "install", "--quiet", *what], check=True, cwd=ROOT)
        write_bill(python)
        packages = next((python.parents[1] / "lib").glob("python3*")) / "site-packages"
        answers = [ask(packages, service) for service in SERVICES]
    answer = min(answers, key=lambda one: len(one.silent))
    PAGE.write_text(page(answer, parts(), today), "utf-8")
    for one in answer.known:
        print(f"{one.what}: {one.advisory}, {one.age(today)}; mended in {one.mended}")
    print(
        f"{len(parts())} parts; {answer.asked} asked about, {len(answer.known)} advisories, {len(answer.silent)} silent"
    )
    return 2 if answer.silent else bool(answer.known)


def write_bill(python: Path) -> None:
    """Write the bill of materials: the same for the same versions, whoever writes it and when."""
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "environment",
        str(python),
        "--pyproject",
        str(ROOT / "pyproject.toml"),
    ]
    subprocess.run([*command, "--output-reproducible", "--of", "JSON", "-o", str(BILL)], check=True)


def parts() -> dict[str, str]:
    """Return name and version of each part on the bill, but for what every environment of Python has."""
    found = json.loads(BILL.read_text("utf-8"))["components"]
    return {one["name"]: one["version"] for one in found if one["name"] not in ("pip", "setuptools")}


def ask(packages: Path, service: str) -> Answer:
    """Ask one service about everything that is installed."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--path",
        str(packages),
        "--format=json",
        f"--vulnerability-service={service}",
    ]
    ran = subprocess.run([*command, "--progress-spinner=off"], capture_output=True, text=True, check=False)
    return heard(service, ran.stdout)


def heard(service: str, words: str) -> Answer:
    """Return what pip-audit said. It calls a part that the service does not know skipped; here that is silence."""
    try:
        said: list[dict[str, Any]] = json.loads(words)["dependencies"]
    except ValueError:  # nobody answered at all
        return Answer(service, 0, [], sorted(parts()))
    said = [one for one in said if one["name"].lower() not in ("halfdoor", "pip", "setuptools")]
    known = [
        Known(
            f"{one['name']} {one['version']}",
            bad["id"],
            published(bad),
            ", ".join(bad["fix_versions"]) or "nothing yet",
        )
        for one in said
        for bad in one.get("vulns", ())
    ]
    silent = sorted(one["name"] for one in said if "skip_reason" in one)
    return Answer(service, len(said) - len(silent), known, silent)


def published(advisory: dict[str, Any]) -> date | None:
    """Return the day on which it was published; none, if nobody says."""
    for name in (advisory["id"], *advisory.get("aliases", ())):
        try:
            with urllib.request.urlopen(OSV + name, timeout=20) as answer:
                return datetime.fromisoformat(json.load(answer)["published"]).date()
        except (urllib.error.URLError, TimeoutError, ValueError, KeyError):
            continue
    return None


def page(answer: Answer, there: dict[str, str], today: date) -> str:
    """Return the page of what was asked, and what was said."""
    lines = [
        "# What is installed, and what is known against it",
        "",
        f"Written by `make advisories` on {today:%-d %B %Y}. What a service installs, by",
        f"[the lock](../../{LOCK}), is on the [bill of materials](bill-of-materials.json): {len(there)} parts.",
        "",
    ]
    if answer.asked:
        who = f"pip-audit asked {answer.service} about {answer.asked} of {len(there)}"
        lines += [f"{who}: {len(answer.known)} advisories."]
    if answer.silent:
        lines += [
            f"**Nobody could be asked about {len(answer.silent)} of them, so this says nothing of those.** Run it",
            "where pypi.org or osv.dev can be reached: before each release, and each day in between.",
        ]
    if answer.known:
        lines += ["", "| what | advisory | published | known for | mended in |", "|---|---|---|---|---|"]
        for one in answer.known:
            day = f"{one.published:%Y-%m-%d}" if one.published else "not known"
            lines.append(f"| {one.what} | {one.advisory} | {day} | {one.age(today)} | {one.mended} |")
    lines += [
        "",
        "How soon a release answered each stands in [SECURITY.md](../../SECURITY.md).",
        "",
        "| part | version |",
        "|---|---|",
    ]
    lines += [f"| {name} | {there[name]} |" for name in sorted(there, key=str.lower)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
