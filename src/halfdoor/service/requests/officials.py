"""
Lawyers, police, courts, schools, insurers, other clinics: what paper each needs, whom to ask, and what to say.

Whoever calls in an office is a stranger until they were called back through the office's public number. Until then they
hear what every stranger hears.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.requests.words import OFFICES


@dataclass(frozen=True, slots=True)
class Path:
    """The way for one kind of office: what has to be there before anything goes, whom to ask, how much at most."""

    relation: str
    paper: tuple[Promise, ...]
    ask: tuple[Promise, ...]
    most: tuple[Promise, ...]

    @property
    def title(self) -> str:
        return str(OFFICES[self.relation])


_SUBPOENA = _(
    "A subpoena or witness summons that no judge signed is a reason to take advice, not to hand anything over. An "
    "order that a judge signed is followed, as far as it goes and no further."
)
_ASK_LEAD = _("The clinical lead, and through them a lawyer, before anything is answered.")
_ASK_YOUNG_PERSON = _("The young person, unless asking would add danger.")
_IN_WRITING = _("Ask for it in writing, on the office’s paper, with name, purpose and what exactly is wanted.")
_LEAST = _("Only what the paper names, and never process notes.")

PATHS: Mapping[str, Path] = {
    path.relation: path
    for path in (
        Path(
            "lawyer",
            (
                _IN_WRITING,
                _(
                    "A consent that the young person, or whoever decides for them, signed for this "
                    "lawyer. Being a parent’s lawyer gives none."
                ),
                _SUBPOENA,
            ),
            (_ASK_LEAD, _ASK_YOUNG_PERSON),
            (
                _(
                    "Nothing that helps one side in a dispute between parents. A statement for a "
                    "court is asked for by the court."
                ),
            ),
        ),
        Path(
            "police",
            (
                _IN_WRITING,
                _("A name, a number and a station, which you look up yourself. Then call back there."),
                _SUBPOENA,
            ),
            (_ASK_LEAD, _("The safeguarding lead, at once, if somebody may be in danger.")),
            (_("In an emergency: what keeps somebody alive, now. Everything else waits for the paper."), _LEAST),
        ),
        Path(
            "court",
            (_SUBPOENA, _("Check that it names this service and this young person, and until when an answer is due.")),
            (_ASK_LEAD, _ASK_YOUNG_PERSON),
            (_LEAST, _("Say to the court, before handing anything over, what would do harm if it were read out.")),
        ),
        Path(
            "educator",
            (_("A consent to share with this school, for what it is to do. A school’s concern is not yet one."),),
            (_ASK_YOUNG_PERSON, _("Whoever decides for the young person, where the consent is theirs to give.")),
            (_("Times to be away, and what helps in the classroom. Not why."),),
        ),
        Path(
            "payer",
            (_("The claim, and a consent where the law asks for one. Paid privately in full, nothing goes at all."),),
            (_("The office, and the clinical lead for anything beyond dates and codes."),),
            (
                _(
                    "Dates, kind of session and the code the contract asks for. Never notes. Ask "
                    "where statements are sent."
                ),
            ),
        ),
        Path(
            "outside_clinician",
            (
                _(
                    "Check by calling the clinic’s public number. For shared treatment a clinician’s "
                    "word is often enough; see the answer."
                ),
            ),
            (_ASK_YOUNG_PERSON,),
            (_("What the other clinician needs for the treatment they give."), _LEAST),
        ),
    )
}
