"""What the invented clinicians wrote after sessions, and what they have begun to write."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.disclosures.actions import Marks
from halfdoor.service.disclosures.choices import Category, Mark, SaidBy
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import foresight
from halfdoor.service.notes.actions import Reason
from halfdoor.service.notes.choices import SecretsRule, SessionKind, Why
from halfdoor.service.notes.contents import Contents, Piece
from halfdoor.service.people.facts import day_in
from halfdoor.service.portals.demo.circles import Circle

WEEK = timedelta(days=7)


def write_about_amina(amina: Circle, *, by: Account, at: datetime) -> None:
    """Four sessions with Amina, one of them with her family, and what Ruth has begun to write about today's."""
    signed_by = [amina.members[name] for name in ("Sara Khan", "Tom Reed")]
    notes.agree_on_secrets(
        amina.young_person,
        rule=SecretsRule.EACH_DECIDES,
        signed_on=(at - 6 * WEEK).date(),
        signed_by=signed_by,
        by=by,
        at=at - 6 * WEEK,
    )
    for weeks, contents in ((5, _FIRST), (4, _WITH_TEACHER), (3, _FAMILY), (2, _MUSIC)):
        _finish(amina, contents, by=by, at=at - weeks * WEEK)
    begun = notes.begin(amina.episode, by=by, at=at - timedelta(hours=2))
    notes.keep(
        begun,
        _BEGUN | {"met_on": [day_in(by.practice, at=at - timedelta(hours=2)).isoformat()]},
        by=by,
        at=at - timedelta(hours=2),
    )


def write_about_leo(leo: Circle, *, by: Account, at: datetime) -> None:
    """Two sessions with Leo, and a draft for the home."""
    for weeks, contents in ((3, _LEO_TRUST), (2, _LEO_VISIT)):
        _finish(leo, contents, by=by, at=at - weeks * WEEK)
    begun = notes.begin(leo.episode, by=by, at=at - timedelta(hours=3))
    notes.keep(
        begun,
        _LEO_BEGUN | {"met_on": [day_in(by.practice, at=at - timedelta(hours=3)).isoformat()]},
        by=by,
        at=at - timedelta(hours=3),
    )


def write_about_anybody(circle: Circle, number: int, *, by: Account, since: datetime) -> None:
    """Two sessions as they are with most: something for the clinical team, and something that may be told."""
    for weeks in (0, 5):
        _finish(circle, _ANYBODY[(number + weeks) % len(_ANYBODY)], by=by, at=since + weeks * WEEK)


def _finish(circle: Circle, contents: Contents, *, by: Account, at: datetime) -> None:
    """Write it up as its author would: look at what each person gets, give a reason where one is asked for, finish."""
    whole = replace(contents, met_on=day_in(by.practice, at=at)).protected(SecretsRule.EACH_DECIDES)
    draft = notes.begin(circle.episode, by=by, at=at)
    preview = foresight.of(draft, whole, show=False, by=by, at=at)
    reasons: Mapping[str, Reason] = {
        one.overlap.sentence: Reason(Why.AGREED, "We chose these words together.")
        for one in preview.repeated
        if one.needs_a_reason
    }
    notes.finish(draft, whole, seen=preview.fingerprint, reasons=reasons, by=by, at=at)


_ANY_DAY = date(2000, 1, 1)

