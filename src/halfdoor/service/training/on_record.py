"""What is on record in a story, in words. What the story itself says (who asks, and why) is not said twice."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.requests.words import TOPICS
from halfdoor.service.training.scenarios import Scenario

_ABOUT = _("It is about %s.")
_AGE = _("The young person is %d years old.")

WORDS: Mapping[tuple[str, str], Promise] = {
    ("identity", "verified"): _("We have verified that it is really them."),
    ("identity", "unverified"): _("Nobody has verified yet who it is."),
    ("status", "adult"): _("The young person is an adult."),
    ("status", "deceased"): _("The young person has died."),
    ("legal_basis", "parent_consent"): _("A parent agreed to the care."),
    ("legal_basis", "own_consent"): _("The young person agreed to the care themselves."),
    ("legal_basis", "adult_consent"): _("The young person agreed to the care as an adult."),
    ("legal_basis", "agency_consent"): _("An authority or agency agreed to the care."),
    ("authority", "full"): _("By the papers, whoever asks has a full say."),
    ("authority", "shared"): _("By the papers, whoever asks shares a say with others."),
    ("authority", "limited_by_order"): _("An order of a court limits the say of whoever asks."),
    ("acting_for", "parent"): _("Whoever asks acts for a parent."),
    ("looked_after", "care_order"): _("There is a care order."),
    ("looked_after", "accommodated"): _("The young person is looked after, by agreement."),
    ("told_at_start", "yes"): _("The young person was told at the start that this goes to people like them."),
    ("competence", "competent"): _("The young person was found able to decide this."),
    ("wish", "objects"): _("The young person was asked, and said no."),
    ("wish", "cannot_be_asked"): _("The young person cannot be asked now."),
    ("kept_private", "yes"): _("The young person asked that this stays private."),
    ("given_in_confidence", "yes"): _("It was said in confidence."),
    ("about_third_party", "yes"): _("It is about somebody else too."),
    ("order", "court_order_to_share"): _("A court orders that it is shared."),
    ("order", "court_order_not_to_share"): _("A court orders that it is not shared."),
    ("order", "subpoena"): _("It was summoned by one side, without a judge."),
    ("order", "informal_letter"): _("There is a letter, and no order."),
    ("harm_finding", "serious_harm"): _("Professionals found, and signed, that sharing would do serious harm."),
    ("suspected_of_harm", "yes"): _("Whoever asks may have harmed the young person, or may endanger them."),
    ("abuse", "disclosed"): _("The young person told of abuse."),
    ("asking_raises_risk", "yes"): _("To ask or to tell would add to the danger."),
    ("authority_holder_agrees", "objects"): _("Those who decide for the child are against it."),
    ("risk", "serious_and_imminent"): _("There is a serious danger, and it cannot wait."),
    ("emergency", "yes"): _("It is an emergency."),
    ("substance_use_programme", "yes"): _(
        "Care is given by a service for drinking or drugs that special law protects."
    ),
    ("needs_it_for_role", "yes"): _("Whoever asks needs it for their work."),
}
"""By fact and value of the contract."""

SAID_BY_THE_STORY = frozenset(
    {
        *("age", "setting", "relation", "category", "purpose", "initiated_by", "marks_cover", "risk_to"),
        *("involved_in_care", "practitioner", "provider"),
    }
)
"""Facts that need no line of their own."""

USUAL = frozenset({("status", "minor"), ("authority", "none")})
"""Values that need none either."""


def lines(scenario: Scenario) -> Iterator[str]:
    """Yield what is on record in a scenario, in words, beginning with what it is about."""
    yield str(_ABOUT) % TOPICS[str(scenario.facts["category"])]
    yield str(_AGE) % int(scenario.facts["age"])
    for (fact, value), words in WORDS.items():
        if scenario.facts.get(fact) == value:
            yield str(words)
