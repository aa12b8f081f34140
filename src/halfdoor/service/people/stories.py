"""A circle of care as it stands, and how each thing in it came to be on record: read by whoever keeps the circle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import facts, queries
from halfdoor.service.people.choices import Identity, LegalBasis, Level, Relation
from halfdoor.service.people.models import (
    DATED_FACTS,
    Authority,
    BirthdayCorrection,
    CareRole,
    CareStatus,
    CircleEvent,
    CompetenceAssessment,
    CourtLimit,
    CourtLimitReview,
    DatedFact,
    EpisodeTerms,
    IdentityCheck,
    Involvement,
    Membership,
    Standing,
    Suspicion,
    YoungPerson,
)
from halfdoor.service.people.settings_of_care import missing_from

WORDS: Mapping[type[DatedFact], Promise] = {
    Authority: gettext_lazy("Authority"),
    IdentityCheck: gettext_lazy("Identity"),
    CourtLimit: gettext_lazy("Limit by a court"),
    Suspicion: gettext_lazy("Suspicion of harm"),
    CareRole: gettext_lazy("Part in the care"),
    CompetenceAssessment: gettext_lazy("Competence to decide"),
    Standing: gettext_lazy("Standing before the law"),
    CareStatus: gettext_lazy("Looked after"),
    EpisodeTerms: gettext_lazy("What the care rests on"),
}
"""What each kind of fact is called on a page."""

COLUMNS: Mapping[str, Promise] = {
    "level": gettext_lazy("Authority"),
    "outcome": gettext_lazy("Outcome"),
    "limit": gettext_lazy("What the order says"),
    "suspected": gettext_lazy("Suspected of harm"),
    "involved_in_care": gettext_lazy("Takes part in the care"),
    "needs_it_for_role": gettext_lazy("Needs what is known for their work"),
    "category": gettext_lazy("About what"),
    "status": gettext_lazy("Standing before the law"),
    "looked_after": gettext_lazy("Looked after"),
    "placed_by": gettext_lazy("Placed by"),
    "legal_basis": gettext_lazy("How it was agreed"),
    "wants_parent_as_representative": gettext_lazy("The young person wants a parent to stand for them"),
    "substance_use_programme": gettext_lazy("Care in a program for substance use"),
    "paid_privately_in_full": gettext_lazy("Paid for privately, in full"),
}

NOT_FOR_THE_OFFICE: frozenset[type[DatedFact]] = frozenset({Suspicion, CompetenceAssessment})
"""Clinical, and read by clinicians of the circle alone."""

_CATEGORIES: dict[str, Promise | str] = {}


def name_categories(words: Mapping[str, Promise | str]) -> None:
    """Let the room that knows the kinds of information say what they are called. Called when the service starts."""
    _CATEGORIES.update(words)


def categories() -> list[tuple[str, Promise | str]]:
    """Return the kinds of information a young person can be found able to decide about, with "any" first."""
    return [("", gettext_lazy("anything")), *_CATEGORIES.items()]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on record: from which day, what, until when, how it was shown, where the paper is, by whom and when."""

    on: date
    title: str
    says: str
    until: date | None
    evidence: str
    document: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody in the circle as they stand today. ``rests_on`` is the newest entry of their authority."""

    pk: UUID
    name: str
    relation: str
    authority: str
    rests_on: Entry | None
    identity: str
    checked: Entry | None
    part: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CirclePage:
    """A young person's circle as it stands, what is on record about themselves, and who is usually there and is not."""

    young_person: YoungPerson
    own_place: UUID
    today: date
    age: str
    setting: str
    basis: str
    members: tuple[MemberLine, ...]
    about: tuple[Entry, ...]
    missing: tuple[tuple[str, str], ...]


def circle_page(young_person: YoungPerson, *, reader: Account, at: datetime) -> CirclePage:
    """Return the circle to whoever keeps it. For whoever got ``queries.kept_young_person``."""
    circle, members = facts.load(young_person, at=at), queries.kept_circle(young_person, reader=reader)
    newest = _newest(young_person, (Authority, IdentityCheck), today=circle.today)
    episode, age = circle.current_episode, circle.of_young_person("").get("age")
    basis = str(circle.of_episode(episode.pk).get("legal_basis", LegalBasis.UNKNOWN)) if episode else ""
    relations = {str(member.relation) for member in members}
    setting = str(episode.setting if episode else young_person.practice.setting)
    return CirclePage(
        young_person=young_person,
        own_place=next(member.pk for member in members if member.relation == Relation.SELF),
        today=circle.today,
        age=str(age) if age is not None else _("not known"),
        setting=str(episode.get_setting_display()) if episode else _("not known"),
        basis=str(LegalBasis(basis).label) if basis else _("not known"),
        members=tuple(
            _line(one, circle.of_member(one), newest, reader=reader) for one in members if one.relation != Relation.SELF
        ),
        about=tuple(_about(young_person, reader=reader)),
        missing=tuple((str(one), str(one.label)) for one in missing_from(relations, setting)),
    )


def story_of(member: Membership, *, reader: Account) -> list[Entry]:
    """Return all that is on record about a member, the newest day first, to whoever keeps the circle."""
    kinds = [kind for kind in DATED_FACTS if kind.SUBJECT == "membership" and may_read(kind, reader=reader)]
    entries = [entry for kind in kinds for entry in _entries(kind, membership=member)]
    entries += _reviews(member)
    if reader.role != Role.OFFICE:
        entries += _parts(member)
    return sorted(entries, key=lambda entry: (entry.on, entry.at), reverse=True)


def may_read(kind: type[DatedFact], *, reader: Account) -> bool:
    """Whether a kind of fact is this reader's to see and to record, in a circle they keep."""
    return reader.role != Role.OFFICE or kind not in NOT_FOR_THE_OFFICE


