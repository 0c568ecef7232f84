"""A request as its letters tell it: its acts, the law of its day, its clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from infitah.community.queries.law import calendar
from infitah.community.queries.law import rules as legal_numbers
from infitah.community.rules.deadlines import (
    REPLY,
    REPLY_EXTENSION,
    URGENT_EXTENSION,
    URGENT_REPLY,
)
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, RequestAct
from infitah.information.queries.wordings import wordings
from infitah.information.rules.wordings import Wording
from infitah.kernel.calendar import WorkingCalendar

NUMBERS = (REPLY, REPLY_EXTENSION, URGENT_REPLY, URGENT_EXTENSION, *rules.KEYS.values())


@dataclass(frozen=True, slots=True)
class Told:
    """A request with its acts and the law that holds for it."""

    request: InformationRequest
    acts: tuple[RequestAct, ...]
    law: rules.Law
    days: WorkingCalendar
    wordings: Mapping[str, Wording]

    @property
    def case(self) -> rules.Case:
        """Where the request stands after all its acts."""
        return rules.fold(act.as_rule() for act in self.acts)

    def until(self, position: int) -> rules.Case:
        """Return where it stood once the act of this position had happened."""
        return rules.fold(act.as_rule() for act in self.acts if act.position <= position)

    def act(self, kind: rules.ActKind) -> RequestAct | None:
        """Return the last act of a kind, or None."""
        return next((act for act in reversed(self.acts) if act.kind == kind), None)

    def reply(self, case: rules.Case) -> rules.Clock:
        """Return the clock of the answer."""
        return rules.reply_clock(case, self.law, self.days)

    def ladder(self, case: rules.Case) -> dict[rules.ClockName, rules.Clock]:
        """Return the clocks of the remedies that are ahead, at their latest."""
        return rules.ladder(case, self.law, self.days)

    def clocks(self, today: date) -> tuple[rules.Clock, ...]:
        """Return the clocks that run or ran by a day."""
        return rules.clocks(self.case, self.law, self.days, today)


def told(request: InformationRequest, foreseen: RequestAct | None = None) -> Told:
    """Return a request as letters need it, after an act that is only `foreseen` where one is given.

    Five queries. `request` comes with its community.
    """
    law = legal_numbers(request.community, NUMBERS, request.received_on)
    acts = tuple(request.acts.order_by("position"))
    if foreseen is not None and foreseen.pk is None:
        acts = (*acts, foreseen)
    return Told(
        request=request,
        acts=acts,
        law={one.key: one for one in law},
        days=calendar(request.community),
        wordings=wordings(request.community, request.received_on),
    )


def foreseen(
    request: InformationRequest,
    kind: rules.ActKind,
    on: date,
    *,
    words: str = "",
    note: str = "",
    facts: Mapping[str, str | bool] | None = None,
    by: Actor | None = None,
) -> RequestAct:
    """Return an act that is not written, so that its letter can be read before. One query."""
    return RequestAct(
        community=request.community,
        request=request,
        position=request.acts.count() + 1,
        kind=kind,
        occurred_on=on,
        by_kind=by.kind if by else "officer",
        by_key=by.key if by else "",
        by_office=by.office if by else "",
        facts=dict(facts or {}),
        words=words,
        note=note,
    )
