"""The provisions of a Consent: whom, what, what for, until when, and whether it is permitted or denied."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from halfdoor.service.interop import codes
from halfdoor.service.interop.codes import Meaning
from halfdoor.service.interop.moments import Span, point
from halfdoor.service.interop.parts import Part, Refusals, codings, meaning, part, shown
from halfdoor.service.interop.references import Resources, relations_of, target

_FIELDS = codes.words("id type period actor action securityLabel purpose class code dataPeriod data provision")
_DEEPEST = 20


class Kind(StrEnum):
    PERMIT = "permit"
    DENY = "deny"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Actor:
    """
    A recipient: by reference, by relation (``any_of``), or both.

    ``relations`` is what the resource behind the reference says, nothing where none came along.
    """

    reference: str
    any_of: frozenset[str]
    relations: frozenset[str] | None
    is_young_person: bool


@dataclass(frozen=True, slots=True)
class Provision:
    """
    One provision. A condition that is not there is nothing (``None``).

    ``doubtful``: it holds a condition that a situation cannot show, so that nobody can say that it is met.
    """

    path: str
    kind: Kind
    recipients: tuple[Actor, ...] | None
    purposes: Meaning | None
    kinds: tuple[Meaning, ...]
    labels: Meaning | None
    actions: Meaning | None
    period: Span | None
    doubtful: bool
    nested: tuple["Provision", ...]

    def all(self) -> Iterator["Provision"]:
        """Yield this provision and all inside it."""
        yield self
        for inner in self.nested:
            yield from inner.all()

    @property
    def is_frame(self) -> bool:
        """Whether it only says around what its inner provisions permit."""
        return any(inner.kind is not Kind.DENY for inner in self.nested)


def read_provision(value: object, path: str, *, resources: Resources, refused: Refusals, depth: int = 0) -> Provision:
    """Return one provision. Whatever it holds that we cannot weigh is named, and leaves it doubtful."""
    here = part(value, path)
    if here is None or depth > _DEEPEST:
        refused.whole(path, "this is no provision that can be read; it may deny anything")
        return Provision(path, Kind.UNSAID, None, None, (), None, None, None, True, ())
    strange = here.unknown(_FIELDS)
    for where in strange:
        refused.part(where, "we cannot weigh this, and it may narrow what is permitted")
    for name in ("data", "dataPeriod"):
        if name in here.values:
            refused.part(here.at(name), "a situation does not show which records these are")
    period, unclear = _period(here, refused)
    recipients, others = _actors(here, resources, refused)
    kinds = (_codes(here, name, refused) for name in ("class", "code"))
    labels = meaning(here, "securityLabel", known=codes.LABEL_CODES, otherwise=codes.CATEGORIES, refused=refused)
    if labels is not None:
        refused.part(here.at("securityLabel"), "a situation does not show labels: they can close, and never open")
    nested = tuple(
        read_provision(inner, where, resources=resources, refused=refused, depth=depth + 1)
        for inner, where in here.each("provision")
    )
    return Provision(
        path=path,
        kind=_kind(here, nested, refused, is_root=depth == 0),
        recipients=recipients,
        purposes=meaning(here, "purpose", known=codes.PURPOSE_CODES, otherwise=codes.PURPOSES, refused=refused),
        kinds=tuple(kind for kind in kinds if kind is not None),
        labels=labels.never_certain() if labels else None,
        actions=meaning(here, "action", known=codes.ACTION_CODES, otherwise=codes.ACTIONS, refused=refused),
        period=period,
        doubtful=bool(strange)
        or others
        or unclear
        or here.values.get("type", "permit") not in ("permit", "deny")
        or "data" in here.values
        or "dataPeriod" in here.values,
        nested=nested,
    )


def _codes(here: Part, name: str, refused: Refusals) -> Meaning | None:
    return meaning(here, name, known=codes.KIND_CODES, otherwise=codes.CATEGORIES, refused=refused)


def _kind(here: Part, nested: tuple[Provision, ...], refused: Refusals, *, is_root: bool) -> Kind:
    said = here.values.get("type")
    if said in ("permit", "deny"):
        return Kind(str(said))
    is_frame = any(inner.kind is not Kind.DENY for inner in nested)
    if "type" in here.values:
        refused.part(here.at("type"), "this is neither permit nor deny; it may deny")
        return Kind.DENY
    if not (is_root and is_frame):
        refused.part(here.at("type"), "it does not say whether it permits or denies; it may deny")
    return Kind.UNSAID


def _period(here: Part, refused: Refusals) -> tuple[Span | None, bool]:
    """Return the period, and whether there is one that cannot be read."""
    if "period" not in here.values:
        return None, False
    inner = part(here.values["period"], here.at("period"))
    if inner is None or inner.unknown({"start", "end", "id"}):
        refused.part(here.at("period"), "this is no period that can be read")
        return None, True
    points = {name: point(inner.values[name]) for name in ("start", "end") if name in inner.values}
    for name, found in points.items():
        if found is None:
            refused.part(inner.at(name), "this is no date or moment")
    return Span(points.get("start"), points.get("end")), None in points.values()


def _actors(here: Part, resources: Resources, refused: Refusals) -> tuple[tuple[Actor, ...] | None, bool]:
    """Return the recipients, and whether there are other actors, who are a condition that a situation cannot show."""
    found: list[Actor] = []
    others = False
    for value, path in here.each("actor"):
        inner = part(value, path)
        if inner is None or inner.unknown({"id", "role", "reference"}):
            refused.part(path, "this is no actor that can be read")
            found.append(_SOMEBODY)
            others = True
            continue
        roles = {code for code, _ in codings(inner.values.get("role"), inner.at("role"))}
        relations = frozenset(codes.RELATION_CODES[code] for code in roles & _RELATIONS)
        if strange := sorted(roles - _RELATIONS - codes.RECIPIENT_ROLES):
            refused.part(inner.at("role"), f"{shown(strange[0])} is not somebody who receives, or not known")
            found += [] if roles <= codes.OTHER_ROLES else [_SOMEBODY]
            others = True
            continue
        reference = target(inner.values.get("reference"))
        if not reference and not relations:
            refused.part(inner.at("reference"), "it leads to nobody")
        found.append(
            Actor(reference, relations, relations_of(reference, resources), reference == resources.young_person)
        )
    if "actor" in here.values and not found and not others:
        refused.part(here.at("actor"), "there is nobody in it")
        others = True
    return (tuple(found) or None), others


_SOMEBODY = Actor("", frozenset(), None, is_young_person=False)
"""Somebody who cannot be read: they may be anybody, and so the one who is denied."""

_RELATIONS = frozenset(code for code in codes.RELATION_CODES if code[0] == f"{codes.OURS}relation")


Way = tuple[Provision, ...]
"""A provision with all those it stands in, from the outermost on."""


def ways(provisions: Iterable[Provision], before: Way = ()) -> Iterator[Way]:
    """Yield the way to each provision."""
    for one in provisions:
        way = (*before, one)
        yield way
        yield from ways(one.nested, way)


def unusable(way: Way) -> str:
    """
    Return why a permit opens nothing, whatever is asked; nothing where it may open something.

    FHIR reads silence as "all of it". Nobody agrees to that about therapy: consent to share says whom, what, what for
    and until when.
    """
    if any(one.kind is Kind.DENY for one in way):
        return "it is an exception to a denial, and a denial stands over every permit"
    said = {
        "to whom": any(one.recipients for one in way),
        "what": any(one.kinds for one in way),
        "what for": any(one.purposes for one in way),
        "until when": any(one.period and one.period.end for one in way),
    }
    missing = [name for name, is_there in said.items() if not is_there]
    return f"it does not say {', nor '.join(missing)}, and we do not take silence for all" if missing else ""
