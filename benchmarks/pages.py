"""
Every page at scale, on SQLite and on PostgreSQL: a practice of 500 families, with 10,000 rows in the longest list of
each kind, and the time and queries of each page that one comes to by following links.

Run it with `python -m benchmarks.pages [sqlite|postgres ...]`. Families come in by the product's own import
(`people.admitting_many`); lines of the ledger by its own `ledger.write_all`, with what they oblige to, looks and
requests as the rows that `looking.looked` and `requests.receive` write, their lines of the chain by `chain.extend`.
Times are medians of several runs, in milliseconds, of the whole answer with its templates; pages that are over a target
are named at the end. Beside it stands the least of those runs in milliseconds of the processor, whose mean over the
pages that `benchmarks.load` asks for, as often as it does, says how many pages a core can make.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.gate_list import _fill, _fresh, batched, count_rows

FAMILIES = 500
LONG = 10_000
A_PAGE = 20
RUNS = 5
MOST_MS, MOST_QUERIES = 200.0, 20
FILES = ("pdf", "csv", "letter", "sheet", "download", "certificate")
DAILY = ("portals:young_person", "portals:child", "portals:map")
OFTEN = 6
"""How often a first page, a young person's page or a child's is asked for, for each time that another page is."""


def main() -> None:
    databases = sys.argv[1:] or ["sqlite", "postgres"]
    if len(databases) > 1:  # Django is set up once a process
        for database in databases:
            subprocess.run([sys.executable, "-m", "benchmarks.pages", database], check=True)
    else:
        with tempfile.TemporaryDirectory(prefix="halfdoor-bench-") as folder, _fresh(databases[0], Path(folder)):
            measure(databases[0])


def measure(database: str) -> None:
    """Build the practice in a fresh database, open every page, and print what it took."""
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    started = perf_counter()
    family = build()
    count_rows()
    print(f"{database}: {FAMILIES} families, {LONG:,} rows a list, built in {perf_counter() - started:.0f} s")
    readers = {"staff": family.ruth, "family": family.sara.person.account, "me": family.amina.person.account}
    made = [one for door, reader in readers.items() for one in _report(door, reader)]
    print(f"  over a target: {', '.join(one.name for one in made if one.missed) or 'nothing'}")
    asked = [(one.processor_ms, one.often) for one in made if not any(word in one.name for word in FILES)]
    mean = sum(ms * often for ms, often in asked) / sum(often for _, often in asked)
    print(f"  the mean page takes {mean:.1f} ms of the processor", flush=True)


def build():
    """Return Amina's family in a practice of many, with long lists about her."""
    from halfdoor.service.core import keys
    from tests.people import amina_and_her_family

    with keys.ring():
        family = amina_and_her_family()
        _admit(family)
        _fill(family, range(LONG), noted=LONG)
        _ask(family)
        _tell(family)
        _look(family)
        _report_incidents(family)
    return family


def _admit(family) -> None:
    """Admit the other families as the import of a file does, Ruth being the therapist of all."""
    from halfdoor.service.people import admitting_many
    from halfdoor.service.people.admitting_many import Known
    from halfdoor.service.people.choices import Identity, LegalBasis, Level, Relation, Setting
    from halfdoor.service.people.sheets import Entry
    from tests.people import EARLIER

    began = EARLIER.date()
    entries = []
    for number in range(FAMILIES):
        child = {
            "young_person": f"Child {number:04}",
            "young_person_id": f"c{number}",
            "born_on": date(2008 + number % 9, 1 + number % 12, 1 + number % 28),
            "care_began_on": began,
            "setting": Setting.OUTPATIENT,
            "legal_basis": LegalBasis.PARENT_CONSENT,
            "since_on": began,
            "authority_from": began,
        }
        for who, relation, level in (
            (("Parent", f"p{number}"), Relation.PARENT, Level.SHARED),
            (("Ruth", "ruth"), Relation.THERAPIST, Level.NONE),
        ):
            more = {"person": who[0], "person_id": who[1], "relation": relation, "authority": level}
            entries.append(Entry(line=number, **child, **more, identity=Identity.VERIFIED))
    known = Known({}, {}, {"ruth": family.ruth}, {"ruth": family.therapist.person})
    for batch in admitting_many.batches(entries):
        _in_one(lambda batch=batch: admitting_many.admit(batch, known, by=family.ruth, at=EARLIER))


def _in_one(act) -> None:
    from django.db import transaction

    with transaction.atomic():
        act()


def _ask(family) -> None:
    """Let Sara and Tom have asked, most of it answered: one request by the actions, the others as its rows."""
    from halfdoor.service.requests import actions
    from halfdoor.service.requests.actions import Asked, Told
    from halfdoor.service.requests.models import Answer, FamilyRequest, Step, Unanswered
    from halfdoor.service.requests.words import Channel
    from tests.people import NOON

    asked = Asked(category="session_content", channel=Channel.PORTAL, motive="How is she?")
    account = family.sara.person.account
    first = actions.receive(family.amina, asked, asked_by=family.sara, by=account, at=NOON)
    told = Told(look_again_on=NOON.date() + timedelta(days=90), alternatives=("family_session",))
    actions.keep_closed(first, told, by=family.ruth, at=NOON)
    answer, steps = Answer.objects.get(request=first), list(Step.objects.filter(request=first))
    for numbers in batched(range(LONG), 2000):
        rows: dict[type, list[object]] = {FamilyRequest: [], Step: [], Answer: [], Unanswered: []}
        for number in numbers:
            earlier = timedelta(minutes=number + 1)
            request = _copy(first, received_at=first.received_at - earlier)
            rows[FamilyRequest].append(request)
            rows[Step] += [_copy(step, request=request, taken_at=step.taken_at - earlier) for step in steps]
            if number % 100:
                rows[Answer].append(_copy(answer, request=request, answered_at=answer.answered_at - earlier))
            else:
                rows[Unanswered].append(Unanswered(practice=family.practice, request=request))
        for kind, made in rows.items():
            kind._default_manager.bulk_create(made, batch_size=1000)


