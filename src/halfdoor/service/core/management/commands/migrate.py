from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from halfdoor.service.core import operating, within
from halfdoor.service.core.databases import roles


class Command(migrate.Command):
    """Django's own, and then the second wall: no table is left without it, whoever added it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the tables with every practice at hand, and keep each table to its practice."""
        if connection.vendor != "postgresql":
            with within.everywhere():
                super().handle(*args, **options)
            return
        with operating.as_owner(), within.everywhere():
            roles.must_be_owner()
            roles.lay_key()
            super().handle(*args, **options)
            roles.lay()
