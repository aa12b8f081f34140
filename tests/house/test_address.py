"""Young people are addressed as one of us, everybody else with respect: tú and usted, ti and chi."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from tests.house.test_words import said
from tools.words import catalog_of

YOUNG_PEOPLES = re.compile(r"/young_person[/.]|/pieces_for_young_people\.|/my_words\.|/base_me\.")
EVERYBODY_ELSES = re.compile(
    r"/(?:caregiver|staff|therapist|lead|office|team)[/.]|/pieces_for_(?:caregivers|teams)\.|/training/|/base_staff\."
    r"|/accounts/own/|/accounts/\w*forms\.|/messages/\w+\.py|/cotton/|/(?:403_csrf|404|429|500|503|shut)\."
)
"""Pages of families, of everybody who works here, and those that all of them see: signing in, errors, the frame."""

QUOTED = re.compile(r"«[^»]*»|“[^”]*”|‘[^’]*’")
"""What one person says to another, often to a young person, is said as they would say it."""

CLOSE = {
    "es": "tú tu tus ti te contigo tuyo tuya vosotros os eres puedes quieres tienes sabes debes necesitas podéis "
    "queréis haz dile dime dinos díselo pregúntale pregúntanos cuéntanos inténtalo escríbelo digas preguntes",
    "cy": "ti thi dy rwyt wyt gelli cei gennyt arnat wrthyt amdanat atat hoffet dylet paid dweda "
    "gofynna ysgrifenna meddylia",
}
"""Forms of each language that can only be meant for somebody one is close to. Those that could be something else
(Spanish «pregunta» is a question too, Welsh «dywed» also says what somebody says) are left to the eye."""

POLITE = {
    "es": "usted díganos dígale dígalo pregúntele pregúntenos cuéntenos escríbanos llámenos inténtelo escríbalo hágalo",
    "cy": "chi eich rydych ydych gallwch cewch gennych arnoch wrthych amdanoch atoch hoffech dylech peidiwch dewiswch "
    "dywedwch gofynnwch ysgrifennwch",
}


def addressing(catalog: Catalog, forms: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what addresses whoever reads it in one of these forms, with the files it stands in."""
    found = re.compile(rf"\b(?:{'|'.join(forms.split())})\b", re.IGNORECASE)
    for message in catalog:
        if message.id:
            files = [file for file, _line in message.locations]
            yield from ((form, files) for form in said(message) if found.search(QUOTED.sub("", form)))


def too_close(catalog: Catalog, language: str) -> list[str]:
    """Return what families, or whoever works here, would read as if they were young people."""
    return [form for form, files in addressing(catalog, CLOSE[language]) if any(map(EVERYBODY_ELSES.search, files))]


def too_distant(catalog: Catalog, language: str) -> list[str]:
    """Return what only young people read, and is not said as to them."""
    return [form for form, files in addressing(catalog, POLITE[language]) if all(map(YOUNG_PEOPLES.search, files))]


@pytest.mark.parametrize("language", CLOSE)
def test_families_and_everybody_who_works_here_are_addressed_with_respect(language):
    assert too_close(catalog_of(language), language) == []


@pytest.mark.parametrize("language", POLITE)
def test_young_people_are_addressed_as_one_of_us(language):
    assert too_distant(catalog_of(language), language) == []


def test_whoever_is_addressed_as_somebody_else_is_caught():
    catalog = Catalog(locale="es")
    family, young = ("service/messages/templates/messages/caregiver/notices.html", 0), ("service/me/young_person/a", 0)
    catalog.add("Ask", "Pregunte: «¿Te ayudo?»", locations=[family])
    catalog.add("Tell us", "Dinos uno", locations=[family])
    catalog.add("Your page", "Tu página", locations=[family, young])
    catalog.add("Yours", "Es de usted", locations=[young])
    assert too_close(catalog, "es") == ["Dinos uno", "Tu página"]
    assert too_distant(catalog, "es") == ["Es de usted"]