_FIRST = Contents(
    met_on=_ANY_DAY,
    private=(
        "Amina says that she lies awake until two because her parents argue on the telephone. She writes in a blue "
        "notebook that she hides behind the radiator. She asked twice whether I would tell her mother about it."
    ),
    process="I wanted to reassure her too quickly. What is it with me and notebooks?",
    pieces=(
        Piece(
            text="We have begun to look at sleep and at what a calm evening could look like.",
            category=Category.THEMES,
        ),
    ),
)
_WITH_TEACHER = Contents(
    met_on=_ANY_DAY,
    private="She skipped school on Thursday and spent the morning at the river. Nobody at home knows.",
    pieces=(
        Piece(
            text="Her teacher has noticed that she sits by herself at lunch and draws.",
            category=Category.SESSION_SUMMARY,
            topic=Topic.SCHOOL,
            said_by=SaidBy.SOMEBODY_ELSE,
            source="Ms. Alvarez, homeroom",
            source_may_be_known=Mark.NO,
            marks=Marks(about_third_party=Mark.NO),
        ),
        Piece(text="She works on saying early when something is too much.", category=Category.GOALS_AND_PLAN),
    ),
)
_FAMILY = Contents(
    met_on=_ANY_DAY,
    kind=SessionKind.FAMILY,
    private="Both parents came. Sara cried when Amina said that the house is quietest when nobody is in it.",
    pieces=(
        Piece(
            text="We talked about how everybody can say goodnight without it turning into an argument.",
            category=Category.SESSION_SUMMARY,
        ),
        Piece(
            text="Her father is thinking of taking the job in another town.",
            category=Category.SESSION_SUMMARY,
            said_by=SaidBy.CAREGIVER,
            source="Tom Reed",
        ),
    ),
)
_MUSIC = Contents(
    met_on=_ANY_DAY,
    private="She played me the song that she wrote about her grandmother, and asked that nobody hears of it yet.",
    pieces=(
        Piece(text="She has found something of her own that gives her strength.", category=Category.PROGRESS),
        Piece(
            text="She has written a song and would like to play it to somebody when it is ready.",
            category=Category.PROGRESS,
            marks=Marks(kept_private=Mark.YES),
        ),
    ),
)
_ANYBODY = (
    Contents(
        met_on=_ANY_DAY,
        private="Says that the nights are the worst, when the house is quiet and the thoughts are loud.",
        pieces=(
            Piece(text="We have begun to look at evenings, and what makes them calmer.", category=Category.THEMES),
            Piece(text="Coming has become easier. The first minutes are still hard.", category=Category.PROGRESS),
        ),
    ),
    Contents(
        met_on=_ANY_DAY,
        private="Drew the whole class with no faces. Wants nobody to see the drawing.",
        process="I was bored, and then ashamed of it. Whose was that?",
        pieces=(
            Piece(
                text="School is loud just now, and a place to be quiet would help.",
                category=Category.SESSION_SUMMARY,
                topic=Topic.SCHOOL,
            ),
        ),
    ),
    Contents(
        met_on=_ANY_DAY,
        private="Told me about the argument on Sunday, and asked twice whether I would tell.",
        pieces=(
            Piece(
                text="Two goals for now: saying early when it is too much, and one evening without arguments.",
                category=Category.GOALS_AND_PLAN,
            ),
            Piece(
                text="Grandmother says that mornings go better since there is a list on the door.",
                category=Category.PROGRESS,
                said_by=SaidBy.CAREGIVER,
                source="a grandmother",
                source_may_be_known=Mark.YES,
            ),
        ),
    ),
)
_BEGUN = {
    "kind": ["individual"],
    "private": [
        "She told me that she threw the notebook into the river after the call on Sunday. She has not cut herself "
        "since the summer and is proud of it."
    ],
    "parts": ["2"],
    "part-0-text": [
        "Amina came on time and chose what we talked about. She lies awake until two because her parents argue on the "
        "telephone. What helps is an evening without calls."
    ],
    "part-0-category": ["session_summary"],
    "part-0-said_by": ["clinician"],
    "part-1-text": [
        "This week she tries to put her phone in the kitchen at nine. Please ask her how it went on Sunday."
    ],
    "part-1-category": ["goals_and_plan"],
    "part-1-said_by": ["clinician"],
}

_LEO_TRUST = Contents(
    met_on=_ANY_DAY,
    private=(
        "Leo told me about the night in the car park before he was placed here. He keeps a bag packed under his bed in "
        "case he is sent away again."
    ),
    pieces=(
        Piece(text="Leo stayed for the whole session and asked about the next one.", category=Category.SESSION_SUMMARY),
        Piece(
            text="Say the day before if anything about the journey changes. Surprises are hard for him just now.",
            category=Category.STAFF_GUIDANCE,
        ),
    ),
)
_LEO_VISIT = Contents(
    met_on=_ANY_DAY,
    private="He does not want to see his mother at Christmas and is afraid that saying so will cost him his placement.",
    process="His silence after the word Christmas: mine or his?",
    pieces=(
        Piece(text="Holidays and who belongs to whom are what occupies him.", category=Category.THEMES),
        Piece(
            text="He has slept better since the hall light stays on.",
            category=Category.PROGRESS,
            said_by=SaidBy.TEAM,
            source="Dan Price",
            source_may_be_known=Mark.YES,
        ),
    ),
)
_LEO_BEGUN = {
    "kind": ["individual"],
    "private": ["He laughed today, for the first time in weeks."],
    "parts": ["1"],
    "part-0-text": [
        "Leo was calm and joked. He keeps a bag packed under the bed in case he is sent away again, so please do not "
        "tidy there without asking."
    ],
    "part-0-category": ["staff_guidance"],
    "part-0-said_by": ["clinician"],
}
