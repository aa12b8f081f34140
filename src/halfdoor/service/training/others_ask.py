"""People outside the family who ask: with a name or without, with papers or without, or as part of their work."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.disclosures.exercises import Facts
from halfdoor.service.requests.words import Channel
from halfdoor.service.training.scenarios import AND_OFFICE, AND_TEAM, Collection, Scenario, the_same

_SOMEBODY: Facts = {
    "setting": "outpatient",
    "status": "minor",
    "authority": "none",
    "identity": "verified",
    "initiated_by": "recipient",
    "legal_basis": "parent_consent",
}
_AT_WORK: Facts = {**_SOMEBODY, "needs_it_for_role": "yes"}
_IN_CARE: Facts = {**_AT_WORK, "involved_in_care": "yes", "legal_basis": "agency_consent"}
_FOR_A_PARENT: Facts = {**_SOMEBODY, "relation": "lawyer", "authority": "shared", "acting_for": "parent"}
_LEGAL: Facts = {"age": 13, "category": "full_record", "purpose": "legal_process"}

SCENARIOS = (
    Scenario(
        slug="somebody-without-a-name",
        collection=Collection.OTHERS,
        channel=Channel.TELEPHONE,
        title=_("Somebody who gives no name"),
        story=_(
            "“Good morning, is Kim Larsen in your group on Wednesdays? I am a friend of the family.” The caller sounds "
            "cheerful and gives no name. You know at once whom they mean."
        ),
        facts={
            "setting": "outpatient",
            "status": "minor",
            "age": 16,
            "initiated_by": "recipient",
            "category": "existence_of_care",
        },
        expects=the_same("withhold"),
        steps=("same_words", "look_up", "leave_it"),
        right=_(
            "Thank you for calling. I cannot say whether somebody comes to us; we say the same about every name. If "
            "you look after a young person who does, please write to us. We check who is asking, and then we call back."
        ),
        leaks=_(
            "Thank you for calling. I am sorry, I cannot tell you anything about Kim without permission, not even to "
            "a friend of the family. If Kim’s parents call us themselves, we can talk about it."
        ),
        walls=_("Who are you, and why do you want to know?"),
        tells=_("This would have told a stranger that there is a Kim here about whom you keep quiet."),
    ),
    Scenario(
        slug="a-letter-from-a-lawyer",
        collection=Collection.OTHERS,
        channel=Channel.LETTER,
        title=_("A letter from a lawyer"),
        story=_(
            "A letter on heavy paper: a mother’s lawyer asks for “all records of the minor” within ten days, because "
            "the parents are in court about where the child will live. The mother has a say, the child is thirteen, "
            "and no court has ordered anything."
        ),
        facts={**_FOR_A_PARENT, **_LEGAL, "order": "informal_letter"},
        expects=the_same("ask_first", assess_first="us-ga"),
        steps=("ask_them", "legal", "give"),
        right=_(
            "Thank you for your letter. Without the agreement of those who have to agree, or an order of the court, we "
            "send no records. We look into it and answer you in writing."
        ),
        leaks=_(
            "Thank you for your letter. In the interest of the child we would like to help the court: enclosed is "
            "only the summary; the notes of the sessions follow if the court asks for them."
        ),
        walls=_(
            "We do not answer letters from lawyers. Please refrain from writing to us about this or any other matter."
        ),
        tells=_(
            "This would have told one side of a dispute what was said in sessions, because of a letter that compels "
            "nobody."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="papers-that-look-like-an-order",
        collection=Collection.OTHERS,
        channel=Channel.IN_PERSON,
        title=_("Papers that look like an order"),
        story=_(
            "Somebody puts an envelope on the desk: one side of a dispute summons the record of a child of thirteen. "
            "No judge has looked at it. “You have to hand it over,” he says, and looks at his watch."
        ),
        facts={**_FOR_A_PARENT, **_LEGAL, "order": "subpoena"},
        expects=the_same("assess_first"),
        steps=("legal", "give", "leave_it"),
        right=_(
            "Thank you, I have taken it and written down the time. We take advice, and we answer within the time that "
            "it names."
        ),
        leaks=_(
            "Thank you for waiting. If it has to be, it has to be: I will make you a copy of the file, that takes ten "
            "minutes. Would you sign here that you have received it?"
        ),
        walls=_("We do not accept papers like that."),
        tells=_(
            "This would have given out a whole record on a paper that can still be challenged, and nobody would have "
            "told the family."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="signed-by-a-judge",
        collection=Collection.OTHERS,
        channel=Channel.LETTER,
        title=_("Signed by a judge"),
        story=_(
            "The court orders that the record of a child of thirteen, from March to June, goes to the court by Friday. "
            "The order is signed, and the court confirms it when you call its own number."
        ),
        facts={
            **_SOMEBODY,
            "age": 13,
            "relation": "court",
            "order": "court_order_to_share",
            "category": "full_record",
            "purpose": "court_proceedings",
        },
        expects=the_same("must_share"),
        steps=("give", "give_all", "ask_them"),
        right=_(
            "We have the order and will send what it names, from March to June, by Friday. We tell the family that we "
            "have to, and what goes."
        ),
        leaks=_(
            "We have the order, and we want to help. So that nothing is missing we send all that we have, from the "
            "first day to the last; then the court can see for itself what it needs."
        ),
        walls=_("Without the family’s consent we send nothing, whatever the order says."),
        tells=_(
            "This would have told the court more than it asked for: what is older, what is newer, and about others."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="two-officers-in-the-hall",
        collection=Collection.OTHERS,
        channel=Channel.IN_PERSON,
        title=_("Two officers in the hall"),
        story=_(
            "Two police officers ask about Dario, who is sixteen and may have seen a fight. They are civil and in a "
            "hurry, and they have no order. “Only what he told you about Saturday. It would help him.”"
        ),
        facts={**_SOMEBODY, "age": 16, "relation": "police", "category": "session_content", "purpose": "legal_process"},
        expects=the_same("withhold"),
        steps=("instead", "tell_a_little", "leave_it"),
        right=_(
            "I want you to be able to do your work. About anybody who may come here we can only speak with an order, "
            "or when those concerned agree. Please leave me your names and your number; our clinical lead calls you "
            "today."
        ),
        leaks=_(
            "I would like to help him too. He did mention the fight on Saturday, and from what he said he did not hit "
            "anybody. But you have not heard that from me, and I would not say it in court."
        ),
        walls=_(
            "We do not talk to the police here. You know perfectly well what papers you have to bring, so please do "
            "not waste our time."
        ),
        tells=_("This would have told the police that Dario comes here, and that he was there on Saturday."),
    ),
    Scenario(
        slug="the-insurer-wants-to-read-along",
        collection=Collection.OTHERS,
        channel=Channel.TELEPHONE,
        title=_("The insurer wants to read along"),
        story=_(
            "An insurer pays for the sessions of Hanna, who is fifteen. Somebody from there calls: “Before we go on "
            "paying we need the notes of the last five sessions. Otherwise I have to close the claim today.”"
        ),
        facts={**_AT_WORK, "age": 15, "relation": "payer", "category": "progress_note", "purpose": "payment"},
        expects=the_same("ask_first"),
        steps=("ask_them", "give", "leave_it"),
        right=_(
            "I understand that you have to decide about the claim. Notes of sessions go out only when those whose "
            "right it is have agreed. Please write to us what you need to know, and we will see what answers it with "
            "less."
        ),
        leaks=_(
            "I understand that you have to decide today, and she must not lose her place. I will fax the five notes "
            "over at once; the names of others in them I will cross out, so that it is only about her."
        ),
        walls=_("Then close it. We do not send notes to anybody, and we do not discuss our work with an insurer."),
        tells=_("This would have told an insurer what Hanna says in sessions, where dates and a bill may have done."),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="the-counselor-at-school",
        collection=Collection.OTHERS,
        channel=Channel.TELEPHONE,
        title=_("The counselor at school"),
        story=_(
            "The counselor at Ravi’s school, whom you know and like, calls: “He sits in my office twice a week. If I "
            "knew what the two of you are on, I could work in the same direction.” Ravi is fourteen."
        ),
        facts={**_AT_WORK, "age": 14, "relation": "school_counsellor", "category": "themes", "purpose": "education"},
        expects=the_same("ask_first"),
        steps=("ask_them", "tell_a_little", "leave_it"),
        right=_(
            "It is good that he has you there. I do not answer that on my own: I put it to those who decide, and call "
            "you by Thursday. What do you see at school that we should know?"
        ),
        leaks=_(
            "It is good that he has you there, and between colleagues: it is about the separation, he carries "
            "messages from one to the other. So be gentle with him when he is late, and do not say that you know it "
            "from me."
        ),
        walls=_("School and therapy have nothing to do with each other."),
        tells=_(
            "This would have told the school what Ravi’s therapy is about, and he would have read it in somebody’s "
            "face before he was asked."
        ),
        roles=AND_TEAM,
    ),
    Scenario(
        slug="a-plan-by-monday",
        collection=Collection.OTHERS,
        channel=Channel.TELEPHONE,
        title=_("A plan by Monday"),
        story=_(
            "A court has given the authority a share in deciding for Jess, who is fifteen and lives in a home. Her "
            "social worker has to write the plan by Monday and asks what Jess is working towards. And, lower: “What "
            "does she say about her mother?”"
        ),
        facts={
            **_IN_CARE,
            "setting": "residential",
            "age": 15,
            "relation": "social_worker",
            "authority": "shared",
            "looked_after": "care_order",
            "category": "goals_and_plan",
            "purpose": "care_planning",
        },
        expects=the_same("share_limited"),
        steps=("tell_part", "give_all", "leave_it"),
        right=_(
            "Her goals I can give you in general terms, as far as the plan needs them. What she says in sessions about "
            "her mother stays with her. She may want to tell you herself; I will ask her."
        ),
        leaks=_(
            "Gladly, the plan has to be right. She wants to feel safe at night; and as you ask, she says that her "
            "mother scares her when she has been drinking. You may put that in, it explains a lot."
        ),
        walls=_("For that you will have to go through the court."),
        tells=_(
            "This would have told the authority what Jess says about her mother, and it would stand in a plan that her "
            "mother reads."
        ),
        roles=AND_TEAM,
    ),
    Scenario(
        slug="at-the-kitchen-table",
        collection=Collection.OTHERS,
        channel=Channel.IN_PERSON,
        title=_("At the kitchen table"),
        story=_(
            "Tariq, who is eleven, has lived with Mrs. Bell for half a year. She sees more of him than anybody. “When "
            "he comes from you he breaks things. What are you talking about with him? I have to know what I am dealing "
            "with.”"
        ),
        facts={
            **_IN_CARE,
            "age": 11,
            "relation": "foster_carer",
            "looked_after": "care_order",
            "category": "themes",
            "purpose": "support",
        },
        expects=the_same("ask_first"),
        steps=("ask_them", "tell_a_little", "leave_it"),
        right=_(
            "You are the one who is there when it is hard. I will ask Tariq, and those who decide, what you may know, "
            "and tell you by Wednesday. Today I can tell you what usually helps after such an hour."
        ),
        leaks=_(
            "You are the one who is there when it is hard, so you should know: we have come to the night on which he "
            "was taken from home, and it all comes up again. Do not speak to him about it, only be there."
        ),
        walls=_(
            "You are not his mother, and what we talk about is none of your business. Things break; that is part of it."
        ),
        tells=_("This would have told her about the worst night of Tariq’s life before anybody had asked him."),
        roles=AND_TEAM,
    ),
    Scenario(
        slug="the-visitor-of-the-home",
        collection=Collection.OTHERS,
        channel=Channel.IN_PERSON,
        title=_("The visitor of the home"),
        story=_(
            "An independent visitor comes to the home every month, as the regulations want it, and asks to read the "
            "summaries of Ellis, who is fourteen. “I have to see how the young people are doing. It is my duty.”"
        ),
        facts={
            **_SOMEBODY,
            "setting": "residential",
            "age": 14,
            "relation": "independent_person",
            "looked_after": "accommodated",
            "legal_basis": "agency_consent",
            "category": "session_summary",
            "purpose": "regulation",
        },
        expects=the_same("ask_first", ("england",)),
        steps=("ask_them", "give", "leave_it"),
        right=_(
            "Thank you for looking after how they are. You may read that if Ellis agrees, and those who placed Ellis "
            "here too; I will ask both. Meanwhile I can show you how we work."
        ),
        leaks=_(
            "Thank you for looking after how they are, it matters to us too. Of course you may see them: here is the "
            "folder, the last three months are on top. Would you put it back afterwards?"
        ),
        walls=_("Inspectors may read that. You may not."),
        tells=_("This would have let a visitor read what Ellis has not agreed to show."),
        roles=AND_TEAM,
    ),
    Scenario(
        slug="night-shift",
        collection=Collection.OTHERS,
        channel=Channel.TELEPHONE,
        title=_("Night shift"),
        story=_(
            "It is eleven at night in the home. Malik, who is fifteen, came back from therapy and does not speak. A "
            "colleague on the night shift calls: “Tell me what it was about today. I have to get him through the "
            "night.” Nobody sees a danger."
        ),
        facts={
            **_IN_CARE,
            "setting": "residential",
            "age": 15,
            "relation": "residential_carer",
            "looked_after": "accommodated",
            "category": "session_content",
            "purpose": "support",
        },
        expects=the_same("ask_first"),
        steps=("ask_them", "tell_a_little", "leave_it"),
        right=_(
            "It is good that you call. What was said stays with him unless he agrees, and he is asked tomorrow. "
            "Tonight: say that you are there, offer something warm, leave the door ajar, and call again if he seems in "
            "danger."
        ),
        leaks=_(
            "It is good that you call. It was about his brother’s trial, which begins on Thursday; so no news "
            "tonight, and better no questions about his family. Keep it to yourself and tell the early shift."
        ),
        walls=_(
            "That is nothing for the night shift. What is said in therapy is no concern of the home, and there is a "
            "therapist for the rest."
        ),
        tells=_("This would have told the whole team by morning what Malik said to one person."),
        roles=AND_TEAM,
    ),
)