def _copy(row, **other):
    """Return a row that is not on record yet, like another but for some values."""
    from uuid import uuid4

    from halfdoor.service.core.sealing import Sealed

    known = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for name, value in other.items():
        known[f"{name}_id" if hasattr(value, "pk") else name] = value.pk if hasattr(value, "pk") else value
    copy = type(row)(**{**known, "id": uuid4()})
    for kind in type(row).__mro__:
        for name in (name for name, one in vars(kind).items() if isinstance(one, Sealed)):
            setattr(copy, name, "As it was said.")  # what is sealed is bound to its row
    return copy


def _tell(family) -> None:
    """Write lines of the ledger as the gate does when something is told."""
    from halfdoor.disclosure.obligations import CODES
    from halfdoor.service.disclosures import gate, obliging, on_record
    from halfdoor.service.disclosures.choices import LineKind
    from halfdoor.service.disclosures.gate import usual_question
    from halfdoor.service.disclosures.ledger import Hearing, Judged, write_all
    from halfdoor.service.disclosures.maps import local
    from tests.people import NOON

    assert gate, "the gate and its rooms are set up first"
    found = on_record.of(family.amina, at=local(family.practice, at=NOON))
    situation = found.dossier.of_question(usual_question(family.sara, "attendance"))
    judged = Judged(situation, found.judge.decide(situation))
    told = {"young_person": family.amina, "member": family.sara, "judge": found.judge, "by": family.ruth}

    def once(numbers) -> None:  # so many kinds of things on one page, and a page an hour
        hearing = Hearing(**told, at=NOON - timedelta(hours=numbers[0] // A_PAGE))
        lines = write_all(hearing, LineKind.RELEASE, [[judged] for _ in numbers])
        obliging.bind(dict.fromkeys(lines, judged.decision), done=CODES, by_writing=True, since={})

    for numbers in batched(range(LONG), A_PAGE):
        _in_one(lambda numbers=numbers: once(numbers))


def _look(family) -> None:
    """Let Ruth have opened her page."""
    from halfdoor.service.core import chain
    from halfdoor.service.disclosures.models import Look
    from tests.people import NOON

    page, whose = "portals:young_person", str(family.amina.pk)
    body = {"kind": "disclosures.looked", "young_person": whose, "page": page, "by": str(family.ruth.pk)}
    about = {"practice": family.practice, "young_person": family.amina, "page": page, "by": family.ruth}

    def once(numbers) -> None:
        entries = chain.extend(family.practice, [body] * len(numbers), at=NOON)
        days = (NOON - timedelta(days=number // 10) for number in numbers)
        Look.objects.bulk_create(Look(entry=entry, at=at, **about) for entry, at in zip(entries, days, strict=True))

    for numbers in batched(range(LONG), 1000):
        _in_one(lambda numbers=numbers: once(numbers))


def _report_incidents(family) -> None:
    """Let incidents be reported: one by the action, the others as its row, all but a few closed."""
    from halfdoor.service.safeguarding import actions
    from halfdoor.service.safeguarding.actions import Noticed
    from halfdoor.service.safeguarding.choices import Done, Kind
    from halfdoor.service.safeguarding.models import Incident, IncidentStep, Unclosed
    from tests.people import NOON

    lost = Noticed(Kind.LOST, "A page lay open.", happened_on=NOON.date(), known_at=NOON)
    first = actions.report(family.amina, lost, by=family.ruth, at=NOON)
    for numbers in batched(range(LONG), 1000):
        made = [_copy(first, known_at=first.known_at - timedelta(minutes=number)) for number in numbers]
        Incident.objects.bulk_create(made)
        whose = {"practice": family.practice, "young_person": family.amina, "done": Done.CLOSED}
        closed = {"done_at": NOON, "done_by": family.ruth}
        IncidentStep.objects.bulk_create(IncidentStep(incident=one, **whose, **closed) for one in made[5:])
        Unclosed.objects.bulk_create(Unclosed(practice=family.practice, incident=one) for one in made[:5])


@dataclass(frozen=True, slots=True)
class Made:
    """A page: whether it is over a target, what it takes of the processor, and how often it is asked for."""

    name: str
    missed: bool
    processor_ms: float
    often: int


def _report(door: str, reader) -> list[Made]:
    """Walk behind a door, and print and return each page."""
    import time_machine

    from halfdoor.service.portals.tests.test_queries import walk
    from tests.doors import signed_in
    from tests.people import NOON
    from tests.reads import opened

    made = []
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        client = signed_in(reader)
        pages = walk(client, door)
        first = next(iter(pages))
        for name, cost in sorted(pages.items(), key=lambda one: one[0]):
            taken, worked, found = [], [], cost
            for _ in range(RUNS):
                started, began = perf_counter(), process_time()
                found, _page = opened(client, cost.address)
                taken.append((perf_counter() - started) * 1000)
                worked.append((process_time() - began) * 1000)
            over = median(taken) > MOST_MS or found.read > MOST_QUERIES
            often = 1 + OFTEN * (name == first or name in DAILY)
            made.append(Made(name, over, min(worked), often))
            counts, verdict = f"{found.read:4} + {found.written:<3}", "   MISSED" if over else ""
            print(f"  {door:7}{name:42}{counts}{median(taken):8.0f} ms{min(worked):7.1f}{verdict}", flush=True)
    return made


if __name__ == "__main__":
    main()
