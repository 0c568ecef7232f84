"""The shape of a project of the demonstration: its text, its milestones, what happened to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from infitah.kernel.localized import LocalizedText as Text

NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happened to a milestone: start, claim, verify, return, block, resume, put_off.

    `text` is the reason, or the title of the evidence; `until` the day to which it was put off.
    """

    verb: str
    on: date
    text: Text = NOTHING
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as announced, and what happened to it."""

    title: Text
    first: date
    last: date
    weight: int
    unit: str
    acts: Sequence[Act] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator with its measures."""

    slug: str
    name: Text
    unit: Text
    baseline: Decimal
    target: Decimal
    measures: Sequence[tuple[date, Decimal, Text]] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """One of the four projects: OGP fields, ideas behind it, milestones, figures."""

    slug: str
    axis: str
    unit: str
    title: Text
    problem: Text
    description: Text
    contribution: Text
    result: Text
    verifiability: Text
    partners: Text
    civil_partner: Text
    values: Sequence[str]
    principles: Sequence[str]
    sdg: Sequence[int]
    budget: int
    ideas: Sequence[tuple[str, str]]
    steps: Sequence[Step]
    figures: Sequence[Figure]


def started_and_verified(
    started: date, done: date, confirmed: date, evidence: Text
) -> tuple[Act, ...]:
    """Return the plain course: started, told done with evidence, confirmed by a second person."""
    return (Act("start", started), Act("claim", done, evidence), Act("verify", confirmed))
