"""Fields that are written without templates, beside the same as Django's own templates write them."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from halfdoor.service.web.fields import field
from halfdoor.service.web.widgets import Written

NASTY = "\"><script>'&amp;"
FEW = [("a", "One & two"), (NASTY, gettext_lazy("Send")), (1234, format_html("<b>{}</b>", "safe")), (None, 5678)]


class Every(forms.Form):
    """A form with every widget that is written, with words that have to be escaped."""

    words = forms.CharField(label=NASTY, help_text=NASTY, widget=forms.TextInput(attrs={"list": NASTY, "size": 7}))
    lines = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3, "hidden": False}))
    number = forms.IntegerField(required=False)
    mail = forms.EmailField(disabled=True)
    page = forms.URLField(assume_scheme="https")
    day = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    secret = forms.CharField(widget=forms.PasswordInput)
    once = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}))
    box = forms.BooleanField(label="Yes & no")
    one = forms.ChoiceField(choices=[*FEW, (NASTY, FEW[:2])])
    several = forms.MultipleChoiceField(choices=FEW, widget=forms.CheckboxSelectMultiple)
    either = forms.ChoiceField(choices=FEW, widget=forms.RadioSelect)


TYPED: list[dict[str, Any] | None] = [
    None,
    dict.fromkeys(Every.base_fields, NASTY) | {"number": "1234567", "several": ["a", NASTY]},
    dict.fromkeys(Every.base_fields, "") | {"lines": "\nA line.\n"},
]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("language", ["en-us", "es"])
def test_they_are_the_same_as_djangos(typed: dict[str, Any] | None, language: str) -> None:
    with translation.override(language):
        ours, djangos = (Every(typed, renderer=one()) for one in (Written, DjangoTemplates))
        for mine, its in zip(ours, djangos, strict=True):
            assert (str(mine), str(mine.errors)) == (str(its), str(its.errors)), mine.name
            assert [str(one) for one in mine] == [str(one) for one in its], mine.name


def test_a_field_says_what_it_is_and_what_has_to_be_mended() -> None:
    form = Every({"words": ""})
    written = field(form["words"])
    assert written.startswith('<div class="field mends"><label for="id_words">&quot;&gt;&lt;script&gt;')
    assert '<p class="hint" id="id_words_helptext">&quot;&gt;' in written
    assert str(form["words"].errors) in written
    assert "(you can leave this out)" not in written
    assert "(you can leave this out)" in field(form["lines"])
    assert "(you can leave this out)" not in field(form["lines"], needed="needed")
    assert field(form["once"]) == str(form["once"])
    assert field(form["box"]).count("<label") == 1
    choices = field(form["either"], short="short")
    assert 'aria-describedby="id_either_error"' in choices
    assert '<div class="choices short"><label' in choices
