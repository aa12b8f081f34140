"""More of the family who asks: for the record, for somebody grown up, for somebody else, or only how it works."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.disclosures.exercises import Facts
from halfdoor.service.requests.words import Channel
from halfdoor.service.training.scenarios import AND_OFFICE, CLINICIANS, Collection, Scenario, the_same

_SOMEBODY: Facts = {
    "setting": "outpatient",
    "status": "minor",
    "identity": "verified",
    "initiated_by": "recipient",
    "legal_basis": "parent_consent",
    "purpose": "support",
}
_PARENT: Facts = {**_SOMEBODY, "relation": "parent", "authority": "full", "involved_in_care": "yes"}
_RELATIVE: Facts = {**_SOMEBODY, "relation": "relative", "authority": "none"}

SCENARIOS = (
    Scenario(
        slug="her-daughter-is-twenty",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("Her daughter is twenty"),
        story=_(
            "Mrs. Okafor has paid her daughter’s bills for a year. Ada is twenty. “She does not answer her telephone. "
            "I only want to know whether she came on Monday.” Ada has never said that you may speak with her mother."
        ),
        facts={
            **_SOMEBODY,
            "age": 20,
            "status": "adult",
            "relation": "parent",
            "authority": "none",
            "legal_basis": "adult_consent",
            "category": "attendance",
        },
        expects=the_same("ask_first"),
        steps=("same_words", "tell_a_little", "leave_it"),
        right=_(
            "It is frightening not to hear from somebody one loves. I cannot say whether somebody comes to us. I can "
            "listen to you, and if you think that she is in danger now, please call the emergency number."
        ),
        leaks=_(
            "It is frightening not to hear from somebody one loves, so let me tell you this much: she did come on "
            "Monday, at her usual time. You need not worry. She has probably only switched off her telephone."
        ),
        walls=_("She is an adult. You cannot ask us that."),
        tells=_("This would have told her mother where Ada was on Monday. Ada is an adult, and she is asked first."),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="a-sister",
        collection=Collection.FAMILIES,
        channel=Channel.LETTER,
        title=_("A sister who looks after everybody"),
        story=_(
            "Mia is nineteen and has looked after her brother Luca, who is fifteen, since their mother fell ill. She "
            "writes: “He is different after he has been with you. What are you working on, so that I do not make it "
            "worse?” She means well, and nothing on record says that she may know."
        ),
        facts={**_RELATIVE, "age": 15, "category": "themes"},
        expects=the_same("ask_first"),
        steps=("ask_them", "tell_a_little", "leave_it"),
        right=_(
            "It is good that you ask, and that you want not to make it worse. I cannot say whether somebody comes to "
            "us. If somebody you look after would like us to talk with you, they can tell us, and I would be glad."
        ),
        leaks=_(
            "It is good that you ask, he is lucky to have you. We are working on his sleep at the moment, and it "
            "stirs things up. Just do not ask him about the nights, and be patient with him in the morning."
        ),
        walls=_("We only answer those who have parental authority. Please show us papers before you write again."),
        tells=_("This would have told her that Luca comes to you and what keeps him awake, before he was asked."),
        roles=CLINICIANS,
    ),
    Scenario(
        slug="an-aunt-who-speaks-for-the-mother",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("An aunt who speaks for the mother"),
        story=_(
            "The mother of Nadeem, who is thirteen, speaks little of your language. His aunt calls: “She asked me to. "
            "Just read me the summary of his sessions, I will tell her tonight.” You have met the aunt, and nothing in "
            "writing says that she may hear it."
        ),
        facts={**_RELATIVE, "age": 13, "acting_for": "parent", "category": "session_summary"},
        expects=the_same("ask_first"),
        steps=("same_words", "tell_a_little", "leave_it"),
        right=_(
            "It is kind of you to help. I cannot say to you whether somebody comes to us. A parent who has questions "
            "can ask us directly: we bring an interpreter, who keeps everything to themselves."
        ),
        leaks=_(
            "It is kind of you to help, and as it is for his mother I will make an exception: he mostly talks about "
            "his father, and it is getting easier for him. You can tell her that with a good conscience."
        ),
        walls=_(
            "We do not speak with aunts. The mother has to come herself, and to bring somebody who speaks our language."
        ),
        tells=_(
            "This would have told a relative what goes, at most, to his mother. Whoever interprets in a family hears "
            "everything."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="the-whole-record-please",
        collection=Collection.FAMILIES,
        channel=Channel.LETTER,
        title=_("The whole record, please"),
        story=_(
            "The mother of Greta, who is thirteen, has a full say and is known to you. She hands in a letter: “I ask "
            "for a copy of my daughter’s whole record.” It is not that she does not trust you, she says; she wants to "
            "understand."
        ),
        facts={**_PARENT, "age": 13, "category": "full_record", "purpose": "access_request"},
        expects=the_same("must_share", ("us",), ask_first="england wales us-il", assess_first="us-ca"),
        steps=("log_request", "give_all", "leave_it"),
        right=_(
            "Thank you. You may ask for that, and I have written down that it came in today; the time that the law "
            "gives us runs from now. You hear from us in writing what you get and when, and I would gladly go through "
            "it with you."
        ),
        leaks=_(
            "Thank you for telling me so openly why you ask. You are right, it is your record too. I will copy "
            "everything for you right away, my own notes of the sessions as well, so that nothing is left for you to "
            "wonder about."
        ),
        walls=_(
            "Records are written for professionals, and they would only upset you. I advise you to withdraw the letter."
        ),
        tells=_(
            "This would have given her the therapist’s own notes too, and what others said in confidence, before "
            "anybody had looked."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="what-reading-would-do",
        collection=Collection.FAMILIES,
        channel=Channel.LETTER,
        title=_("What reading would do"),
        story=_(
            "There is a letter in the record that Arjun, who is fifteen, wrote in therapy. A colleague and you found, "
            "and signed, that his life would be at risk if his father read the record now; the finding covers all of "
            "it. His father, who has a full say, asks for the whole record."
        ),
        facts={
            **_PARENT,
            "age": 15,
            "category": "full_record",
            "purpose": "access_request",
            "harm_finding": "serious_harm",
            "marks_cover": "everything",
        },
        expects=the_same("withhold"),
        steps=("written_no", "tell_part", "leave_it"),
        right=_(
            "I cannot give you the record at this time. You get that in writing, with the reason as far as I may say "
            "it, with how somebody else can look at it again, and with how to complain."
        ),
        leaks=_(
            "I cannot give you the record at this time, and I owe you the reason: there is a letter in it that would "
            "be too much for you, and for him if you read it. When he is stronger, you will get it."
        ),
        walls=_("No, and I do not have to tell you why."),
        tells=_("This would have told him that there is a letter, and set him looking for it."),
        roles=CLINICIANS,
    ),
    Scenario(
        slug="what-happens-in-there",
        collection=Collection.FAMILIES,
        channel=Channel.IN_PERSON,
        title=_("What happens in there?"),
        story=_(
            "A father whose daughter begins next week asks at the front desk: “What do you do with them in there? Do I "
            "have to wait outside? What do I say to her afterwards?” He turns his cap in his hands."
        ),
        facts={**_PARENT, "age": 14, "authority": "shared", "category": "general_information"},
        expects=the_same("may_share"),
        steps=("give", "ask_them", "leave_it"),
        right=_(
            "Good that you ask. Most hours are for the young person alone, and sometimes everybody sits together. You "
            "can wait here or come back. Afterwards it helps to be glad to see them, and not to ask what was said."
        ),
        leaks=_(
            "Good that you ask. I have just seen her file: after what she has been through, she will need the hours "
            "to herself at first. Wait here if you like, and be gentle with her afterwards."
        ),
        walls=_(
            "I am not allowed to talk about therapy. Please ask the therapist when your daughter has agreed to that."
        ),
        tells=_("This would have told him that there is something in her file. He only asked how therapy works."),
    ),
    Scenario(
        slug="even-the-name-tells",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("Where even the name tells"),
        story=_(
            "Young people come to your service because of drinking or drugs; its very name says so. A father with a "
            "full say, whom you know, asks: “Did Cody come yesterday?” Cody is sixteen and began on his own consent."
        ),
        facts={
            **_SOMEBODY,
            "age": 16,
            "relation": "parent",
            "authority": "full",
            "involved_in_care": "yes",
            "legal_basis": "own_consent",
            "substance_use_programme": "yes",
            "provider": "licensed_programme",
            "category": "attendance",
            "purpose": "support",
        },
        expects=the_same("withhold", ("us",)),
        steps=("same_words", "give", "leave_it"),
        right=_(
            "I cannot say whether somebody comes to us. We say that to every parent, because our name alone tells "
            "something. Somebody who does come can sign that we may speak with you."
        ),
        leaks=_(
            "Yes, he was here yesterday and stayed to the end; I thought that you would like to hear it, with all "
            "that you do for him. He is doing well with us. More I may not say without his signature."
        ),
        walls=_("You should know better than to ask."),
        tells=_(
            "This would have told him that Cody is treated for drinking or drugs. The law lets that go only with "
            "Cody’s signature."
        ),
    ),
    Scenario(
        slug="after-a-death",
        collection=Collection.FAMILIES,
        channel=Channel.IN_PERSON,
        title=_("After a death"),
        story=_(
            "Noa died in spring, at seventeen. Her father asks, quietly, for everything that was written about her: “I "
            "only want to understand.” You would give him the world."
        ),
        facts={
            **_SOMEBODY,
            "age": 17,
            "status": "deceased",
            "relation": "parent",
            "authority": "full",
            "category": "full_record",
            "purpose": "access_request",
        },
        expects=the_same("assess_first"),
        steps=("legal", "tell_a_little", "leave_it"),
        right=_(
            "I am so sorry. What we may say after a death has to be looked at with care, whoever asks, and I cannot "
            "say more today. You hear from us by the end of the week, and until then I am glad to listen to you."
        ),
        leaks=_(
            "I am so sorry. She spoke of you with love, up to the last sessions, and I think that she would want you "
            "to know it. I will copy those pages for you; please keep them to yourself."
        ),
        walls=_("After a death the file is closed."),
        tells=_(
            "This would have given away what Noa said in trust. That trust does not end with a death, and who decides "
            "now has to be looked at first."
        ),
        roles=AND_OFFICE,
    ),
    Scenario(
        slug="what-somebody-else-said",
        collection=Collection.FAMILIES,
        channel=Channel.TELEPHONE,
        title=_("What somebody else said"),
        story=_(
            "In a family session an older brother told something about himself, and everybody promised that it stays "
            "among those who were there. The mother, who had to leave early, calls: “What did he say after I left? I "
            "am the mother of both of them.”"
        ),
        facts={
            **_SOMEBODY,
            "age": 14,
            "relation": "parent",
            "authority": "full",
            "involved_in_care": "yes",
            "given_in_confidence": "yes",
            "about_third_party": "yes",
            "category": "session_content",
            "purpose": "support",
        },
        expects=the_same("withhold"),
        steps=("instead", "tell_a_little", "leave_it"),
        right=_(
            "You were not there for the end, and of course you wonder. It was agreed that what is said in a family "
            "session stays with those who were there. We can begin the next one with that, and whoever wants to can "
            "tell you."
        ),
        leaks=_(
            "I understand that it does not let you rest. It was about him and not about you, so you need not worry, "
            "and he was brave to say it. Give him the chance to tell you himself."
        ),
        walls=_(
            "You should have stayed, then. Whoever is not there when something is said does not hear it; that is how "
            "it is for everybody."
        ),
        tells=_(
            "This would have told her that her elder son said something about himself, and broken what everybody "
            "promised."
        ),
        roles=CLINICIANS,
    ),
)
