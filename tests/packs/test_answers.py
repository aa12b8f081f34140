"""Whoever changes a rule shows which answers change: the committed tables of answers are those that the rules give."""

from difflib import unified_diff

import pytest

from halfdoor.disclosure.rules import Pack
from tests.packs.answers import file_of, table_of_answers
from tests.packs.tables import every_pack


@pytest.mark.parametrize("pack", every_pack(), ids=lambda pack: pack.id)
def test_the_table_of_answers_is_what_the_rules_say_today(pack: Pack) -> None:
    committed = file_of(pack).read_text(encoding="utf-8") if file_of(pack).exists() else ""
    changed = list(unified_diff(committed.splitlines(), table_of_answers(pack).splitlines(), lineterm="", n=0))
    assert not changed, "\n".join(
        ["these answers changed; read them, and if they are meant, run 'make answers':", *changed[2:]]
    )
