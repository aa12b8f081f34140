"""What would change an answer, said as something that can happen: by fact and value of the contract. For staff."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

CHANGES: Mapping[str, Mapping[str, Promise]] = {
    "client.wish": {
        "agrees": _("the young person agrees"),
        "agrees_in_writing": _("the young person agrees in writing"),
        "does_not_object": _("the young person is told and does not object"),
        "objects": _("the young person objects"),
    },
    "care.wants_parent_as_representative": {
        "yes": _("the young person wants the parent to stand in for them"),
    },
    "information.kept_private": {
        "no": _("the young person no longer keeps it private"),
    },
    "agreements.authorization": {
        "covers": _("a signed consent covers it"),
        "withdrawn": _("the signed consent is withdrawn"),
    },
    "agreements.authorization_by": {
        "client": _("the young person signs the consent"),
        "parent": _("a parent signs the consent"),
        "guardian": _("a guardian signs the consent"),
        "authority": _("the authority signs the consent"),
    },
    "agreements.authority_holder_agrees": {
        "agrees": _("whoever else holds authority agrees"),
        "objects": _("whoever else holds authority objects"),
    },
    "agreements.other_parent": {
        "agrees": _("the other parent agrees"),
        "objects": _("the other parent objects"),
    },
    "recipient.identity": {
        "verified": _("we have verified who they are"),
    },
    "recipient.authority": {
        "full": _("papers show full authority"),
        "shared": _("papers show shared authority"),
        "information_only": _("papers show a right to be informed"),
        "none": _("papers show no authority"),
    },
    "recipient.needs_it_for_role": {
        "yes": _("they need it for their part"),
    },
    "information.marks_cover": {
        "some_items": _("what is private can be taken out"),
    },
    "client.competence": {
        "competent": _("the young person is found able to decide this"),
        "not_competent": _("the young person is found not yet able to decide this"),
    },
    "circumstances.best_interests": {
        "for_sharing": _("sharing is found to serve the young person"),
        "nothing_against": _("nothing is found against sharing"),
        "against_sharing": _("sharing is found not to serve the young person"),
    },
    "circumstances.harm_finding": {
        "serious_harm": _("a professional finds that it would do serious harm"),
    },
    "circumstances.order": {
        "court_order_to_share": _("a court orders it to be shared"),
        "court_order_not_to_share": _("a court orders it not to be shared"),
    },
}
"""Whatever the judgement counts as something that can happen. A test holds the two together."""


def change_words(change: Mapping[str, Any]) -> str:
    """Return what would have to happen, of a change ``{facts: {path: value}, disposition, rule}``: "If a, b and c:"."""
    said = [str(CHANGES[path][value]) for path, value in change["facts"].items()]
    return pgettext("what would change an answer", "If %s:") % get_text_list(
        said, pgettext("between the last two", "and")
    )
