"""How an act is told: its line in the register, then the pages that it makes stale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON


@dataclass(frozen=True, slots=True)
class Teller:
    """How the acts on one kind of record are told: how their names begin, which pages they renew.

    `subject` finds the name under which a record stands in the register, `community` the
    community it belongs to. Called as the last step of an act, inside its transaction.
    """

    family: str
    renews: tuple[str, ...]
    subject: Callable[[Any], str] = attrgetter("reference")
    community: Callable[[Any], Any] = attrgetter("community")

    def __call__(
        self,
        about: object,
        step: str,
        public: Mapping[str, JSON],
        *,
        on: date,
        by: Actor,
        now: datetime,
    ) -> None:
        """Write a step of a record, whose community is fetched, in the register; renew pages."""
        key = self.community(about).key
        ledger.record(
            community_key=key,
            act=f"{self.family}{step}",
            subject=self.subject(about),
            by=by,
            public=public,
            occurred_on=on,
            now=now,
        )
        bump(key, *self.renews)


tell_session = Teller("proceedings.", ("council",))
