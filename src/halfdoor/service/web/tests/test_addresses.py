"""Addresses that are put together are those that Django writes, for every page that has keys in its address."""

from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from halfdoor.service.disclosures.choices import Category
from halfdoor.service.web import addresses

FEWEST = 50


def with_keys(patterns, space=""):
    """Yield the names of pages with how many keys stand in their addresses, where nothing else does."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from with_keys(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            kinds = [type(one).__name__ for one in pattern.pattern.converters.values()]
            if set(kinds) <= {"UUIDConverter"}:
                yield f"{space}{pattern.name}", len(kinds)


def test_they_are_those_that_django_writes():
    pages = list(with_keys(get_resolver().url_patterns))
    assert len([many for _, many in pages if many]) > FEWEST
    for page, many in pages:
        for _ in range(2):
            keys = [uuid4() for _ in range(many)]
            assert addresses.of(page, *keys) == reverse(page, args=keys)


@pytest.mark.parametrize("category", Category)
def test_a_code_may_stand_among_the_keys(category):
    keys = uuid4(), uuid4(), category
    assert addresses.of("portals:cell", *keys) == reverse("portals:cell", args=keys)


def test_a_page_that_is_not_there_or_takes_more_keys_is_told():
    for page, keys in (("people:nowhere", []), ("portals:child", []), ("portals:child", [uuid4(), uuid4()])):
        with pytest.raises(NoReverseMatch):
            addresses.of(page, *keys)


KEY = UUID(int=7)
CHILD = f"/family/children/{KEY}/"


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("{% url 'portals:child' key %}", CHILD),
        ("{% url 'portals:week' %}", "/family/"),
        ("{% url 'portals:child' membership_id=key %}", CHILD),
        ("{% url 'portals:child' key as there %}[{{ there }}]", f"[{CHILD}]"),
        ("{% url 'people:nowhere' as there %}[{{ there }}]", "[]"),
        ("{% url 'people:record' key key 'authority' %}", reverse("people:record", args=[KEY, KEY, "authority"])),
    ],
)
def test_a_template_writes_them_as_before(tag, written):
    assert Template(tag).render(Context({"key": KEY})) == written


def test_a_template_that_names_no_page_says_so():
    with pytest.raises(NoReverseMatch):
        Template("{% url 'people:nowhere' %}").render(Context())
