"""An iCalendar file of days, as RFC 5545 writes it: plain values in, text out.

Days without an hour only, so that no time zone is needed; the end is exclusive, as the RFC has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LINE: Final = 75
"""Octets of a line without its break (RFC 5545, 3.1); a longer one goes on after a space."""
BREAK: Final = "\r\n"
PRODUCT: Final = "-//Infitah//AR"


@dataclass(frozen=True, slots=True)
class Day:
    """One event: both days are included; `status` is CONFIRMED, TENTATIVE or CANCELLED.

    `uid` never changes; `sequence` counts the changes announced since.
    """

    uid: str
    summary: str
    first: date
    last: date
    changed_at: datetime
    sequence: int = 0
    status: str = "CONFIRMED"
    description: str = ""
    url: str = ""
    category: str = ""


def escaped(text: str) -> str:
    """Return a text as a value writes it: backslash, comma, semicolon and line breaks escaped."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, never cut inside a character."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return BREAK.join([*pieces, piece])


def instant(moment: datetime) -> str:
    """Return a moment in UTC: 20261128T183000Z. Raises ValueError if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar(days: Iterable[Day], *, name: str, language: str, refresh: str = "PT12H") -> str:
    """Return the whole file: a head, one event each, lines folded and ended as the RFC asks.

    `refresh` is how often a program that subscribed may ask again (RFC 7986).
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}",
    ]
    for day in days:
        lines += _event(day, language)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + BREAK for line in lines)


def _event(day: Day, language: str) -> list[str]:
    after = day.last + timedelta(days=1)
    changed = instant(day.changed_at)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{day.uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{day.sequence}",
        f"DTSTART;VALUE=DATE:{day.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY;LANGUAGE={language}:{escaped(day.summary)}",
        f"STATUS:{day.status}",
        "TRANSP:TRANSPARENT",
    ]
    if day.description:
        lines.append(f"DESCRIPTION;LANGUAGE={language}:{escaped(day.description)}")
    if day.url:
        lines.append(f"URL:{day.url}")
    if day.category:
        lines.append(f"CATEGORIES;LANGUAGE={language}:{escaped(day.category)}")
    return [*lines, "END:VEVENT"]
