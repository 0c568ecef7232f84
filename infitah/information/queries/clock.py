"""The clocks of a request explained: each day counted or not, and why; what moved them.

The same count that lists read, with nothing left out: rule and article, source of each day off,
version of the calendar, what is estimated, what is still to be verified.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.queries import DayLine, calendar, length_of, lines, sources_of_days_off
from infitah.community.queries.law import rules as legal_numbers
from infitah.community.rules.shipped import source_words
from infitah.design.parts import Text
from infitah.information import rules
from infitah.information.models import InformationRequest
from infitah.information.queries.following import NUMBERS
from infitah.information.queries.moves import MoveRow, moves_of, windows_told_in
from infitah.information.rules.labels import CLOCK_LABELS
from infitah.kernel.localized import LocalizedText

N = rules.ClockName
ZERO: Mapping[rules.ClockName, str | Promise] = {
    N.REPLY: _("day of receipt, not counted"),
    N.HEAD_WINDOW: _("day of the answer, or last day without one, not counted"),
    N.HEAD_REPLY: _("day on which the complaint was received, not counted"),
    N.CDAI_WINDOW: _("day of the president’s answer, or last day without one, not counted"),
    N.CDAI_REPLY: _("day on which the complaint was received, not counted"),
    N.COURT_WINDOW: _("day of the commission’s answer, or last day without one, not counted"),
}
REOPENED = _("day on which the request was opened again, not counted")


@dataclass(frozen=True, slots=True)
class ExplainedClock:
    """One clock with the account of its days; `length` is "20 working days"."""

    clock: rules.Clock
    label: LocalizedText
    length: str
    days: tuple[DayLine, ...]

    @property
    def anchor(self) -> str:
        """The name of its section on the page."""
        return str(self.clock.name).replace("_", "-")

    @property
    def ends_on(self) -> date:
        return self.clock.ends_on

    @property
    def latest(self) -> date:
        return self.clock.last

    @property
    def starts_on(self) -> date:
        return self.clock.starts_on

    @property
    def met_on(self) -> date | None:
        return self.clock.met_on

    @property
    def told(self) -> date | None:
        """The day told before that still holds, where the count has become shorter."""
        counted = self.clock.due.deadline.due_latest
        return self.clock.ends_on if self.clock.ends_on > counted else None

    @property
    def is_estimated(self) -> bool:
        return self.clock.due.deadline.estimated

    @property
    def is_verified(self) -> bool:
        return self.clock.due.is_verified

    @property
    def article(self) -> str:
        return self.clock.due.article

    @property
    def source(self) -> Text:
        return source_words(self.clock.due.source)

    @property
    def version(self) -> str:
        return self.clock.due.deadline.calendar_version

    @property
    def next_working_day(self) -> date | None:
        """When offices open again, where a period in calendar days ends on a day off."""
        return self.clock.due.deadline.next_working_day

    @property
    def is_short_of_feasts(self) -> bool:
        """Whether the feasts of a year in this count are not known yet."""
        return bool(self.clock.due.deadline.missing_years)


@dataclass(frozen=True, slots=True)
class Explained:
    """Every clock of a request, explained as of a day, with what moved them."""

    request: InformationRequest
    case: rules.Case
    clocks: tuple[ExplainedClock, ...]
    turn: rules.Turn
    silent_since: date | None
    moves: Sequence[MoveRow]
    ended_on: date | None

    @property
    def reply(self) -> ExplainedClock:
        return self.clocks[0]

    @property
    def is_late(self) -> bool:
        return self.silent_since is not None

    @property
    def has_doubt(self) -> bool:
        """Whether a number used here is still to be verified."""
        return not all(one.is_verified for one in self.clocks)


def explained(request: InformationRequest, today: date) -> Explained:
    """Return the clocks of a request, its community fetched, as they stand on a day. 8 queries."""
    acts = [act.as_rule() for act in request.acts.order_by("position")]
    case, moves = rules.fold(acts), moves_of(request)
    numbers = legal_numbers(request.community, NUMBERS, acts[0].on)
    law, days = {one.key: one for one in numbers}, calendar(request.community)
    clocks = rules.clocks(case, law, days, today, windows_told_in(moves))
    return Explained(
        request=request,
        case=case,
        clocks=_explained(request, case, clocks),
        turn=rules.turn(case, clocks, today),
        silent_since=rules.silent_since(case, clocks[0], today),
        moves=moves,
        ended_on=rules.ended_on(acts),
    )


def _explained(
    request: InformationRequest, case: rules.Case, clocks: Sequence[rules.Clock]
) -> tuple[ExplainedClock, ...]:
    first = min(clock.starts_on for clock in clocks)
    last = max(clock.due.deadline.days[-1].day for clock in clocks)
    zero = {**ZERO, N.REPLY: REOPENED} if case.reopened_on else ZERO
    sources = sources_of_days_off(request.community, first, last)
    return tuple(
        ExplainedClock(
            clock,
            CLOCK_LABELS[clock.name],
            length_of(clock.due),
            tuple(
                lines(
                    clock.due.deadline,
                    sources,
                    min(clock.ends_on, clock.due.deadline.due_latest),
                    str(zero[clock.name]),
                )
            ),
        )
        for clock in clocks
    )
