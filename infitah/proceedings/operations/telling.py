"""How an act is told: its line in the register, then the pages that it makes stale."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON


class Numbered(Protocol):
    """A record with its number, in a community."""

    reference: Any
    community: Any


@dataclass(frozen=True, slots=True)
class Teller:
    """How the acts on one kind of record are told: how their names begin, which pages they renew.

    Called as the last step of an act, inside its transaction.
    """

    family: str
    renews: tuple[str, ...]

    def __call__(
        self,
        about: Numbered,
        step: str,
        public: Mapping[str, JSON],
        *,
        on: date,
        by: Actor,
        now: datetime,
    ) -> None:
        """Write a step of a record, whose community is fetched, in the register; renew pages."""
        key = about.community.key
        ledger.record(
            community_key=key,
            act=f"{self.family}{step}",
            subject=about.reference,
            by=by,
            public=public,
            occurred_on=on,
            now=now,
        )
        bump(key, *self.renews)


tell_session = Teller("proceedings.", ("council",))
