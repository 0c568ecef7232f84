"""The plain values that components take; a mapping with the same names does as well."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from infitah.kernel.localized import LocalizedText

Text = str | LocalizedText


@dataclass(frozen=True, slots=True)
class Knot:
    """One knot of the thread: when, what, who, where it is recorded, how it is proved."""

    sentence: Text
    state: str
    on: date | datetime | None = None
    who: Text = ""
    url: str = ""
    proof_url: str = ""
    state_words: Text = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a list of facts; `value` is shown as it is if it is already safe."""

    label: Text
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One filter link with its count."""

    label: Text
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A group of filter links: one question, its answers."""

    label: Text
    options: Sequence[Option] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: Text
    value: float
    url: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of how a deadline was counted; `ends` marks the last day, `source` a day off."""

    on: date
    words: Text
    estimated: bool = False
    source: Text = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of a timeline."""

    on: date | datetime
    sentence: Text
    url: str = ""
    who: Text = ""
