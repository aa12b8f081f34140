"""When somebody may be in danger: what goes at once, to whom, and what would add to the danger."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.disclosures.exercises import Facts
from halfdoor.service.requests.words import Channel
from halfdoor.service.training.scenarios import AND_TEAM, CLINICIANS, Collection, Scenario, the_same

_SOMEBODY: Facts = {
    "setting": "outpatient",
    "status": "minor",
    "identity": "verified",
    "authority": "none",
    "initiated_by": "recipient",
    "legal_basis": "parent_consent",
}
_PARENT: Facts = {**_SOMEBODY, "relation": "parent", "authority": "full", "involved_in_care": "yes"}

SCENARIOS = (
    Scenario(
        slug="it-cannot-wait",
        collection=Collection.DANGER,
        channel=Channel.TELEPHONE,
        title=_("It cannot wait"),
        story=_(
            "Yuki, who is fifteen, told you that she has put pills by and means to take them tonight. “Don’t tell my "
            "mother.” You tried to find a way with her, and it does not hold. Now you call her mother, who has a full "
            "say."
        ),
        facts={
            **_PARENT,
            "age": 15,
            "risk": "serious_and_imminent",
            "risk_to": "self",
            "wish": "objects",
            "initiated_by": "service",
            "category": "risk",
            "purpose": "safety",
        },
        expects=the_same("share_limited"),
        steps=("tell_safety", "give_all", "wait"),
        right=_(
            "I am calling because Yuki’s life is in danger tonight. Please stay with her, lock away all medicine in "
            "the house, and bring her to the hospital now. I will call there and say that you are coming."
        ),
        leaks=_(
            "I am calling because I am very worried about Yuki. She cannot bear how you and her father shout at "
            "night, she has told me so for weeks, and now she has put pills by. Please stay with her tonight."
        ),
        walls=_(
            "I cannot go into it, because what she says to me is confidential. But please keep an eye on her over the "
            "next few days."
        ),
        tells=_(
            "This would have told her mother what hurts Yuki at home. Nobody needs that tonight to keep her alive."
        ),
        roles=CLINICIANS,
    ),
    Scenario(
        slug="the-one-she-is-afraid-of",
        collection=Collection.DANGER,
        channel=Channel.TELEPHONE,
        title=_("The one she is afraid of"),
        story=_(
            "Elin is nine. She told you that her father hits her, and you are about to report it. He calls, friendly: "
            "“She has been so odd since she sees you. What does she tell you?” If he knew, she would pay for it "
            "tonight."
        ),
        facts={
            **_PARENT,
            "age": 9,
            "suspected_of_harm": "yes",
            "abuse": "disclosed",
            "asking_raises_risk": "yes",
            "category": "session_content",
            "purpose": "support",
        },
        expects=the_same("withhold"),
        steps=("instead", "tell_a_little", "confront"),
        right=_(
            "Thank you for calling. What children say here stays here; we tell every parent so. I can tell you how we "
            "work and what usually helps in the first weeks, if you like."
        ),
        leaks=_(
            "Thank you for calling. I cannot talk about that just now; there is something that she told us which we "
            "first have to clear up with others. You will hear about it in the next few days."
        ),
        walls=_("I have nothing to say to you."),
        tells=_("This would have told him that Elin said something, on an evening on which she is alone with him."),
    ),
    Scenario(
        slug="please-tell-nobody",
        collection=Collection.DANGER,
        channel=Channel.TELEPHONE,
        title=_("“Please, leave them out of it”"),
        story=_(
            "Oskar, who is nine, showed you burns and said who made them. His parents beg you to leave the authorities "
            "out: “It was once. It will never happen again.” Now somebody at child protection takes your call."
        ),
        facts={
            **_SOMEBODY,
            "age": 9,
            "relation": "child_protection",
            "needs_it_for_role": "yes",
            "practitioner": "regulated",
            "abuse": "disclosed",
            "authority_holder_agrees": "objects",
            "initiated_by": "service",
            "category": "abuse_concern",
            "purpose": "safety",
        },
        expects=the_same("must_share", ("us",), may_share="england wales"),
        steps=("report", "ask_parents", "wait"),
        right=_(
            "I am reporting a suspicion: what I saw on Oskar’s arm today, and what he said about it, in his words. His "
            "parents asked me not to. This is how you reach me."
        ),
        leaks=_(
            "I am reporting a suspicion about Oskar, who is nine. So that you have the whole picture, here is "
            "everything from two years of therapy: his notes, his drawings, and what his mother told me about her "
            "marriage."
        ),
        walls=_("I would like to ask what one does in such a case. I would rather not give a name."),
        tells=_("This would have told far more than protects Oskar: two years of what he said in trust."),
    ),
    Scenario(
        slug="which-entrance",
        collection=Collection.DANGER,
        channel=Channel.TELEPHONE,
        title=_("“Which entrance is it?”"),
        story=_(
            "Zofia, who is twelve, lives in a home whose address her father must not learn; he has threatened to take "
            "her. A man calls the front desk: “I am on my way with her winter coat. Which entrance is it?” He knows "
            "her full name and her date of birth."
        ),
        facts={
            **_PARENT,
            "setting": "residential",
            "age": 12,
            "authority": "limited_by_order",
            "identity": "unverified",
            "suspected_of_harm": "yes",
            "looked_after": "care_order",
            "legal_basis": "agency_consent",
            "category": "whereabouts",
            "purpose": "support",
        },
        expects=the_same("withhold"),
        steps=("same_words", "look_up", "leave_it"),
        right=_(
            "I cannot say whether somebody is here; we say that about every name. Whoever looks after a child knows "
            "how to get a coat to them."
        ),
        leaks=_(
            "It is kind of you to bring it, in this cold. But you cannot come here, we are not allowed to let you in: "
            "it has to go through her social worker. Do you have the number?"
        ),
        walls=_("Do not call here again."),
        tells=_("This would have told him that he is at the right door."),
    ),
    Scenario(
        slug="three-in-the-morning",
        collection=Collection.DANGER,
        channel=Channel.TELEPHONE,
        title=_("Three in the morning"),
        story=_(
            "A doctor in an emergency department calls: Ivy, who is sixteen, is unconscious. “What does she take, and "
            "how much?” You called back on the hospital’s own number, and it is really them."
        ),
        facts={
            **_SOMEBODY,
            "age": 16,
            "relation": "outside_clinician",
            "needs_it_for_role": "yes",
            "emergency": "yes",
            "risk": "serious_and_imminent",
            "wish": "cannot_be_asked",
            "category": "medication",
            "purpose": "treatment",
        },
        expects=the_same("may_share"),
        steps=("give", "give_all", "ask_parents"),
        right=_(
            "I have her list before me: this is what she takes, how much, since when, and who prescribes it. What else "
            "do you need in order to treat her?"
        ),
        leaks=_(
            "I have her list before me: she takes these two, in the evening. And so that you understand her better: "
            "she fell out with her mother over a boy last week, and has hardly slept or spoken since."
        ),
        walls=_(
            "I need a signature of her parents first. Please send me the form, and I will answer in the morning when "
            "the office is open."
        ),
        tells=_("This would have told a ward about Ivy and a boy, which helps nobody to treat her."),
        roles=AND_TEAM,
    ),
)
