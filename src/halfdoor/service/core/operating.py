"""What whoever runs the server does with `halfdoor COMMAND`: over every practice, some as the owner of the tables."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from halfdoor.service.core import roots, starting, within


class OperatorsCommand(BaseCommand):
    """A command that reaches every practice. Pages, jobs and whatever else serves one practice are none."""

    needs_owner: ClassVar[bool] = False
    """Whether it makes, copies or replaces tables, which the service's own role may not where there are two."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run it, with every practice at hand."""
        with within.everywhere(), as_owner() if self.needs_owner else nullcontext():
            try:
                return super().execute(*args, **options)
            except roots.NoRootKey as error:
                raise CommandError(str(error)) from None


@contextmanager
def as_owner() -> Iterator[None]:
    """Speak to the database as whoever owns its tables for as long as the block lasts, if we were told how."""
    url = settings.HALFDOOR_DATABASE_OWNER
    if not url or connection.vendor != "postgresql":
        yield
        return
    owner = starting.database(url, data=settings.HALFDOOR_DATA)
    said = connection.settings_dict
    service = {name: said[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    if service["USER"] == owner["USER"]:
        yield
        return
    connection.close()
    said.update({name: owner[name] for name in service})
    try:
        yield
    finally:
        connection.close()
        said.update(service)
