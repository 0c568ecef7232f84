"""What redaction is asked and what it answers: plain values, in parts of the page as displayed.

A rectangle is given in fractions of the displayed page, origin at its top left: rotation, CropBox
and UserUnit are applied already, so what a person drew on the picture of a page is what is meant.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from django.utils.translation import gettext as _

CODE: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9.\-]{0,10}[A-Z0-9])?")
"""A code fit to be printed on a box: E03, R3.2, 31-13."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in fractions of the displayed page: 0 to 1, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    def touches(self, other: "Rect") -> bool:
        """Tell whether the two share a point, their edges included."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def shared(self, other: "Rect") -> float:
        """Return the area that the two share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def joined(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def within_page(self) -> "Rect":
        """Return the part of it that lies on the page."""
        return Rect(*(min(max(side, 0.0), 1.0) for side in self.sides))

    @property
    def sides(self) -> tuple[float, float, float, float]:
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page as a reader sees it: its size in points, and whether text can be read from it."""

    number: int
    width: float
    height: float
    has_text: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF that can be redacted, known by the hash of its bytes."""

    pages: tuple[PageShown, ...]
    sha256: str

    @property
    def has_text(self) -> bool:
        return any(page.has_text for page in self.pages)


class Kind(StrEnum):
    """What a proposed box seems to cover."""

    CARD = "card"
    PHONE = "phone"
    MAIL = "mail"
    ACCOUNT = "account"
    NAME = "name"

    @property
    def label(self) -> str:
        return {
            Kind.CARD: _("Identity card number"),
            Kind.PHONE: _("Telephone number"),
            Kind.MAIL: _("E-mail address"),
            Kind.ACCOUNT: _("Bank account number"),
            Kind.NAME: _("Name of a person"),
        }[self]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that may have to be covered: one rectangle a line, nearly always one.

    `is_sure` is false where only a part of a name was found.
    """

    page: int
    kind: Kind
    text: str
    rects: tuple[Rect, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle to be burnt into a page (from 1), with the code that is printed on it."""

    page: int
    rect: Rect
    code: str


class Treatment(StrEnum):
    """What became of a page."""

    COPIED = "copied"
    DRAWN = "drawn"


class Reason(StrEnum):
    """Why a page was drawn anew instead of copied."""

    BOXES = "boxes"
    ASKED = "asked"
    LAYERS = "layers"
    ANNOTATIONS = "annotations"
    UNSEEN_TEXT = "unseen_text"
    UNSEEN_PICTURE = "unseen_picture"
    UNPLAIN = "unplain"
    UNLIKE = "unlike"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page, why, and how many of its words can still be searched for."""

    number: int
    treatment: Treatment
    reasons: tuple[Reason, ...]
    words_kept: int
    words_lost: int


class Fault(StrEnum):
    """What the check may find left in a redacted file."""

    TEXT = "text"
    UNSEEN = "unseen"
    BYTES = "bytes"
    PIXELS = "pixels"
    STRUCTURE = "structure"
    REVISIONS = "revisions"
    PAGES = "pages"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        return {
            Fault.TEXT: _("Text of a covered place can still be read."),
            Fault.UNSEEN: _("Text that nobody sees was left on a page."),
            Fault.BYTES: _("Text of a covered place is still inside the file."),
            Fault.PIXELS: _("A covered place is not wholly black."),
            Fault.STRUCTURE: _("The file holds something besides its pages."),
            Fault.REVISIONS: _("The file holds an earlier version of itself."),
            Fault.PAGES: _("The pages are not those of the original."),
            Fault.UNREADABLE: _("The file cannot be read back."),
        }[self]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the check found; `detail` is for the log, never for the public.

    `detail` names places and engines, never the text that was covered.
    """

    fault: Fault
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Echo:
    """A word of a box that still stands elsewhere: nobody covered it there."""

    text: str
    places: tuple[tuple[int, Rect], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of the check: fit to be given out only where `problems` is empty."""

    problems: tuple[Problem, ...]
    words_covered: int
    echoes: tuple[Echo, ...] = ()
    engines: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Redacted:
    """A new file, its hash, what became of each page, and the report of its check: clean."""

    content: bytes
    sha256: str
    pages: tuple[PageOutcome, ...]
    report: Report


class Step(StrEnum):
    """What redaction is doing."""

    READING = "reading"
    DRAWING = "drawing"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far redaction is: `done` of `total` pages of this step."""

    step: Step
    done: int
    total: int


class Store(Protocol):
    """Where pages that are done wait, so that a task that was stopped goes on where it was."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes) -> None: ...
