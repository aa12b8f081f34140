"""Warnings about rules, in the language of whoever reads: what the judgement says of them in English, by its code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.disclosure.lints import Lint
from halfdoor.service.disclosures.house.sentences import FACTS

WORDS: Mapping[str, Promise] = {
    "no-citation": _("Say where this rule can be checked."),
    "not-reviewed": _("Nobody has reviewed this rule; every answer that rests on it says so."),
    "outside-its-dates": _("This rule is not in force on %(named)s."),
    "opens-on-unknown": _("Not knowing this would open what knowing it can leave closed: %(named)s."),
    "switched-off": _("This law may not be in force, and decides nothing here. Read the source."),
    "no-switch": _("It turns a switch of %(named)s. Only laws that may not be in force have one, and this is none."),
    "not-there": _("It names %(named)s, and there is none of that name here."),
    "other-tier": _("It wants to go before %(named)s, which stands elsewhere: that has no effect."),
    "opposed": _("Where %(named)s matches too, the two say the opposite, and the less open one holds."),
    "never-decides": _("Wherever this rule matches, a rule that is heard earlier does too."),
    "opens-what-is-closed": _("Law or ethics close everything that this rule would open: %(named)s."),
}
"""What is said of each warning; ``named`` is the fact, the day or the rules it speaks of."""


def said(warning: Lint) -> str:
    """Return a warning in words."""
    named = ", ".join(str(FACTS.get(one, one)) for one in warning.named)
    return str(WORDS[warning.about] % {"named": named}) if warning.about in WORDS else warning.says
