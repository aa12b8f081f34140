"""Pieces for care and education teams."""

from django.utils.translation import gettext_lazy as _

from halfdoor.service.engagement.library import Piece

PIECES = (
    Piece(
        "coming-back-from-a-session",
        _("When a young person comes back from a session"),
        _("The hour after a session belongs to them. What they need is somebody who is simply there."),
        (
            _("Greet them as on any other day."),
            _("Do not ask what was said. If they begin, listen, and let them stop."),
            _("Have something quiet to do ready, and something to eat."),
            _("If they are shaken, stay near, and tell the therapist what you saw."),
        ),
        _(
            "What they tell you of a session, they tell to you. Ask them before you pass it on, unless somebody is in "
            "danger."
        ),
    ),
    Piece(
        "when-they-do-not-want-to-go",
        _("When a young person does not want to go"),
        _("Going to therapy is a choice. It only works when it is one."),
        (
            _("Say that it is all right, and that the hour is theirs, today and next time."),
            _("Do not offer anything nice instead, and do not take anything away."),
            _("Ask whether something would make it easier: another time, another place, somebody to go with."),
            _("Tell the therapist at once, so that they can use the time and come by."),
        ),
        _("Speak well of therapy when nobody has to decide. That helps more than persuading."),
    ),
    Piece(
        "working-with-families",
        _("Speaking with families"),
        _("Families hear in every word whether we think well of their child, and of them."),
        (
            _("Begin with something that went well, and mean it."),
            _("Say what happened, not what sort of child it is."),
            _("Ask what they would do. They have done it longer."),
            _(
                "When they ask about therapy, say kindly that the therapist answers that, and pass the question on "
                "the same day."
            ),
        ),
        _("You do not have to know the answer. You only have to see that they get one."),
    ),
)
