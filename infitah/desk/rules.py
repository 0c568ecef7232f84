"""What waits for an officer, put in order: plain values, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from infitah.kernel.localized import LocalizedText

PAGE = 20
SOON_DAYS = 7


LAW, HOUSE = 0, 1
"""Whether the law dates an act, or a plan of the house; the law goes first."""

Place = tuple[int, date, datetime, str, str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the merged queue: after the act of this rank, due day, instant, kind and key."""

    rank: int
    due: date
    since: datetime
    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.rank}~{self.due}~{self.since.isoformat()}~{self.kind}~{self.key}"

    @property
    def place(self) -> Place:
        """Return what the places of acts are compared with."""
        return (self.rank, self.due, self.since, self.kind, self.key)

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the place that `text` names, None for what is none."""
        parts = text.split("~")
        if len(parts) != 5 or parts[0] not in {str(LAW), str(HOUSE)}:
            return None
        try:
            due, since = date.fromisoformat(parts[1]), datetime.fromisoformat(parts[2])
        except ValueError:
            return None
        return cls(int(parts[0]), due, since, parts[3], parts[4]) if since.tzinfo else None


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """One act that waits: what, since when, until when and by whose word, where it is done."""

    kind: str
    key: str
    title: str | LocalizedText
    since: datetime
    url: str
    due: date | None = None
    is_estimated: bool = False
    reference: str = ""
    is_of_law: bool = False
    is_urgent: bool = False

    @property
    def cursor(self) -> Cursor:
        return Cursor(*self.place)

    @property
    def place(self) -> Place:
        """Return by what acts are put in order.

        What the law dates stands first, then what the house dates, each by its last day: the
        latest overdue first. What nobody dates follows, the longest waiting first.
        """
        rank = LAW if self.is_of_law and self.due else HOUSE
        return (rank, self.due or date.max, self.since, self.kind, self.key)

    def days_left(self, today: date) -> int | None:
        """Return the calendar days until the due day, below 0 when it has passed."""
        return None if self.due is None else (self.due - today).days

    def urgency(self, today: date) -> str:
        """Return "late", "soon" (within 7 days) or ""."""
        left = self.days_left(today)
        if left is None or left > SOON_DAYS:
            return ""
        return "late" if left < 0 else "soon"


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page of the queue; `after` goes on, "" where nothing more waits."""

    acts: tuple[WaitingAct, ...]
    after: str = ""


def merged(
    sources: Iterable[Iterable[WaitingAct]], after: Cursor | None, size: int = PAGE
) -> WaitingPage:
    """Return one page of several sources, each given at least `size + 1` acts after the cursor."""
    start = after.place if after else None
    acts = [act for source in sources for act in source if start is None or act.place > start]
    acts.sort(key=lambda act: act.place)
    page = tuple(acts[:size])
    return WaitingPage(page, str(page[-1].cursor) if len(acts) > size else "")


def in_order(acts: Iterable[WaitingAct]) -> list[WaitingAct]:
    """Return acts in the order of doing, which is the order of the queue."""
    return sorted(acts, key=lambda act: act.place)


def next_of(acts: Iterable[WaitingAct]) -> WaitingAct | None:
    """Return the act to do next, None where nothing waits."""
    return next(iter(in_order(acts)), None)


def is_pressing(act: WaitingAct, today: date) -> bool:
    """Return whether an act stands on the home page beside the next one of its kind.

    It does when it is late, and when its last day by law is within SOON_DAYS.
    """
    return act.urgency(today) == "late" or (act.is_of_law and act.urgency(today) == "soon")
