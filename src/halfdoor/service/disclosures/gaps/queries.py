"""Reading what a restore forgot: for the lead, by young person, in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.gaps.actions import NO_JOURNAL, waiting_for
from halfdoor.service.disclosures.gaps.rows import LostLine
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.due import Due

_WORDS: Mapping[str, Promise] = {
    NO_JOURNAL: gettext_lazy("There is no journal. Nobody can say what was changed after the copy was made."),
    "agreements.authorized": gettext_lazy("A consent to share was given."),
    "agreements.withdrawn": gettext_lazy("A consent to share was withdrawn."),
    "agreements.wish": gettext_lazy("The young person said what they want about sharing."),
    "agreements.told_at_start": gettext_lazy("The limits of confidentiality were explained."),
    "disclosures.item_entered": gettext_lazy("Something was entered into the record."),
    "disclosures.item_marked": gettext_lazy("Marks on something in the record were changed."),
    "disclosures.item_revised": gettext_lazy("Something in the record was written anew."),
    "notes.finished": gettext_lazy("A note was finished."),
    "people.admitted": gettext_lazy("A young person was taken into care here."),
    "people.joined": gettext_lazy("Somebody was put into the circle of care."),
    "people.left": gettext_lazy("Somebody’s part in the circle of care ended."),
    "people.courtlimit_recorded": gettext_lazy("A limit by a court was recorded."),
    "people.court_limit_reviewed": gettext_lazy("A limit by a court was looked at by a second person."),
    "people.suspicion_recorded": gettext_lazy("A suspicion that somebody does harm was recorded, or lifted."),
    "people.authority_recorded": gettext_lazy("Somebody’s legal authority was recorded."),
    "people.identitycheck_recorded": gettext_lazy("Somebody’s identity was checked."),
    "people.carerole_recorded": gettext_lazy("Somebody’s part in the care was recorded."),
    "people.competenceassessment_recorded": gettext_lazy("An assessment of competence was recorded."),
    "people.birthday_corrected": gettext_lazy("A day of birth was put right."),
    "records.hold_placed": gettext_lazy("A record was held, so that nothing of it goes."),
    "records.lifting_agreed": gettext_lazy("A hold on a record was lifted by two people."),
    "records.erased": gettext_lazy("A record was erased. It was erased again by itself."),
    "disclosures.escrow_asked": gettext_lazy("Somebody asked to open process notes."),
    "disclosures.escrow_agreed": gettext_lazy("Two people opened process notes for a day."),
    "disclosures.escrow_opened": gettext_lazy("Process notes of a colleague were read."),
    "disclosures.escrow_closed": gettext_lazy("Process notes were closed again before the day was over."),
    "disclosures.house_rules_activated": gettext_lazy("New rules of the practice came into force."),
}
"""What happened, by the kind of its line. Of any other kind the page shows the code itself."""


@dataclass(frozen=True, slots=True)
class Lost:
    """One lost line: when it was written, by whom as far as that is known, and what happened."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten about one young person; ``name`` is empty for what names nobody, or nobody on record."""

    name: str
    young_person_id: UUID | None
    lines: tuple[Lost, ...]
    keys: tuple[UUID, ...]


def forgotten(reader: Account) -> list[Forgotten]:
    """Return to a lead what still has to be gone through, by young person; nothing to anybody else."""
    if reader.role != Role.LEAD:
        return []
    waiting = waiting_for(reader.practice)
    names = _names(reader, waiting)
    people = dict(_accounts(reader, waiting))
    found: dict[UUID | None, list[LostLine]] = defaultdict(list)
    for line in waiting:
        found[line.about if line.about in names else None].append(line)
    return [
        Forgotten(
            name=names[about] if about else "",
            young_person_id=about,
            lines=tuple(Lost(line.at, people.get(line.body.get("by", ""), ""), _told(line)) for line in lines),
            keys=tuple(line.pk for line in lines),
        )
        for about, lines in sorted(found.items(), key=lambda pair: names[pair[0]] if pair[0] else "")
    ]


def due(reader: Account, *, at: datetime) -> Iterator[Due]:
    """Yield, for a lead while the doors are shut, what opens them again, as a line of *Today*."""
    if reader.role == Role.LEAD and reader.practice.doors_shut:
        yield Due(
            reverse("rules:forgotten"),
            _("The doors are shut: go through what the restore forgot"),
            _("Families, young people and teams see nothing until you have."),
        )


def _told(line: LostLine) -> str:
    return str(_WORDS.get(line.kind) or line.kind)


def _names(reader: Account, lines: list[LostLine]) -> dict[UUID, str]:
    named = {line.about for line in lines if line.about}
    rows = YoungPerson.objects.filter(practice=reader.practice_id, pk__in=named).select_related("person")
    return {row.pk: row.name for row in rows}


def _accounts(reader: Account, lines: list[LostLine]) -> Iterator[tuple[str, str]]:
    named = {line.body["by"] for line in lines if line.body.get("by")}
    for account in Account.objects.filter(practice=reader.practice_id, pk__in=named):
        yield str(account.pk), account.display_name or account.username
