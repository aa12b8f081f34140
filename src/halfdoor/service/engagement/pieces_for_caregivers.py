"""Pieces for parents and caregivers."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.engagement.library import Piece

PIECES = (
    Piece(
        "after-a-session",
        _("After a session"),
        _(
            "The way home can be the hardest part of the hour. Many young people need a while before they can talk, "
            "and "
            "some do not want to talk about it at all."
        ),
        (
            _("Say that you are glad to see them, and talk about something ordinary."),
            _("Offer food, music or quiet."),
            _("If they begin, listen to the end before you answer."),
            _("Leave “What did you say about me?” unasked, even when it burns."),
        ),
        _("If you are worried about what you see at home, ask us. You do not have to find it out by yourself."),
    ),
    Piece(
        "why-some-things-stay",
        _("Why some things stay in the room"),
        _(
            "Young people speak openly where they know what happens to their words. That is why most of what is said "
            "in "
            "sessions stays there, also when it is about nothing much."
        ),
        (
            _("If somebody is in danger, those who can protect them are told."),
            _("You hear how it is going, in general, as far as that has been agreed."),
            _("You can always tell us what you see, what worries you and what you hope for."),
        ),
        _("Being left out of the words is not being left out of the work. Ask us how you can take part."),
    ),
    Piece(
        "listening",
        _("Listening without mending"),
        _("When a child is in pain, everything in us wants to repair it. Often it helps more to stay beside them."),
        (
            _("Say back what you heard in your own words, and ask whether you got it right."),
            _("Leave a pause. Count to ten before you give advice."),
            _("Ask: “Do you want me to listen, or to help?”"),
            _("Thank them for telling you."),
        ),
        _("You will not always get it right. Coming back later to say so is part of listening too."),
    ),
    Piece(
        "asking-without-pressing",
        _("Asking without pressing"),
        _("A question can open a door or close it. It depends on how much room it leaves for a no."),
        (
            _("Ask about one thing you saw: “You were quiet at dinner.”"),
            _("Ask side by side, in the car or over the dishes, not face to face."),
            _("Say that they may answer later, or not."),
            _("Ask once. Asked a third time, it is no question any more."),
        ),
        _("A child who may say no will say more."),
    ),
    Piece(
        "when-something-was-shared",
        _("When something was shared with you"),
        _("It takes courage to let a parent know. What happens next decides whether it happens again."),
        (
            _("Take a breath before you answer, and let the first thing you say be thanks."),
            _("Keep it to yourself, unless you agreed with them whom to tell."),
            _("Do not bring it up in an argument, now or next year."),
            _("If it hurt to hear, talk it over with an adult, not with your child."),
        ),
        _("If you do not know how to go on, ask for a conversation together."),
    ),
    Piece(
        "seeing-it-differently",
        _("When you and your child see it differently"),
        _("Two people in one home can live through the same week and tell two stories. Both can be true."),
        (
            _("Begin with what you both want."),
            _("Say what you saw and how it was for you, without “always” and “never”."),
            _("Let them tell their side to the end, and write down what is new to you."),
            _("Agree on one small thing to try until the next session."),
        ),
        _("Where you are stuck, a family session is a good place to be stuck together."),
    ),
    Piece(
        "two-homes",
        _("Two homes, one child"),
        _("Children manage two homes. What they cannot manage is standing between them."),
        (
            _("Let therapy be theirs. It is no evidence and no weapon."),
            _("Send messages to the other parent yourself, never through your child."),
            _("Do not ask what is said or done in the other home."),
            _("Let them love both of you, also out loud."),
        ),
        _("Each of you can ask us on your own. What you write here does not stand on the page of the other."),
    ),
    Piece(
        "looking-after-yourself",
        _("Looking after yourself"),
        _("Worry about a child does not stop at night. You cannot pour from an empty cup, and nobody expects you to."),
        (
            _("Find one person you can be honest with."),
            _("Sleep, eat and move first; plan second."),
            _("Keep one hour a week that is about nothing."),
            _("Ask for help for yourself before you can no longer."),
        ),
        _("Tell us if it is getting too much. We can help you find support of your own."),
    ),
    Piece(
        "noticing-what-goes-well",
        _("Noticing what goes well"),
        _("What is seen grows. When things are hard, what goes well is small and easy to miss."),
        (
            _("Name one thing each day, as it was: “You got up although it was hard.”"),
            _("Praise trying, not only getting it right."),
            _("Keep it short, and do not add a “but”."),
            _("Write it down for yourself, for the days on which you see nothing."),
        ),
        _("Tell us about it too. It helps to know what already works."),
    ),
    Piece(
        "kind-and-clear",
        _("Kind and clear limits"),
        _("A limit is kindest when everybody knows it before it is needed."),
        (
            _("Have few of them, and let them be about what really matters."),
            _("Say what will happen, calmly, and then do just that."),
            _("Speak about it when the storm is over, not in it."),
            _("Never take therapy away as a consequence, and never give it as one."),
        ),
        _("A limit may be looked at again. Ask your child what would make it fairer."),
    ),
    Piece(
        "evenings-and-sleep",
        _("Evenings and sleep"),
        _("Almost everything is harder after too little sleep, for them and for you."),
        (
            _("Keep getting up at the same time, also on days off."),
            _("Let the last hour be dull: less light, less screen, the same small steps."),
            _("Let worries be written down in the early evening, and put away."),
            _("When nobody sleeps, get up for a while and do something quiet."),
        ),
        _("It takes weeks, not days. Change one thing at a time."),
    ),
    Piece(
        "talking-with-school",
        _("Talking with school"),
        _("School needs to know what helps in the classroom. It does not need to know why."),
        (
            _("Ask your child first what may be said, and to whom."),
            _("Say what helps: a quiet place, a card to leave the room, a named adult."),
            _("Ask who will read it and where it is kept."),
            _("Agree on one person at school whom your child can go to."),
        ),
        _(
            "We ask before we speak with school, unless somebody is in danger. If you would like us to, we ask your "
            "child together."
        ),
    ),
    Piece(
        "taking-part",
        _("How you can take part"),
        _(
            "You know your child longer than we do and will know them longer. There are many ways to be part of the "
            "work."
        ),
        (
            _("Tell us what you see, before a session or in a message."),
            _("Come to a family session, or to one for you alone."),
            _("Try something at home and tell us how it went, also when it went badly."),
            _("Say what you need from us, and what you do not."),
        ),
        _(
            "If something in the therapy worries you, say so. You may ask, object and bring a question back as often "
            "as needed."
        ),
    ),
    Piece(
        "if-you-are-afraid",
        _("If you are afraid for your child’s safety"),
        _(
            "Trust the feeling, and do not wait for the next appointment. Asking about it does not put it into their "
            "head."
        ),
        (
            _("Stay with them, or see that somebody does."),
            _("Ask plainly whether they think of hurting themselves or of dying."),
            _("Put away medicines, blades and whatever else could harm."),
            _("Call for help: the emergency number, a crisis line, or us while we are open."),
        ),
        _("You will not be judged for calling once too often."),
        tells=True,
    ),
)
