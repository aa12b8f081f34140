"""From the TOML tables of a pack to its rules: what each field may hold, and an error that says where it does not."""

import re
from collections.abc import Iterator, Mapping

from halfdoor.disclosure import words
from halfdoor.disclosure.boxes import PackError, Reader, boxes
from halfdoor.disclosure.obligations import CODES, EVENTS
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Citation, Disposition, Duty, Invariant, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.vocabulary import BY_NAME

HEADER = "pack.toml"
INVARIANTS = "invariants.toml"
RETENTION = "retention.toml"
BREACH = "breach.toml"
CLOCKS = "clocks.toml"
DECIDES_NOTHING = frozenset({INVARIANTS, RETENTION, BREACH, CLOCKS})
"""Files of a pack that hold no rule about who may know."""
OF_A_BODY = "ethics-"
"""How the name of the pack of a professional body begins; the rest is the body."""
CONFIDENCES = ("read", "second_hand", "unchecked", "uncertain")
UNITS = ("calendar", "working")

_MAY_USE = {
    Speaker.LAW: frozenset(Tier) - {Tier.ETHICS, Tier.PRACTICE},
    Speaker.ETHICS: frozenset({Tier.BAR, Tier.SAFETY, Tier.ETHICS, Tier.DEFAULT}),
    Speaker.PRACTICE: frozenset({Tier.PRACTICE, Tier.DEFAULT}),
}
_SAYS_MORE = (
    (Disposition.SHARE_LIMITED, "limits", words.LIMITS),
    (Disposition.ASK_FIRST, "ask", words.ASK),
    (Disposition.ASSESS_FIRST, "assess", words.ASSESS),
)
DURATION = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?")
_ID = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*")


def parse(tables: Mapping[str, Mapping[str, object]], *, sha256: str) -> Pack:
    """
    Return the pack that these TOML tables hold, by file name: the header, more rules, and maybe invariants.

    :raises PackError: naming file, rule, field, the value and what is allowed
    """
    if HEADER not in tables:
        raise PackError(f"there is no {HEADER}: it names the pack", file=", ".join(tables) or "empty folder")
    pack = _header(tables[HEADER])
    rules: dict[str, Rule] = {}
    for name, table in tables.items():
        for rule in _rules(table, file=name, pack=pack) if name not in DECIDES_NOTHING else ():
            if rule.id in rules:
                raise PackError("there is a second rule of this name", file=name, rule=rule.id, field="id")
            rules[rule.id] = rule
    promises = Reader(tables.get(INVARIANTS, {}), file=INVARIANTS)
    invariants = tuple(_invariant(entry, pack=pack.id) for entry in promises.tables("invariant"))
    promises.finish()
    return replace(pack, rules=tuple(rules.values()), invariants=invariants, sha256=sha256)


def _header(table: Mapping[str, object]) -> Pack:
    whole = Reader(table, file=HEADER)
    header = Reader(whole.table("pack"), file=HEADER, rule="[pack]")
    pack_id = header.text("id")
    if not _ID.fullmatch(pack_id):
        raise header.error("id", pack_id, "lower-case words joined by '-'")
    every_place = [str(place) for place in BY_NAME["place"].values]
    pack = Pack(
        id=pack_id,
        version=header.text("version"),
        speaker=Speaker(header.one_of("speaker", tuple(Speaker))),
        says=header.text("says"),
        places=frozenset(every_place if header.is_word("for", "all") else header.codes("for", every_place)),
        builds_on=header.texts("builds_on"),
        rules=(),
        sha256="",
        sources=header.texts("sources"),
        body=header.text("body", default=""),
        switch_on=header.texts("switch_on"),
        switch_off=header.texts("switch_off"),
    )
    header.finish()
    for field, turned in (("switch_on", pack.switch_on), ("switch_off", pack.switch_off)):
        if turned and pack.speaker is not Speaker.PRACTICE:
            raise header.error(field, turned[0], "only in house rules: a practice turns these switches for itself")
    if pack.body and (pack.speaker is not Speaker.ETHICS or pack.id != OF_A_BODY + pack.body):
        raise header.error("body", pack.body, "only in a pack of ethics, whose id is 'ethics-' and this word")
    return pack


def _rules(table: Mapping[str, object], *, file: str, pack: Pack) -> Iterator[Rule]:
    whole = Reader(table, file=file)
    if file == HEADER:
        whole.table("pack")
    for entry in whole.tables("rule"):
        yield _rule(entry, file=file, pack=pack, decides=True)
    for entry in whole.tables("always"):
        yield _rule(entry, file=file, pack=pack, decides=False)
    whole.finish()


