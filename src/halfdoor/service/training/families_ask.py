"""Mothers and fathers who ask, and young people who have a say."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.disclosures.exercises import Facts
from halfdoor.service.requests.words import Channel
from halfdoor.service.training.scenarios import AND_OFFICE, CLINICIANS, Collection, Scenario, the_same

_PARENT: Facts = {
    "setting": "outpatient",
    "status": "minor",
    "relation": "parent",
    "authority": "full",
    "identity": "verified",
    "involved_in_care": "yes",
    "initiated_by": "recipient",
    "legal_basis": "parent_consent",
    "purpose": "support",
}

SCENARIOS = (
    Scenario(
        slug="father-on-the-telephone",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("A worried father on the telephone"),
        story=_(
            "A man calls at ten to six. He says that he is Jonah’s father, that the boy has not spoken at supper for a "
            "week, and asks: “Did he say anything to you? Just tell me whether it is about school.” The number is not "
            "the one on record. His voice shakes."
        ),
        facts={**_PARENT, "age": 14, "authority": "shared", "identity": "unverified", "category": "session_content"},
        expects=the_same("assess_first"),
        steps=("call_back", "tell_a_little", "leave_it"),
        right=_(
            "I can hear how worried you are. I cannot say who comes to us, to anybody who calls. If you look after a "
            "young person who does, I will call you back on a number that we already have."
        ),
        leaks=_(
            "I can hear how worried you are, and I can put your mind at rest a little: Jonah is all right with us, "
            "and it has nothing to do with school. Please give him time at supper, he will come round."
        ),
        walls=_("I am not allowed to tell you anything about anybody, and I have no time for this today. Goodbye."),
        tells=_(
            "This would have told whoever is on the line that Jonah comes to you, and what he does not talk about."
        ),
    ),
    Scenario(
        slug="two-homes",
        collection=Collection.FAMILIES,
        channel=Channel.IN_PERSON,
        title=_("Two homes, one question"),
        story=_(
            "Ines is ten and spends one week with her mother, the next with her father. Both have a say, and when you "
            "began it was agreed that both hear in general how it goes. Her father, whom you know well, asks after a "
            "session: “How is she doing? And what does she tell you about my place?”"
        ),
        facts={**_PARENT, "age": 10, "authority": "shared", "told_at_start": "yes", "category": "progress"},
        expects=the_same("share_limited"),
        steps=("tell_part", "give_all", "leave_it"),
        right=_(
            "She has settled in and works hard. What she says about either home stays in the room; that is why she can "
            "speak freely. Would it help to think together about what makes the change of homes easier?"
        ),
        leaks=_(
            "She has settled in well, thank you for asking. If I may give you one hint: she finds the evenings at "
            "your place lonely, so perhaps you could sit with her for a while when she goes to bed."
        ),
        walls=_("I do not speak with one parent alone. Please put your question in writing, together with the mother."),
        tells=_(
            "This would have told him what Ines says about his home, and she would have to live with that the same "
            "week."
        ),
        roles=CLINICIANS,
    ),
    Scenario(
        slug="order-of-the-court",
        collection=Collection.FAMILIES,
        channel=Channel.IN_PERSON,
        title=_("A father, and an order of the court"),
        story=_(
            "A court has ordered that nothing about Kofi, who is twelve, goes to his father until it decides again. "
            "The father stands at the front desk, polite, with a cake for Kofi’s birthday. “I only want to know "
            "whether he is better,” he says."
        ),
        facts={
            **_PARENT,
            "age": 12,
            "authority": "limited_by_order",
            "order": "court_order_not_to_share",
            "category": "progress",
        },
        expects=the_same("withhold"),
        steps=("same_words", "tell_a_little", "look_up"),
        right=_(
            "I can see that this matters to you. I cannot say anything about who comes here, to you or to anybody "
            "else. A lawyer can tell you which way is open to you through the court."
        ),
        leaks=_(
            "That is a lovely cake. He is much better, I can tell you that much from one human being to another; but "
            "because of the order I may not say more, and I cannot give it to him from you."
        ),
        walls=_("You have no business here. Please leave."),
        tells=_("This would have told him that Kofi comes here and how he is, against what the court said."),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="a-mother-who-has-to-know",
        collection=Collection.FAMILIES,
        channel=Channel.IN_PERSON,
        title=_("A mother who has to know"),
        story=_(
            "Teo is fifteen. He asked you to keep to yourself what happened at the party, and when you asked him again "
            "he said no. His mother waits for you in the corridor, in tears: “I am his mother. You have to tell me "
            "what they did to him.” As far as you can see, nobody is in danger now."
        ),
        facts={**_PARENT, "age": 15, "kept_private": "yes", "wish": "objects", "category": "session_content"},
        expects=the_same("withhold"),
        steps=("instead", "tell_a_little", "leave_it"),
        right=_(
            "It is hard to see that something weighs on him and not to know what. What is said in sessions stays "
            "there; if somebody were in danger, you would hear from us. Shall we think about how the two of you could "
            "talk?"
        ),
        leaks=_(
            "I understand you so well, I am a parent myself. He would rather that you do not know about the party "
            "yet. Give him a few days, and do not let on that I told you."
        ),
        walls=_(
            "What is said in sessions is confidential by law and by our policy. There is nothing more that I can say "
            "to you about it, today or later."
        ),
        tells=_("This would have told her that there is something about a party, and that Teo said no to her."),
        roles=CLINICIANS,
    ),
    Scenario(
        slug="fifteen-and-able-to-decide",
        collection=Collection.FAMILIES,
        channel=Channel.PORTAL,
        title=_("Fifteen, and able to decide"),
        story=_(
            "Lowri is fifteen. You assessed that she understands what it means to come here on her own decision, and "
            "wrote it down. She does not want her father to hear how it goes. He writes a kind message: “I take her to "
            "the bus, I ask for nothing private. Is it helping her?”"
        ),
        facts={
            **_PARENT,
            "age": 15,
            "competence": "competent",
            "legal_basis": "own_consent",
            "wish": "objects",
            "category": "progress",
        },
        expects=the_same("withhold", ("england", "wales")),
        steps=("instead", "tell_part", "name_the_no"),
        right=_(
            "Thank you for writing, and for getting her to the bus. How it is going is not something that we share at "
            "the moment. You help most by asking about her week, and by leaving room for a short answer."
        ),
        leaks=_(
            "Thank you for writing so kindly, and for getting her to the bus. I did ask Lowri whether I may tell you, "
            "and at the moment she does not want you to know how it is going. Please do not hold it against her."
        ),
        walls=_("She can decide for herself, so please do not write to us again."),
        tells=_("This would have told him that Lowri was asked and said no. Only she says that, if she wants to."),
        roles=CLINICIANS,
    ),
    Scenario(
        slug="she-came-on-her-own",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("She came on her own"),
        story=_(
            "Where Dana lives, the law lets somebody of sixteen begin therapy on their own word, and she did. Her "
            "mother found a card with an appointment and calls from a number that you know: “I know that she comes to "
            "you. How is she doing?” Dana has not said whether her mother may stand in for her."
        ),
        facts={**_PARENT, "age": 16, "legal_basis": "own_consent", "category": "progress"},
        expects=the_same(
            "assess_first",
            ("us",),
            ask_first="us-ct us-il us-ma us-mi us-mn us-nc us-oh us-pa us-tn us-wa",
        ),
        steps=("ask_them", "give", "leave_it"),
        right=_(
            "Thank you for calling. I would like to answer you properly, and there is something that I have to look at "
            "first. I will call you back by Friday. Is there something that worries you today?"
        ),
        leaks=_(
            "Thank you for calling, and for taking it so well. Yes, she comes every Tuesday, and she is doing really "
            "well. Please do not mention that you found the card; she will want to tell you herself."
        ),
        walls=_("You have no right to know anything about her."),
        tells=_(
            "This would have told her mother more than a card does: the days, and how it goes. Dana began on her own "
            "word, and she is asked first."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="do-not-say-that-i-said-no",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("“Don’t say that I said no”"),
        story=_(
            "Sami is sixteen. His mother asked what his sessions are about, in general. He says: “No. And please don’t "
            "say that I said no, or it all starts at home.” She calls the next day, friendly, and you know her voice "
            "and her number."
        ),
        facts={**_PARENT, "age": 16, "wish": "objects", "category": "themes"},
        expects=the_same("withhold"),
        steps=("instead", "name_the_no", "leave_it"),
        right=_(
            "Thank you for asking. We do not share that at the moment; what is said here stays here unless it has been "
            "agreed what goes further. You were right to ask, and you can ask again. May I tell you what often helps?"
        ),
        leaks=_(
            "Thank you for asking, and for your patience. I did ask him, as I promised you, but I am afraid that I "
            "cannot tell you what he answered. Perhaps you can talk with him about it at the weekend."
        ),
        walls=_("There is nothing that I could tell you, and there will not be. Sessions are between him and me."),
        tells=_(
            "This would have told her that Sami was asked. From there it is one step to his no, and he asked you not "
            "to let her take it."
        ),
        roles=CLINICIANS,
    ),
)
