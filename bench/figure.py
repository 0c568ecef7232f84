"""One measured figure beside its limit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure: `ratio` is value over limit (or over another run); `verdict` is what it means."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    ratio: float | None = None
    verdict: str = ""
    note: str = ""


def at_most(name: str, value: float, unit: str, limit: float, note: str = "") -> Figure:
    """Return the figure of something that should stay at or under `limit`."""
    ratio = round(value / limit, 3) if limit else None
    verdict = "ok" if value <= limit else "MISSED"
    return Figure(name, round(value, 3), unit, limit, ratio, verdict, note)


def at_least(name: str, value: float, unit: str, limit: float, note: str = "") -> Figure:
    """Return the figure of something that should reach `limit`."""
    ratio = round(value / limit, 3) if limit else None
    verdict = "ok" if value >= limit else "MISSED"
    return Figure(name, round(value, 3), unit, limit, ratio, verdict, note)


def stated(name: str, value: float, unit: str, note: str = "") -> Figure:
    """Return a figure that is stated without a limit."""
    return Figure(name, round(value, 3), unit, note=note)
