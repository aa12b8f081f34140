"""Rules and situations in plain words, for whoever reads them on a page: facts and values of the contract, said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.rules import Box, Pack, Rule, Tier
from halfdoor.disclosure.vocabulary import BY_NAME, Value
from halfdoor.service.agreements.choices import GivenBy, WishValue
from halfdoor.service.disclosures.choices import Category, MarksCover, Purpose
from halfdoor.service.people.choices import (
    Answer,
    Competence,
    Identity,
    LegalBasis,
    Level,
    LookedAfter,
    PlacedBy,
    Relation,
    Setting,
)

FACTS: Mapping[str, Promise] = {
    "place": _("where"),
    "setting": _("setting"),
    "age": _("age"),
    "status": _("standing before the law"),
    "competence": _("the young person"),
    "looked_after": _("looked after"),
    "placed_by": _("placed by"),
    "wish": _("the young person’s wish"),
    "legal_basis": _("what the care rests on"),
    "wants_parent_as_representative": _("wants the parent to stand in for them"),
    "substance_use_programme": _("a substance use programme"),
    "provider": _("the service"),
    "practitioner": _("the practitioner"),
    "paid_privately_in_full": _("paid privately in full"),
    "relation": _("who"),
    "authority": _("their authority"),
    "identity": _("who they are"),
    "involved_in_care": _("takes part in the care"),
    "suspected_of_harm": _("suspected of harm"),
    "needs_it_for_role": _("needs it for their part"),
    "acting_for": _("acts for"),
    "category": _("about"),
    "kept_private": _("the young person keeps it private"),
    "given_in_confidence": _("told in confidence"),
    "about_third_party": _("about somebody else"),
    "source_promised_confidence": _("a source was promised confidence"),
    "marks_cover": _("what is marked covers"),
    "purpose": _("what for"),
    "initiated_by": _("who began it"),
    "authorization": _("a signed consent"),
    "told_at_start": _("the young person was told at the start"),
    "authorization_by": _("the consent was given by"),
    "authority_holder_agrees": _("whoever holds authority"),
    "other_parent": _("the other parent"),
    "risk": _("danger"),
    "risk_to": _("danger to"),
    "identified_victim": _("somebody in particular is in danger"),
    "abuse": _("abuse or neglect"),
    "asking_raises_risk": _("asking would add danger"),
    "emergency": _("an emergency"),
    "order": _("a court or a letter"),
    "harm_finding": _("harm found by a professional"),
    "best_interests": _("what serves the young person"),
    "recipient_already_knows": _("they know it already"),
    "notifiable_event": _("an event to be notified"),
}
"""Each fact of the contract, as the beginning of a line."""

_LABELS: Mapping[str, Mapping[Any, Any]] = {
    "relation": dict(Relation.choices),
    "category": dict(Category.choices),
    "purpose": dict(Purpose.choices),
    "authority": dict(Level.choices),
    "identity": dict(Identity.choices),
    "wish": dict(WishValue.choices),
    "competence": dict(Competence.choices),
    "legal_basis": dict(LegalBasis.choices),
    "looked_after": dict(LookedAfter.choices),
    "placed_by": dict(PlacedBy.choices),
    "setting": dict(Setting.choices),
    "marks_cover": dict(MarksCover.choices),
    "authorization_by": dict(GivenBy.choices) | {"none": _("nobody")},
    "acting_for": dict(GivenBy.choices)
    | {"self": _("themselves"), "other": _("somebody else"), "unknown": _("not known")},
    "provider": {
        "public_body": _("a public body"),
        "licensed_programme": _("a licensed program"),
        "independent": _("independent"),
        "unknown": _("not known"),
    },
    "practitioner": {
        "regulated": _("registered by a regulator"),
        "not_regulated": _("not registered"),
        "unknown": _("not known"),
    },
    "initiated_by": {
        "recipient": _("whoever asked"),
        "client": _("the young person"),
        "service": _("the service"),
        "unknown": _("not known"),
    },
    "authority_holder_agrees": {
        "agrees": _("agrees"),
        "objects": _("objects"),
        "not_asked": _("not asked yet"),
    },
    "other_parent": {
        "agrees": _("agrees"),
        "objects": _("objects"),
        "not_asked": _("not asked yet"),
        "not_applicable": _("has no say in this"),
    },
    "risk_to": {"self": _("themselves"), "others": _("others"), "unknown": _("not known")},
    "order": {
        "none": _("there is none"),
        "court_order_to_share": _("a court orders it to be shared"),
        "court_order_not_to_share": _("a court forbids it"),
        "subpoena": _("a subpoena or summons"),
        "informal_letter": _("a letter without force"),
        "statutory_request": _("a request under a law"),
    },
    "harm_finding": {
        "none": _("none"),
        "trust_only": _("it would harm trust alone"),
        "detrimental": _("it would be detrimental"),
        "substantial_harm": _("it would do substantial harm"),
        "serious_harm": _("it would do serious harm"),
    },
    "best_interests": {
        "for_sharing": _("sharing serves them"),
        "nothing_against": _("nothing speaks against it"),
        "against_sharing": _("sharing does not serve them"),
        "not_assessed": _("not weighed yet"),
    },
    "notifiable_event": {
        "none_known": _("none known"),
        "sexual_exploitation": _("sexual exploitation"),
        "criminal_exploitation": _("criminal exploitation"),
        "fgm": _("female genital mutilation"),
        "serious_injury": _("a serious injury"),
        "protection_enquiry_ended": _("a child protection inquiry has ended"),
        "other": _("something else"),
    },
    "status": {
        "minor": _("not yet of age"),
        "emancipated_minor": _("emancipated"),
        "adult": _("of age"),
        "deceased": _("has died"),
        "unknown": _("not known"),
    },
    "authorization": {
        "covers": _("covers it"),
        "expired": _("has run out"),
        "withdrawn": _("was withdrawn"),
        "does_not_cover": _("does not cover it"),
        "none": _("there is none"),
    },
    "risk": {
        "none_known": _("none known"),
        "concern": _("a concern"),
        "serious": _("serious"),
        "serious_and_imminent": _("serious and near"),
    },
    "abuse": {
        "none_known": _("none known"),
        "suspected": _("suspected"),
        "disclosed": _("the young person told of it"),
    },
}
_YES_OR_NO = dict(Answer.choices)

TIERS: Mapping[Tier, Promise] = {
    Tier.PRACTICE: pgettext_lazy("where a rule stands", "a rule of the house"),
    Tier.DEFAULT: pgettext_lazy("where a rule stands", "where no other rule of ours speaks"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as a reader meets it. ``when`` has, for each of its boxes, the lines of what has to be so."""

    rule: Rule
    tier: str
    when: tuple[tuple[str, ...], ...]

    @property
    def reviewed(self) -> str:
        return self.rule.reviewed

    @property
    def effect(self) -> str:
        """One of the six answers; nothing for a rule that only brings duties."""
        return self.rule.effect.value if self.rule.effect else ""

    @property
    def reason(self) -> dict[str, str]:
        """The rule as the words of a decision name it."""
        return {"rule": self.rule.id, "says": self.rule.says}