def in_words(row: DatedFact) -> str:
    """Return what a fact says, as a reader finds it."""
    first, *others = row.FACTS.values()
    told = [name for name in others if len(others) == 1 or getattr(row, name) not in ("no", "unknown")]
    named = [f"{COLUMNS[column]}: {_label(row, column)}" for column in (first, *told)]
    says = "; ".join(named) if told else _label(row, first)
    if not row.SCOPE:
        return says
    about = getattr(row, row.SCOPE)
    return f"{says}: {_CATEGORIES.get(about, about) if about else _('anything')}"


def _label(row: DatedFact, column: str) -> str:
    field = row._meta.get_field(column)
    return str(dict(getattr(field, "flatchoices", ())).get(getattr(row, column), getattr(row, column)))


def _about(young_person: YoungPerson, *, reader: Account) -> list[Entry]:
    """What is on record about the young person and their episodes, and what happened around them."""
    entries: list[Entry] = []
    for kind in DATED_FACTS:
        if kind.SUBJECT != "membership" and may_read(kind, reader=reader):
            whose = "young_person" if kind.SUBJECT == "young_person" else f"{kind.SUBJECT}__young_person"
            entries += _entries(kind, **{whose: young_person})
    rows = {"practice": young_person.practice_id, "young_person": young_person}
    entries += [
        Entry(one.happened_on, _("Event"), str(one.get_kind_display()), None, one.note, "", one.recorded_at, _by(one))
        for one in CircleEvent.objects.filter(**rows).select_related("recorded_by")
    ]
    for fix in BirthdayCorrection.objects.filter(**rows).select_related("corrected_by"):
        day, by = fix.corrected_at.date(), fix.corrected_by.display_name
        entries.append(Entry(day, _("Birthday put right"), "", None, fix.because, "", fix.corrected_at, by))
    return sorted(entries, key=lambda entry: (entry.on, entry.at), reverse=True)


def _entries(kind: type[DatedFact], **whose: Any) -> list[Entry]:
    about = next(iter(whose.values()))
    rows: Any = kind._default_manager.filter(practice=about.practice_id, **whose)
    subject = kind.SUBJECT if kind.SUBJECT == "young_person" else f"{kind.SUBJECT}__young_person"
    return [_entry(row) for row in rows.select_related("recorded_by", subject)]


def _entry(row: DatedFact) -> Entry:
    return Entry(
        on=row.effective_on,
        title=str(WORDS[type(row)]),
        says=in_words(row),
        until=row.lapses_on,
        evidence=row.evidence,
        document=row.document,
        at=row.recorded_at,
        by=_by(row),
    )


def _reviews(member: Membership) -> Iterable[Entry]:
    rows = CourtLimitReview.objects.filter(practice=member.practice_id, court_limit__membership=member)
    for row in rows.select_related("reviewed_by"):
        title, says = _("Limit by a court, read by a second person"), str(row.get_outcome_display())
        by = row.reviewed_by.display_name
        yield Entry(row.reviewed_at.date(), title, says, None, "", "", row.reviewed_at, by)


def _parts(member: Membership) -> Iterable[Entry]:
    rows = Involvement.objects.filter(practice=member.practice_id, membership=member)
    for row in rows.select_related("reviewed_by", "membership"):
        says = _("%(part)s. The young person %(view)s.") % {
            "part": row.get_part_display(),
            "view": row.get_view_display(),
        }
        said = " ".join(filter(None, (row.because, f"“{row.words}”" if row.words else "")))
        yield Entry(
            row.effective_on,
            _("Gone through with the young person"),
            says,
            None,
            said,
            "",
            row.reviewed_at,
            row.reviewed_by.display_name,
        )


def _newest(
    young_person: YoungPerson, kinds: Iterable[type[DatedFact]], *, today: date
) -> Mapping[tuple[type[DatedFact], UUID], DatedFact]:
    """Return the row of each kind that took effect last, by kind and member."""
    found: dict[tuple[type[DatedFact], UUID], DatedFact] = {}
    for kind in kinds:
        whose: Any = {"practice": young_person.practice_id, "membership__young_person": young_person}
        rows: Any = kind._default_manager.filter(effective_on__lte=today, **whose)
        for row in rows.select_related("recorded_by", "membership").order_by("effective_on", "recorded_at"):
            found[kind, row.membership_id] = row
    return found


def _line(
    member: Membership,
    known: facts.Facts,
    newest: Mapping[tuple[type[DatedFact], UUID], DatedFact],
    *,
    reader: Account,
) -> MemberLine:
    notes = []
    if known.get("order") or known.get("authority") == Level.LIMITED_BY_ORDER:
        notes.append(_("A court order limits what may be told."))
    if known.get("suspected_of_harm") == "yes" and may_read(Suspicion, reader=reader):
        notes.append(_("Suspected of harm. Do not alert them."))
    shown, checked = newest.get((Authority, member.pk)), newest.get((IdentityCheck, member.pk))
    involved = {"yes": _("takes part"), "no": _("does not take part")}
    return MemberLine(
        pk=member.pk,
        name=member.person.name,
        relation=str(member.get_relation_display()),
        authority=str(Level(str(known.get("authority", Level.UNKNOWN))).label),
        rests_on=_entry(shown) if shown else None,
        identity=str(Identity(str(known.get("identity", Identity.UNVERIFIED))).label),
        checked=_entry(checked) if checked else None,
        part=involved.get(str(known.get("involved_in_care")), _("not known")),
        notes=tuple(notes),
    )


def _by(row: Any) -> str:
    return str(row.recorded_by.display_name)
