"""The commonest wishes as house rules, for whoever does not write TOML: who, what, and what we answer."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from halfdoor.service.disclosures.choices import Category


class Who(TextChoices):
    """Whom a rule is about, in the groups in which practices talk."""

    SCHOOL = "school", _("School")
    PARENTS = "parents", _("Parents and guardians")
    CARERS = "carers", _("Foster carers and the care team of a home")
    AGENCIES = "agencies", _("Social workers and placing authorities")
    RELATIVES = "relatives", _("Step-parents and relatives")
    ELSEWHERE = "elsewhere", _("Clinicians elsewhere")
    PAYERS = "payers", _("Whoever pays")


class Answered(TextChoices):
    """What is answered, from least open to most open."""

    NOTHING = "withhold", _("Nothing: we do not tell them")
    ASK = "ask_first", _("We ask the young person first")
    OUTLINE = "share_limited", _("In general terms")
    SHARED = "may_share", _("They may know it")


EVERYTHING = "everything"
"""All but how therapy works in general, which is no secret."""

_OPENING = frozenset({Answered.OUTLINE, Answered.SHARED})

_WHEN: Mapping[Who, tuple[str, str]] = {
    Who.SCHOOL: ('relation = "@school"', 'needs_it_for_role = "yes"'),
    Who.PARENTS: ('relation = ["parent", "guardian"]', 'authority = "@informed", status = "minor"'),
    Who.CARERS: ('relation = "@everyday_carers"', 'needs_it_for_role = "yes", told_at_start = "yes"'),
    Who.AGENCIES: ('relation = "@agencies"', 'needs_it_for_role = "yes", purpose = "care_planning"'),
    Who.RELATIVES: ('relation = ["step_parent", "relative"]', 'authority = "@informed", status = "minor"'),
    Who.ELSEWHERE: ('relation = "outside_clinician"', 'needs_it_for_role = "yes", purpose = "treatment"'),
    Who.PAYERS: ('relation = "payer"', 'needs_it_for_role = "yes", purpose = "payment"'),
}
"""Whom a rule of a group matches; and what it takes besides, where it opens."""

_SAYS: Mapping[Answered, str] = {
    Answered.NOTHING: 'effect = "withhold"',
    Answered.ASK: 'effect = "ask_first"\nask = ["client"]\nobligations = ["tell_young_person_of_request"]',
    Answered.OUTLINE: 'effect = "share_limited"\nlimits = ["general_terms"]',
    Answered.SHARED: 'effect = "may_share"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A wish about the house rules: whom it is about, which kinds of information, what is answered; and its words."""

    who: Who
    what: Sequence[str]
    answered: Answered
    says: str
    agreed: str

    @property
    def sentence(self) -> str:
        """What is read aloud on the telephone: their own words, or plain ones made of the choices."""
        return self.says.strip() or f"{self.who.label}: {_things(self.what)}. {self.answered.label}."


def with_rule(text: str, wanted: Wanted, *, pack: str, on: date) -> str:
    """Return the text of a pack with one more rule at its end."""
    relation, besides = _WHEN[wanted.who]
    when = ", ".join([relation, *([besides] if wanted.answered in _OPENING else []), _category(wanted.what)])
    rule = [
        "[[rule]]",
        f'id = "{_free(text, f"{pack}.{wanted.who.value}-{_slug(wanted.answered)}")}"',
        'tier = "practice"',
        _SAYS[wanted.answered],
        f"when = {{ {when} }}",
        f"says = {_quoted(wanted.sentence)}",
        f'cites = [{{ source = {_quoted(wanted.agreed.strip())}, section = "{on.isoformat()}" }}]',
        'confidence = "read"',
        'reviewed = "no"',
    ]
    return text.rstrip("\n") + "\n\n" + "\n".join(rule) + "\n"


def _category(what: Sequence[str]) -> str:
    if EVERYTHING in what:
        return 'category = { not = "general_information" }'
    return f"category = {json.dumps(list(what))}"


def _things(what: Sequence[str]) -> str:
    if EVERYTHING in what:
        return str(_("everything but how therapy works"))
    return str(get_text_list([str(Category(one).label) for one in what], pgettext("between the last two", "and")))


def _free(text: str, name: str) -> str:
    """Return the name, with a number where the text has a rule of that name already."""
    taken = set(re.findall(r'^id = "([^"]+)"', text, flags=re.MULTILINE))
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def _slug(answered: Answered) -> str:
    return {
        Answered.NOTHING: "nothing",
        Answered.ASK: "asked-first",
        Answered.OUTLINE: "in-outline",
        Answered.SHARED: "shared",
    }[answered]


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML, on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")
