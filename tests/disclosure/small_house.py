"""Three small packs, just enough law, ethics and practice to reason about. Invented: no country's law."""

from collections.abc import Callable
from datetime import UTC, datetime

from halfdoor.disclosure.loading import from_files
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Box, Disposition, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.table import Table, arrange

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

_LAW = """
[pack]
id = "law"
version = "1"
speaker = "law"
says = "A small law."
for = ["us"]

[[rule]]
id = "law.report-abuse"
tier = "duty"
effect = "must_share"
when = { relation = "child_protection", category = ["abuse_concern", "risk"], abuse = ["suspected", "disclosed"] }
says = "Suspected abuse is reported."

[[rule]]
id = "law.order-limits"
tier = "order"
effect = "withhold"
when = { authority = "limited_by_order", relation = ["parent", "step_parent", "guardian", "relative"] }
says = "A court limits what this person may be told."

[[rule]]
id = "law.suspected-harm"
tier = "bar"
effect = "withhold"
when = { suspected_of_harm = "yes", relation = { not = ["child_protection", "police"] } }
says = "Nothing goes to somebody who may have done harm."

[[rule]]
id = "law.unverified"
tier = "bar"
effect = "assess_first"
assess = ["identity"]
when = { identity = "unverified", category = { not = "general_information" } }
says = "Nobody is told anything before we know who they are."

[[rule]]
id = "law.kept-private"
tier = "bar"
effect = "withhold"
says = "What the young person keeps private stays private."
[rule.when]
kept_private = "yes"
relation = ["parent", "step_parent", "guardian", "relative"]
marks_cover = { not = "some_items" }
risk = { not = "serious_and_imminent" }

[[rule]]
id = "law.private-part"
tier = "bar"
effect = "share_limited"
limits = ["without_private_items"]
says = "Without the items kept private."
[rule.when]
kept_private = "yes"
relation = ["parent", "guardian"]
status = "minor"
marks_cover = "some_items"
authority = ["full", "shared"]
wish = ["agrees", "agrees_in_writing"]

[[rule]]
id = "law.own-record"
tier = "right"
effect = "must_share"
when = { relation = "self", status = ["adult", "emancipated_minor"], purpose = "access_request" }
says = "An adult sees their own record."

[[rule]]
id = "law.grave-danger"
tier = "safety"
effect = "may_share"
says = "Grave danger may be told to those who can prevent it."
[rule.when]
risk = "serious_and_imminent"
relation = ["parent", "guardian", "police"]
category = ["risk", "abuse_concern"]

[[rule]]
id = "law.refused"
tier = "consent"
effect = "withhold"
when = { wish = "objects", age = { from = 14 }, competence = "competent" }
says = "A competent young person said no."

[[rule]]
id = "law.signed"
tier = "consent"
effect = "may_share"
when = { authorization = "covers", authorization_by = ["client", "parent"] }
says = "Signed consent covers this."

[[rule]]
id = "law.parents"
tier = "permit"
effect = "may_share"
when = { relation = ["parent", "guardian"], authority = ["full", "shared"], status = "minor" }
says = "A parent stands in the place of a minor."

[[rule]]
id = "law.public"
tier = "permit"
effect = "may_share"
when = { category = "general_information" }
says = "How therapy works is no secret."

[[rule]]
id = "law.default"
tier = "default"
effect = "withhold"
says = "The law allows nothing here."
"""

_ETHICS = """
[pack]
id = "ethics"
version = "1"
speaker = "ethics"
says = "What the profession holds."
for = "all"

[[rule]]
id = "ethics.process-notes"
tier = "bar"
effect = "withhold"
when = { category = "process_notes", relation = { not = ["self", "court"] } }
says = "Process notes stay with their author."

[[rule]]
id = "ethics.content"
tier = "ethics"
effect = "ask_first"
ask = ["client"]
says = "What was said belongs to the young person."
[rule.when]
category = ["session_content", "process_notes", "full_record"]
wish = { not = ["agrees", "agrees_in_writing"] }
relation = { not = "self" }

[[rule]]
id = "ethics.agreed"
tier = "ethics"
effect = "may_share"
when = { wish = ["agrees", "agrees_in_writing"] }
says = "The young person agrees."
"""

_INVARIANTS = """
[[invariant]]
id = "ethics.notes-stay"
says = "Process notes never go to family."
never = ["must_share", "may_share", "share_limited"]
when = { category = "process_notes", relation = ["parent", "step_parent", "guardian", "relative"] }

[[invariant]]
id = "ethics.reports-go"
says = "No wish stops a report."
always = ["must_share"]
when = { place = "us", category = "abuse_concern", relation = "child_protection", abuse = "disclosed" }
"""

_PRACTICE = """
[pack]
id = "practice"
version = "1"
speaker = "practice"
says = "What this practice does."
for = "all"

[[rule]]
id = "practice.attendance"
tier = "practice"
effect = "may_share"
when = { category = ["attendance", "scheduling"], relation = ["parent", "guardian"] }
says = "Parents are told when sessions are."

[[rule]]
id = "practice.themes"
tier = "practice"
effect = "share_limited"
limits = ["themes_only"]
when = { category = ["progress", "themes", "goals_and_plan"], relation = ["parent", "guardian"] }
says = "Parents hear themes."

[[rule]]
id = "practice.objects"
tier = "practice"
effect = "ask_first"
ask = ["client"]
over = ["practice.themes"]
says = "We talk again before we go against a wish."
[rule.when]
wish = ["objects", "prefers_to_tell", "prefers_together"]
category = ["progress", "themes", "session_content", "diagnosis"]

[[rule]]
id = "practice.general"
tier = "practice"
effect = "may_share"
when = { category = "general_information" }
says = "Anybody may hear how therapy works."

[[rule]]
id = "practice.agreed"
tier = "practice"
effect = "may_share"
when = { wish = ["agrees", "agrees_in_writing"] }
says = "What the young person agreed to goes."

[[rule]]
id = "practice.default"
tier = "default"
effect = "ask_first"
ask = ["client"]
says = "We ask first."
"""


def packs() -> tuple[Pack, ...]:
    """Return law, ethics and practice."""
    return tuple(
        from_files({name: text.encode() for name, text in files.items()})
        for files in (
            {"pack.toml": _LAW},
            {"pack.toml": _ETHICS, "invariants.toml": _INVARIANTS},
            {"pack.toml": _PRACTICE},
        )
    )


def table() -> Table:
    """Return the table of the three."""
    return arrange(packs(), on=NOON.date())


def opening(box: Box) -> Callable[[Table], Table]:
    """Return what adds a rule to a table, heard before all others, that lets everything go in a box."""
    rule = Rule("law.hole", "law", Speaker.LAW, Tier.DUTY, Disposition.MUST_SHARE, (box,), "A hole.")
    return lambda table: replace(table, final=(rule, *table.final))
