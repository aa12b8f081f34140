"""Pieces for young people."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.engagement.library import Piece

PIECES = (
    Piece(
        "what-therapy-is",
        _("What therapy is, and what it is not"),
        _("It is an hour with somebody who is there for you. It is no test, and there is nothing to get right."),
        (
            _("You can talk, draw, play, walk or be quiet."),
            _("You can ask why your therapist asks something."),
            _("You can say that something does not help."),
            _("You can ask at any time who will know what."),
        ),
        _("It often gets easier after a few times. If it does not, say so."),
    ),
    Piece(
        "telling-a-parent",
        _("Telling a parent something hard"),
        _("You do not have to tell everything, and you do not have to tell it today. It helps to have a plan."),
        (
            _("Choose one thing that you want them to know, and what you would like them to do."),
            _("Choose a time when nobody is in a hurry."),
            _("Begin with: “I want to tell you something. Please listen first.”"),
            _("Write it down or send it, if saying it is too much."),
        ),
        _("You can try it out with your therapist before, and come back to it after."),
    ),
    Piece(
        "saying-it-together",
        _("Saying it together"),
        _("Some things are easier to say when somebody is beside you who already knows."),
        (
            _("Decide with your therapist what will be said and what will not."),
            _("Decide who begins."),
            _("Agree on a sign for “stop here”."),
            _("Talk afterwards about how it was."),
        ),
        _("You can change your mind until the very last moment."),
    ),
    Piece(
        "when-somebody-pushes",
        _("When somebody wants you to tell"),
        _("People who love you can push too. What you say in therapy is still yours."),
        (
            _("You can say: “I’d like to keep that for myself.”"),
            _("You can say: “Ask my therapist how you can help.”"),
            _("You do not have to show anybody this page."),
            _("If you are scared of what happens when you say no, tell your therapist or another adult you trust."),
        ),
        _("If somebody hurts you or threatens to, that is not a secret you have to keep."),
    ),
    Piece(
        "when-a-feeling-gets-too-big",
        _("When a feeling gets too big"),
        _("Feelings come like waves. The highest part does not last, even when it feels as if it will."),
        (
            _("Put your feet on the floor and name five things that you see."),
            _("Breathe out longer than you breathe in, ten times."),
            _("Hold something cold, or wash your hands in cold water."),
            _("Go to somebody, or write to somebody, before you decide anything."),
        ),
        _("Find out what works for you on an ordinary day. Then it is there on a bad one."),
    ),
    Piece(
        "changing-your-mind",
        _("Changing your mind"),
        _("You said yes, and now it does not feel right. Or no, and now you would like them to know."),
        (
            _("Change it on your page. It counts from that moment."),
            _("What was already told cannot be called back, but nothing more is told."),
            _("You do not have to say why."),
        ),
        _("Nobody here will be angry with you for it."),
    ),
    Piece(
        "if-it-does-not-fit",
        _("If it does not feel right with your therapist"),
        _("Not everybody fits with everybody. That is nobody’s fault."),
        (
            _("Tell them, if you can. They would like to know, and are used to hearing it."),
            _("Tell somebody else you trust, and ask them to say it for you."),
            _("Ask for somebody else, for another place, or for a break."),
        ),
        _("Saying so does not end your therapy, and there is no penalty for it."),
    ),
    Piece(
        "if-you-think-of-hurting-yourself",
        _("If you think of hurting yourself"),
        _("Many people have such thoughts at some time. They pass, and there are people who help you to get through."),
        (
            _("Tell somebody now: a parent, a friend, anybody who is near."),
            _("Go where other people are."),
            _("Put away what you could hurt yourself with, or go away from it."),
            _("Call the emergency number, or text a crisis line. You can be anybody there."),
        ),
        _("Your therapist wants to know. You will not lose control over everything by saying it."),
        tells=True,
    ),
)
