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
        "agrees_in_part": _("the young person agrees to a part of it"),
        "does_not_object": _("the young person is told and does not object"),
        "objects": _("the young person objects"),
        "prefers_to_tell": _("the young person would rather tell it"),
        "prefers_together": _("the young person would rather tell it together"),
        "not_asked": _("the young person has not been asked"),
        "cannot_be_asked": _("the young person cannot be asked"),
    },
    "client.competence": {
        "competent": _("the young person is found able to decide this"),
        "not_competent": _("the young person is found not yet able to decide this"),
        "not_assessed": _("nobody has assessed whether the young person can decide this"),
    },
    "care.wants_parent_as_representative": {
        "yes": _("the young person wants the parent to stand in for them"),
        "no": _("the young person does not want the parent to stand in for them"),
    },
    "recipient.authority": {
        "full": _("papers show full authority"),
        "shared": _("papers show shared authority"),
        "information_only": _("papers show a right to be informed"),
        "limited_by_order": _("a court order limits authority"),
        "none": _("papers show no authority"),
        "ended": _("authority has ended"),
        "undeterminable": _("the papers do not settle authority"),
        "unknown": _("authority is not known"),
    },
    "recipient.identity": {
        "verified": _("we have verified who they are"),
        "unverified": _("who they are is not verified"),
    },
    "recipient.involved_in_care": {"yes": _("they take part in the care"), "no": _("they take no part in the care")},
    "recipient.needs_it_for_role": {
        "yes": _("they need it for their part"),
        "no": _("they do not need it for their part"),
    },
    "recipient.suspected_of_harm": {
        "yes": _("they are suspected of harm"),
        "no": _("the suspicion of harm is cleared up"),
    },
    "information.kept_private": {
        "yes": _("the young person keeps it private"),
        "no": _("the young person no longer keeps it private"),
    },
    "information.marks_cover": {
        "everything": _("what is private is all of it"),
        "some_items": _("what is private can be taken out"),
    },
    "agreements.authorization": {
        "covers": _("a signed consent covers it"),
        "expired": _("the signed consent has expired"),
        "withdrawn": _("the signed consent is withdrawn"),
        "does_not_cover": _("the signed consent does not cover it"),
        "none": _("there is no signed consent"),
    },
    "agreements.authorization_by": {
        "client": _("the young person signs the consent"),
        "parent": _("a parent signs the consent"),
        "guardian": _("a guardian signs the consent"),
        "authority": _("the authority signs the consent"),
        "court": _("a court gives the consent"),
        "none": _("nobody has signed a consent"),
    },
    "agreements.authority_holder_agrees": {
        "agrees": _("whoever else holds authority agrees"),
        "objects": _("whoever else holds authority objects"),
        "not_asked": _("nobody has asked whoever else holds authority"),
    },
    "agreements.other_parent": {
        "agrees": _("the other parent agrees"),
        "objects": _("the other parent objects"),
        "not_asked": _("the other parent has not been asked"),
        "not_applicable": _("no other parent has a say"),
    },
    "agreements.told_at_start": {
        "yes": _("the young person was told of this at the start"),
        "no": _("the young person was not told of this at the start"),
    },
    "circumstances.order": {
        "none": _("no order applies"),
        "court_order_to_share": _("a court orders it to be shared"),
        "court_order_not_to_share": _("a court orders it not to be shared"),
        "subpoena": _("a subpoena arrives"),
        "informal_letter": _("a letter asks for it"),
        "statutory_request": _("somebody asks under a statute"),
    },
    "circumstances.harm_finding": {
        "none": _("no professional finds that it would do harm"),
        "serious_harm": _("a professional finds that it would do serious harm"),
    },
    "circumstances.best_interests": {
        "for_sharing": _("sharing is found to serve the young person"),
        "nothing_against": _("nothing is found against sharing"),
        "against_sharing": _("sharing is found not to serve the young person"),
    },
    "circumstances.risk": {
        "none_known": _("the risk has passed"),
        "concern": _("there is a concern about safety"),
        "serious": _("there is a serious risk"),
        "serious_and_imminent": _("there is a serious risk right now"),
    },
    "purpose": {
        "support": _("it is asked for to support the young person"),
        "treatment": _("it is needed for treatment"),
        "safety": _("it is needed to keep somebody safe"),
        "access_request": _("they ask for the record"),
    },
}


def change_words(change: Mapping[str, Any]) -> str:
    """
    Return what would have to happen, of a change ``{facts: {path: value}, disposition, rule}``: "If a, b and c".

    A fact without words here is written as the contract writes it.
    """
    said = [str(CHANGES.get(path, {}).get(value) or f"{path} = {value}") for path, value in change["facts"].items()]
    return pgettext("what would change an answer", "If %s:") % get_text_list(
        said, pgettext("between the last two", "and")
    )
