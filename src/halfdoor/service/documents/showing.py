"""What somebody has before them when they answer a paper: one version, in one language, filled in. To the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from halfdoor.service.core.models import Practice
from halfdoor.service.documents.blocks import Block, blocks, filled
from halfdoor.service.documents.models import Text, Version
from halfdoor.service.people.models import YoungPerson


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as somebody reads it. ``words`` are its exact text, of which ``fingerprint`` is the SHA-256."""

    version: Version
    language: str
    title: str
    body: str

    @property
    def words(self) -> str:
        return f"{self.title}\n\n{self.body}\n"

    @property
    def fingerprint(self) -> str:
        return sha256(self.words.encode()).hexdigest()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(self.body)


def shown_to(young_person: YoungPerson, text: Text, *, terms: Mapping[str, str] | None = None) -> Shown:
    """Return a text as it reads in the papers of one young person; ``terms`` is what a consent to share names."""
    values = {"practice": young_person.practice.name, "name": first_name(young_person), **(terms or {})}
    return Shown(text.version, text.language, filled(text.title, values), filled(text.body, values))


def first_name(young_person: YoungPerson) -> str:
    return young_person.name.split()[0] if young_person.name.split() else young_person.name


def best_language(written: Mapping[str, Text], practice: Practice, *, wanted: str) -> Text:
    """Return the text in the language wanted, else its nearest kin, else the practice's own, else any there is."""
    kin = sorted(language for language in written if language.split("-")[0] == wanted.split("-")[0])
    order = (wanted, *kin, practice.language, "en-us", *sorted(written))
    return next(written[language] for language in order if language in written)
