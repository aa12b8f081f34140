"""Everything a page can say, it says in English, Spanish and Welsh; and what rules say, beside the rules."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils import translation

from halfdoor.disclosure.happenings import HAPPENINGS
from halfdoor.disclosure.loading import bodies, shipped
from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.web.change_words import CHANGES
from halfdoor.service.web.pack_words import fingerprint
from tests.house.tree import SERVICE, modules, parsed
from tools.words import LANGUAGES, catalog_of, collect

PACKS = Path(__file__).parents[2] / "src/halfdoor/packs"
TRANSLATED = ("es", "cy")
NAMED = re.compile(r"%\(\w+\)[sd]|%[sd%]")
AMERICAN = re.compile(
    r"\b(?:behavior|center|color|counselor|defense|enroll|favorite|fulfill|gray|honor|judgment|labor|mom|neighbor|program"
    r"|canceled|traveled)(?:s|ed|ing|al)?\b|\b\w+(?:iz(?:e|es|ed|ing|ation)|yz(?:e|ed|ing))\b",
    re.IGNORECASE,
)
SPELLED_SO_EVERYWHERE = frozenset({"size", "sizes", "prize", "seize", "seized"})


def key(message: Message) -> tuple[str, str | None]:
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def said(message: Message) -> list[str]:
    """Return the forms of a translation; one, or as many as the language has plurals."""
    forms = message.string or ""
    return [forms] if isinstance(forms, str) else list(forms)


def untranslated(catalog: Catalog) -> Iterator[str]:
    """Yield what has no translation, or one that leaves out what is to be filled in."""
    for message in catalog:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        if ids[0] and any(
            set(NAMED.findall(form)) != set(NAMED.findall(ids[-1])) or not form for form in said(message)
        ):
            yield str(key(message))


def spelled_as_in_america(catalog: Catalog) -> Iterator[str]:
    """Yield what would stand on a British page in American spelling."""
    for message in catalog:
        shown = message.id if not any(said(message)) else said(message)
        for form in [shown] if isinstance(shown, str) else shown:
            for word in AMERICAN.finditer(form):
                if word[0].lower() not in SPELLED_SO_EVERYWHERE:
                    yield f"{word[0]}: {form}"


def rules_without(language: str, packs: Path) -> Iterator[str]:
    """Yield rules whose sentence has no translation, or one of other words than it says now."""
    for pack in (*shipped(), *bodies().values()):
        file = packs / pack.id / "words" / f"{language}.toml"
        words = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
        for rule in pack.rules:
            if words.get(rule.id, {}).get("of") != fingerprint(rule.says) or not words[rule.id]["says"]:
                yield rule.id
        yield from (f"{rule_id}: no such rule" for rule_id in words.keys() - pack.by_id.keys())


def out_of_sight(service: Path) -> Iterator[str]:
    """Yield calls whose words are not written out, so that no catalog can hold them. Words of the judgement may be."""
    for path in modules(service):
        for call in ast.walk(parsed(path)):
            match call:
                case ast.Call(func=ast.Name(id=name), args=args) if name == "_" or name.removesuffix("_lazy").endswith(
                    "gettext"
                ):
                    if not all(isinstance(arg, ast.Constant) for arg in args[: 1 + name.startswith(("p", "n"))]):
                        yield f"{path.relative_to(service)}:{call.lineno}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_holds_the_words_of_the_code_and_no_others(language):
    in_code = {key(message) for message in collect() if message.id}
    assert {key(message) for message in catalog_of(language) if message.id} == in_code, "run tools/words.py"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_is_translated(language):
    assert list(untranslated(catalog_of(language))) == []


def test_a_british_page_is_spelled_as_in_britain():
    assert list(spelled_as_in_america(catalog_of("en_GB"))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_every_rule_says_is_translated(language):
    assert list(rules_without(language, PACKS)) == []


def test_what_can_happen_is_said_alike_by_the_judgement_and_on_a_page():
    with translation.override("en-us"):
        on_a_page = {(path, value): str(says) for path, values in CHANGES.items() for value, says in values.items()}
    assert on_a_page == {
        (BY_NAME[name].path, value): happening.says
        for name, values in HAPPENINGS.items()
        for value, happening in values.items()
    }


def test_words_are_written_out_where_the_catalog_can_see_them():
    found = {place.partition(":")[0] for place in out_of_sight(SERVICE)}
    assert found == {"web/decision_words.py", "web/pack_words.py"}


def test_words_behind_a_name_are_caught(tmp_path):
    (tmp_path / "pages.py").write_text('HELLO = _("Hello")\nNOW = pgettext_lazy(WHEN, "now")\n')
    assert list(out_of_sight(tmp_path)) == ["pages.py:2"]


def test_a_missing_and_a_broken_translation_are_caught():
    catalog = Catalog(locale="es")
    catalog.add("Ask %(name)s", "")
    catalog.add("Tell %(name)s", "Díselo a alguien")
    catalog.add("Start", "Inicio")
    assert list(untranslated(catalog)) == ["('Ask %(name)s', None)", "('Tell %(name)s', None)"]


def test_american_spelling_is_caught():
    catalog = Catalog(locale="en_GB")
    catalog.add("The program of the center")
    catalog.add("Recognize the behavior", "Recognise the behaviour")
    assert [word.partition(":")[0] for word in spelled_as_in_america(catalog)] == ["program", "center"]
