"""What waits for an officer, put in order: plain values, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from infitah.kernel.localized import LocalizedText

PAGE = 20
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the merged queue: after the act of this instant, kind and key."""

    since: datetime
    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.since.isoformat()}~{self.kind}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the place that `text` names, None for what is none."""
        parts = text.split("~")
        if len(parts) != 3:
            return None
        try:
            since = datetime.fromisoformat(parts[0])
        except ValueError:
            return None
        return cls(since, parts[1], parts[2]) if since.tzinfo else None


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """One act that waits: what, since when, until when, and where it is done."""

    kind: str
    key: str
    title: str | LocalizedText
    since: datetime
    url: str
    due: date | None = None
    is_estimated: bool = False
    reference: str = ""

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.since, self.kind, self.key)

    @property
    def place(self) -> tuple[datetime, str, str]:
        """Return by what acts are put in order: the longest waiting first."""
        return (self.since, self.kind, self.key)

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
    start = (after.since, after.kind, after.key) if after else None
    acts = [act for source in sources for act in source if start is None or act.place > start]
    acts.sort(key=lambda act: act.place)
    page = tuple(acts[:size])
    return WaitingPage(page, str(page[-1].cursor) if len(acts) > size else "")


def in_order(acts: Iterable[WaitingAct]) -> list[WaitingAct]:
    """Return acts in the order of doing: the earliest due day first, then the longest waiting."""
    return sorted(acts, key=lambda act: (act.due or date.max, *act.place))


def next_of(acts: Iterable[WaitingAct]) -> WaitingAct | None:
    """Return the act to do next, None where nothing waits."""
    return next(iter(in_order(acts)), None)
