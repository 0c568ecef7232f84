"""Dates as Morocco writes them, in Arabic, French and Amazigh, with western digits.

Local time is that of Africa/Casablanca: +01:00, and +00:00 around Ramadan. No clock is read here.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from infitah.kernel.localized import known_language
from infitah.kernel.text import clean_line, western_digits

CASABLANCA: Final = ZoneInfo("Africa/Casablanca")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")

MONTHS_AR: Final = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
)
MONTHS_FR: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MONTHS_ZGH: Final = (
    "ⵉⵏⵏⴰⵢⵔ",
    "ⴱⵕⴰⵢⵕ",
    "ⵎⴰⵕⵚ",
    "ⵉⴱⵔⵉⵔ",
    "ⵎⴰⵢⵢⵓ",
    "ⵢⵓⵏⵢⵓ",
    "ⵢⵓⵍⵢⵓⵣ",
    "ⵖⵓⵛⵜ",
    "ⵛⵓⵜⴰⵏⴱⵉⵔ",
    "ⴽⵜⵓⴱⵔ",
    "ⵏⵓⵡⴰⵏⴱⵉⵔ",
    "ⴷⵓⵊⴰⵏⴱⵉⵔ",
)
MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": MONTHS_AR,
    "fr": MONTHS_FR,
    "zgh": MONTHS_ZGH,
}

WEEKDAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "zgh": ("ⴰⵢⵏⴰⵙ", "ⴰⵙⵉⵏⴰⵙ", "ⴰⴽⵕⴰⵙ", "ⴰⴽⵡⴰⵙ", "ⴰⵙⵉⵎⵡⴰⵙ", "ⴰⵙⵉⴹⵢⴰⵙ", "ⴰⵙⴰⵎⴰⵙ"),
}
"""Monday first, as `date.weekday()` counts."""

_PERIODS: Final[Mapping[str, str]] = {
    "ar": "من {start} إلى {end}",
    "fr": "du {start} au {end}",
    "zgh": "{start} – {end}",
}
_MOMENTS: Final[Mapping[str, str]] = {
    "ar": "{day} على الساعة {time}",
    "fr": "{day} à {time}",
    "zgh": "{day}, {time}",
}


def local_moment(moment: datetime) -> datetime:
    """Return `moment` in Africa/Casablanca. Raises ValueError if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(CASABLANCA)


def local_day(moment: datetime) -> date:
    """Return the day that `moment` falls on in Africa/Casablanca; statutory days are local."""
    return local_moment(moment).date()


def month_name(month: int, language: str) -> str:
    """Return the Moroccan name of month 1 to 12."""
    return MONTHS[known_language(language)][month - 1]


def weekday_name(day: date, language: str) -> str:
    """Return the name of the day of the week."""
    return WEEKDAYS[known_language(language)][day.weekday()]


def _day_number(day: date, language: str) -> str:
    return "1er" if language == "fr" and day.day == 1 else str(day.day)


def format_month(day: date, language: str) -> str:
    """Return month and year: نونبر 2023."""
    return f"{month_name(day.month, language)} {day.year}"


def format_date(day: date, language: str, *, weekday: bool = False) -> str:
    """Return the day in full words: 13 نونبر 2023, 1er janvier 2024; with its weekday on demand."""
    text = f"{_day_number(day, language)} {format_month(day, language)}"
    return f"{weekday_name(day, language)} {text}" if weekday else text


def format_time(moment: datetime) -> str:
    """Return hours and minutes in Africa/Casablanca: 14:30."""
    return local_moment(moment).strftime("%H:%M")


def format_datetime(moment: datetime, language: str, *, weekday: bool = False) -> str:
    """Return day and time in Africa/Casablanca: 13 نونبر 2023 على الساعة 14:30.

    Raises ValueError for a moment without time zone.
    """
    day = format_date(local_day(moment), language, weekday=weekday)
    return _MOMENTS[language].format(day=day, time=format_time(moment))


def format_period(start: date, end: date, language: str) -> str:
    """Return a span of days, both included: من 12 إلى 20 يونيو 2023. One day is written once.

    Month and year are said once where both ends share them. Raises ValueError if `end` is before.
    """
    if end < start:
        raise ValueError("a period ends after it starts")
    last = format_date(end, language)
    if start == end:
        return last
    first = _day_number(start, language)
    if start.year != end.year:
        first = format_date(start, language)
    elif start.month != end.month:
        first = f"{first} {month_name(start.month, language)}"
    return _PERIODS[language].format(start=first, end=last)


def read_date(text: str) -> date | None:
    """Return the day that somebody wrote, or None: 2026-01-31, 31/01/2026, in any digits."""
    plain = western_digits(clean_line(text)).replace(" ", "")
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
