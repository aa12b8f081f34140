"""Keeping what families and young people typed and have not sent, until they send it. Nothing here is an address."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from halfdoor.service.accounts.interrupted import View, kept_by
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import clock
from halfdoor.service.people import drafts


def keeps(form: str, about: str, whose: Callable[..., Any]) -> Callable[[View], View]:
    """Let a page keep what was typed: ``about`` names its id, ``whose`` finds the young person for its reader."""

    def keep(account: Account, typed: Mapping[str, list[str]], **where: Any) -> None:
        page: UUID = where[about]
        at = clock.now()
        drafts.keep(whose(account, page, at=at), about=page, form=form, typed=typed, by=account, at=at)

    return kept_by(keep)
