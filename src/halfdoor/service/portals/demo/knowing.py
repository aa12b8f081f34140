"""What was told so far in the demonstration, what was not, who looked, and what Leo and Nia agreed."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import GivenBy
from halfdoor.service.disclosures import gate, lines, looking, telling
from halfdoor.service.disclosures.choices import Agreed
from halfdoor.service.disclosures.duties import HANDLERS
from halfdoor.service.portals.demo.circles import Circle


def told(circle: Circle, who: str, category: str, *, by: Account, at: datetime) -> None:
    """Put on record what was answered on the telephone to somebody of the circle."""
    question = gate.Question(
        young_person=circle.young_person, recipient=circle.members[who], category=category, purpose="support"
    )
    gate.conclude(question, done=tuple(HANDLERS), by=by, at=at)


def looked(circle: Circle, *, by: Account, at: datetime) -> None:
    """Put on record that a clinician opened a young person's page."""
    looking.looked(circle.young_person.pk, page="portals:young_person", by=by, at=at)


def amina(circle: Circle, *, ruth: Account, lead: Account, at: datetime) -> None:
    """Sara was told that Amina comes, and not what she says; Ruth and Lena have looked."""
    told(circle, "Sara Khan", "session_content", by=ruth, at=at - timedelta(days=9))
    told(circle, "Sara Khan", "attendance", by=ruth, at=at - timedelta(days=3))
    looked(circle, by=ruth, at=at - timedelta(days=9))
    looked(circle, by=lead, at=at - timedelta(days=3))
    lines.check_chain(ruth.practice, at=at - timedelta(hours=5))


def noor(circle: Circle, *, ruth: Account, at: datetime) -> None:
    """Noor has signed that her mother may hear how it is going, until the spring."""
    agreements.authorize(
        circle.members["Rima Haddad"],
        categories=["progress", "goals_and_plan"],
        purposes=["support"],
        given_by=GivenBy.CLIENT,
        starts_on=(at - timedelta(days=30)).date(),
        ends_on=(at + timedelta(days=150)).date(),
        evidence="Invented consent, kept in the paper file",
        by=ruth,
        at=at - timedelta(days=30),
    )


def leo(circle: Circle, *, nia: Account, at: datetime) -> None:
    """Leo and Nia agreed that Dan hears what sessions are about, and that Leo tells Kerry himself."""
    about = [
        telling.About(circle.members["Dan Price"], Agreed.THERAPIST_TELLS),
        telling.About(circle.members["Kerry Marsh"], Agreed.THEMSELVES),
    ]
    words = "Dan can know the themes. I tell my mum when I am ready."
    telling.agree(circle.young_person, about, categories=["themes"], words=words, by=nia, at=at - timedelta(days=12))
    told(circle, "Priya Nair", "progress", by=nia, at=at - timedelta(days=2))
    looked(circle, by=nia, at=at - timedelta(days=2))
