"""What becomes of a kind of thing, in the words of the young person's own pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IN_MY_WORDS: Mapping[str, Promise] = {
    "must_share": _("Has to be told if they ask"),
    "may_share": _("Can know this"),
    "share_limited": _("Can know this roughly, not what you said"),
    "ask_first": _("You are asked first"),
    "assess_first": _("Somebody checks first"),
    "withhold": _("Stays here"),
}

NOT_ABOUT_ME = ("general_information",)