def _rule(entry: Mapping[str, object], *, file: str, pack: Pack, decides: bool) -> Rule:
    reader = Reader(entry, file=file, rule=str(entry.get("id", "a rule without id")))
    rule_id = reader.text("id")
    if not (_ID.fullmatch(rule_id) and rule_id.startswith(f"{pack.id}.")):
        raise reader.error("id", rule_id, f"'{pack.id}.' and lower-case words joined by '-'")
    effect = Disposition(reader.one_of("effect", tuple(Disposition))) if decides else None
    tier = Tier(reader.one_of("tier", [t for t in Tier if t in _MAY_USE[pack.speaker]])) if decides else Tier.DEFAULT
    reviewed = reader.text("reviewed", default="no")
    confidence = reader.one_of("confidence", CONFIDENCES, default="unchecked" if reviewed == "no" else "read")
    acknowledged = reader.one_of("acknowledge", ("yes", "neither_confirm_nor_deny"), default="yes") == "yes"
    rule = Rule(
        id=rule_id,
        pack=pack.id,
        speaker=pack.speaker,
        tier=tier,
        effect=effect,
        boxes=boxes(reader, "when"),
        says=reader.text("says"),
        cites=tuple(_citation(cite, reader) for cite in reader.tables("cites")),
        obligations=tuple(_duty(duty, reader) for duty in reader.list("obligations")),
        advice=reader.texts("advice"),
        limits=reader.codes("limits", words.LIMITS),
        ask=reader.codes("ask", words.ASK),
        assess=reader.codes("assess", words.ASSESS),
        alternatives=reader.codes("alternatives", words.ALTERNATIVES),
        neither_confirm_nor_deny=not acknowledged,
        recommended=reader.one_of("recommended", ("yes", "no"), default="no") == "yes",
        starts_on=reader.day("from"),
        ends_on=reader.day("until"),
        over=reader.texts("over"),
        confidence=confidence,
        reviewed=reviewed,
        switched_on=not (confidence == "uncertain" and effect is not None and effect.opens),
        only_limits=reader.one_of("only_limits", ("yes", "no"), default="no") == "yes",
        facts=reader.texts("facts"),
    )
    reader.finish()
    _check(rule, reader, of_a_body=bool(pack.body))
    return rule


def _check(rule: Rule, reader: Reader, *, of_a_body: bool) -> None:
    """Refuse what fields may hold each alone, but not together."""
    effect, closes = rule.effect, rule.effect is not None and not rule.effect.opens
    if effect is Disposition.MUST_SHARE and rule.speaker is not Speaker.LAW:
        raise reader.error("effect", effect, "may_share or less open: only law compels")
    if rule.confidence == "uncertain" and closes and effect is not Disposition.ASSESS_FIRST:
        raise reader.error("effect", effect, "assess_first, because an uncertain rule does not close for good")
    if rule.confidence in ("unchecked", "uncertain") and rule.reviewed != "no":
        raise reader.error("reviewed", rule.reviewed, "'no' as long as nobody has checked the source")
    if rule.starts_on and rule.ends_on and rule.ends_on <= rule.starts_on:
        raise reader.error(
            "until", rule.ends_on.isoformat(), f"a day after {rule.starts_on.isoformat()}, when it starts"
        )
    for disposition, field, codes in _SAYS_MORE:
        if effect is disposition and not getattr(rule, field):
            raise reader.error(field, None, f"what {effect} has to say, in codes: {', '.join(codes)}")
    if rule.only_limits and (effect is None or rule.tier.is_final):
        raise reader.error("only_limits", "yes", "only where a rule decides, below the tiers that are final")
    if effect is None and rule.over:
        raise reader.error("over", rule.over[0], "nothing: an always-rule decides nothing")
    if of_a_body:
        _check_narrows(rule, reader)


def _check_narrows(rule: Rule, reader: Reader) -> None:
    """Refuse a rule of a professional body that could let go, alone or by its place, what is closed without it."""
    if rule.effect is None:
        return
    if rule.tier.is_final:
        raise reader.error("tier", rule.tier, "ethics, default: what a professional body says is never final")
    if rule.effect.closedness < Disposition.SHARE_LIMITED.closedness:
        raise reader.error("effect", rule.effect, "share_limited or less open: what a professional body says narrows")
    if rule.effect is not Disposition.WITHHOLD and not rule.only_limits:
        raise reader.error("only_limits", "no", "yes, save where it withholds: what a professional body says narrows")
    if rule.over:
        raise reader.error("over", rule.over[0], "nothing: what a professional body says narrows")


def _citation(cite: Mapping[str, object], rule: Reader) -> Citation:
    reader = rule.within(cite, "cites")
    citation = Citation(reader.text("source"), reader.text("section"))
    reader.finish()
    return citation


def _duty(entry: object, rule: Reader) -> Duty:
    reader = rule.within(entry if isinstance(entry, Mapping) else {"code": entry}, "obligations")
    code = reader.one_of("code", tuple(CODES))
    within = reader.text("within", default="")
    if within and not DURATION.fullmatch(within):
        raise reader.error("within", within, "an ISO 8601 duration, as P30D or PT24H")
    duty = Duty(
        code=code,
        within=within,
        since=reader.one_of("since", EVENTS, default=None if within else ""),
        unit=reader.one_of("unit", UNITS, default="calendar" if within else ""),
    )
    reader.finish()
    if duty.since and not within:
        raise reader.error("within", within, "a duration, because 'since' starts a clock")
    return duty


def _invariant(entry: Mapping[str, object], *, pack: str) -> Invariant:
    reader = Reader(entry, file=INVARIANTS, rule=str(entry.get("id", "an invariant without id")))
    never = frozenset(map(Disposition, reader.codes("never", tuple(Disposition))))
    always = frozenset(map(Disposition, reader.codes("always", tuple(Disposition))))
    if bool(never) == bool(always):
        raise reader.error("never", ", ".join(sorted(never)), "either 'never' or 'always', with dispositions")
    invariant = Invariant(
        id=reader.text("id"),
        pack=pack,
        says=reader.text("says"),
        boxes=boxes(reader, "when"),
        allowed=always or frozenset(Disposition) - never,
    )
    reader.finish()
    return invariant
