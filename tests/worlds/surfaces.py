"""
Which pages somebody has to see: every address behind their door that is for their part. A new address fails the test of
two worlds until its viewer reaches it, by a link or a form, or until it stands below with the reason why not.
"""

from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

from halfdoor.service.core.audience import Audience, audience_of, roles_of
from tests.worlds.viewers import Viewer

SEES_FOR: Mapping[str, str] = {
    "caregiver": "tom",
    "young_person": "amina",
    "therapist": "ruth",
    "lead": "the lead",
    "office": "the office",
    "team": "dan",
}
"""Role to who sees its pages. A page for several roles is seen by the first of them; what others see counts on top."""

_BY_SCRIPT = "the page asks for it while somebody types: portals/tests/test_hidden_and_absent.py"
_NOTHING_YET = "nothing in the story of both worlds leads there yet: portals/tests/test_hidden_and_absent.py"
NOT_REACHED: Mapping[str, str] = {
    "requests:keep": _BY_SCRIPT,
    "requests:keep_asking": _BY_SCRIPT,
    "requests:outlook": _BY_SCRIPT,
    "disclosures:ask_escrow": "she is in no circle: disclosures/tests/test_escrow.py",
    "requests:departure": "she is in no circle: requests/tests/test_after_the_answer.py",
    **dict.fromkeys(
        ("staff_elsewhere", "family_elsewhere", "me_elsewhere"),
        "they are signed in nowhere else: people/tests/test_sign_ins.py",
    ),
    **dict.fromkeys(
        (
            f"{door}_{page}"
            for door in ("staff", "family", "me")
            for page in ("app", "passkey", "codes", "later", "rename", "remove", "once_more")
        ),
        "nobody is asked there, and secrets are drawn anew each time: accounts/tests/test_second_factors.py",
    ),
    "people:give_code": "its answer holds a code drawn anew each time: people/tests/test_sign_ins.py",
    "rules:forgotten": "no restore forgot anything: disclosures/tests/test_after_a_restore.py",
    "rules:go_back": "these are the rules that came with Halfdoor: disclosures/tests/test_house_rule_pages.py",
    **dict.fromkeys(
        (
            "disclosures:escrow",
            "disclosures:hold",
            "disclosures:read_escrow",
            "notes:what_they_see",
            "people:close_emergency",
            "people:emergency_access",
            "people:open_sign_in",
            "people:way_in_of_member",
            "people:withdraw_code",
            "portals:birthday",
            "records:asked_copy",
            "records:erase",
            "records:family_copy_json",
            "records:family_copy_pdf",
            "records:my_copy_json",
            "records:my_copy_pdf",
            "records:erasure",
            "records:lift",
            "records:settle_lifting",
            "requests:ask",
            "requests:explain",
            "requests:follow_up",
            "requests:identity",
            "requests:letter",
            "requests:longer",
            "requests:offer",
            "rules:seen",
            "rules:settle_codes",
            "training:certificate",
        ),
        _NOTHING_YET,
    ),
}
"""Names of addresses that no walk reaches, each with the reason, and where it is looked at instead."""


def not_reached(viewer: Viewer, surfaces: set[str]) -> set[str]:
    """Return the addresses that somebody had to see and did not."""
    seen = {surface.split(" ")[1].partition("?")[0] for surface in surfaces if " " in surface}
    return {name for name, who in addresses() if who == viewer.name} - seen - NOT_REACHED.keys()


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the name of every address that is for somebody who signed in, and who sees it for all."""
    for name, pattern in _patterns(get_resolver().url_patterns):
        audience = audience_of(pattern.callback)
        if Audience.PUBLIC not in audience:
            roles = roles_of(audience)
            yield name, next(who for role, who in SEES_FOR.items() if role in roles)


def _patterns(patterns: list[URLPattern | URLResolver], *, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, space=f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern
