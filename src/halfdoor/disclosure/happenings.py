"""What can happen that changes a situation, how much it takes, and how it is said."""

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from halfdoor.disclosure.vocabulary import Value

_AGREED, _CHECKED, _ASSESSED, _ORDERED = 1.0, 1.0, 2.0, 3.0
_UNCHECKED: frozenset[Value] = frozenset({"unknown", "undeterminable"})
_PRIVATE: frozenset[Value] = frozenset({"yes"})
_SIGNED: frozenset[Value] = frozenset({"covers"})


class Happening(NamedTuple):
    """That a fact takes on a value: how much it takes, what has happened then, and from which values (empty: any)."""

    weight: float
    says: str
    since: frozenset[Value] = frozenset()

    def can(self, value: Value) -> bool:
        """Whether it can happen where the fact stands at this value."""
        return not self.since or value in self.since


_TOLD: Mapping[tuple[str, Value], Happening] = {
    ("wish", "agrees"): Happening(_AGREED, "the young person agrees"),
    ("wish", "agrees_in_writing"): Happening(_AGREED, "the young person agrees in writing"),
    ("wish", "does_not_object"): Happening(_AGREED, "the young person is told and does not object"),
    ("wish", "objects"): Happening(_AGREED, "the young person objects"),
    ("wants_parent_as_representative", "yes"): Happening(
        _AGREED, "the young person wants the parent to stand in for them"
    ),
    ("kept_private", "no"): Happening(_AGREED, "the young person no longer keeps it private", _PRIVATE),
    ("authorization", "covers"): Happening(_AGREED, "a signed consent covers it"),
    ("authorization", "withdrawn"): Happening(_AGREED, "the signed consent is withdrawn", _SIGNED),
    ("authorization_by", "client"): Happening(_AGREED / 4, "the young person signs the consent"),
    ("authorization_by", "parent"): Happening(_AGREED / 4, "a parent signs the consent"),
    ("authorization_by", "guardian"): Happening(_AGREED / 4, "a guardian signs the consent"),
    ("authorization_by", "authority"): Happening(_AGREED / 4, "the authority signs the consent"),
    ("authority_holder_agrees", "agrees"): Happening(_AGREED, "whoever else holds authority agrees"),
    ("authority_holder_agrees", "objects"): Happening(_AGREED, "whoever else holds authority objects"),
    ("other_parent", "agrees"): Happening(_AGREED, "the other parent agrees"),
    ("other_parent", "objects"): Happening(_AGREED, "the other parent objects"),
    ("identity", "verified"): Happening(_CHECKED, "we have verified who they are"),
    ("authority", "full"): Happening(_CHECKED, "papers show full authority", _UNCHECKED),
    ("authority", "shared"): Happening(_CHECKED, "papers show shared authority", _UNCHECKED),
    ("authority", "information_only"): Happening(_CHECKED, "papers show a right to be informed", _UNCHECKED),
    ("authority", "none"): Happening(_CHECKED, "papers show no authority", _UNCHECKED),
    ("needs_it_for_role", "yes"): Happening(_CHECKED, "they need it for their part", _UNCHECKED),
    ("marks_cover", "some_items"): Happening(_CHECKED, "what is private can be taken out", _UNCHECKED),
    ("competence", "competent"): Happening(_ASSESSED, "the young person is found able to decide this"),
    ("competence", "not_competent"): Happening(_ASSESSED, "the young person is found not yet able to decide this"),
    ("best_interests", "for_sharing"): Happening(_ASSESSED, "sharing is found to serve the young person"),
    ("best_interests", "nothing_against"): Happening(_ASSESSED, "nothing is found against sharing"),
    ("best_interests", "against_sharing"): Happening(_ASSESSED, "sharing is found not to serve the young person"),
    ("harm_finding", "serious_harm"): Happening(_ORDERED, "a professional finds that it would do serious harm"),
    ("order", "court_order_to_share"): Happening(_ORDERED, "a court orders it to be shared"),
    ("order", "court_order_not_to_share"): Happening(_ORDERED, "a court orders it not to be shared"),
}

HAPPENINGS: Mapping[str, Mapping[Value, Happening]] = MappingProxyType(
    {
        name: MappingProxyType({value: _TOLD[name, value] for _, value in told})
        for name, told in groupby(_TOLD, key=lambda told: told[0])
    }
)
"""What can happen, by fact and value. Age, status, relation, place, kind of information and danger are as they are."""
