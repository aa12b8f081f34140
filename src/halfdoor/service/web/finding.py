"""Finding what a page is about. What is refused and what is absent answer alike."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404


@contextmanager
def or_nothing_here() -> Iterator[None]:
    """Turn a row that is not there, or not there for this reader, into a page that does not exist."""
    try:
        yield
    except ObjectDoesNotExist as error:
        raise Http404 from error