def told(pack: Pack) -> list[Told]:
    """Return the rules of house rules, as written, for reading."""
    return list(_told(pack, get_language()))


@lru_cache(maxsize=32)
def _told(pack: Pack, language: str | None) -> tuple[Told, ...]:
    """The rules of a pack in a language: both are the same for as long as the service runs."""
    return tuple(told_rule(rule) for rule in pack.rules)


def told_rule(rule: Rule) -> Told:
    """Return one rule for reading."""
    tier = str(TIERS.get(rule.tier, rule.tier)) if rule.effect else str(_("duties that always come with it"))
    return Told(rule, tier, tuple(tuple(_lines(box)) for box in rule.boxes))


def situation(values: Mapping[str, Value]) -> str:
    """Return a situation in words: what is unlike the usual of each fact."""
    return "; ".join(f"{FACTS[name]}: {value_words(name, value)}" for name, value in values.items())


def value_words(name: str, value: Value) -> str:
    """Return a value in words. A place keeps the contract's own word, which the rules of a place are named by."""
    labels: Mapping[Any, Any] = _LABELS.get(name, {})
    if not labels and set(BY_NAME[name].values) == _YES_OR_NO.keys():
        labels = _YES_OR_NO
    return str(labels.get(value) or str(value).replace("_", " "))


def _lines(box: Box) -> Iterator[str]:
    for name, allowed in box.items():
        yield f"{FACTS[name]}: {_allowed(name, allowed)}"


def _allowed(name: str, allowed: frozenset[Value]) -> str:
    """Return the values a condition allows; those it does not, where that is shorter."""
    if name == "age":
        ages = sorted(value for value in allowed if isinstance(value, int))
        return pgettext("ages", "%(first)d to %(last)d") % {"first": ages[0], "last": ages[-1]}
    every = speakable(BY_NAME[name])
    left = [value for value in every if value not in allowed]
    if left and len(left) < len(allowed) and len(every) > 2:
        return pgettext("a condition", "anything but %s") % _listed(name, left)
    return _listed(name, [value for value in every if value in allowed])


def _listed(name: str, values: list[Value]) -> str:
    words = [value_words(name, value) for value in values]
    return str(get_text_list(words, pgettext("between the last two", "or")))
