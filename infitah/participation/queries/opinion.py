"""Groups of opinion as everybody reads them after closing; computations as officers follow them.

Votes reach no page before closing: everything here asks `results_of` first (programme.md 7.4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import ClusterRun, Consultation, GroupStat
from infitah.participation.queries.themes import ARRANGES
from infitah.participation.queries.voice import Results, Turnout, results_of, turnout_of
from infitah.participation.rules import GroupVotes, Reading

FIRST_SHOWN: Final = 5
MORE_SHOWN: Final = 40
RUNS_SHOWN: Final = 20
MAP: Final = 400
"""Half the width of the map, in units of its drawing, within which all points lie."""


@dataclass(frozen=True, slots=True)
class GroupVoice:
    """How one group voted on one statement, in counts; a percentage only from 20 votes."""

    letter: str
    votes: GroupVotes

    @property
    def shares(self) -> rules.Shares | None:
        """Whole percentages, each rounded by itself; None below 20 votes."""
        return rules.shares_of(self.votes.agree, self.votes.disagree, self.votes.passed)


@dataclass(frozen=True, slots=True)
class GroupedStatement:
    """A statement with the votes of each group beside each other, and what they say."""

    reference: str
    statement: str
    language: str
    body: LocalizedText | None
    voices: tuple[GroupVoice, ...]
    reading: Reading
    strength: float
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class MappedGroup:
    """A group with its size and its place on the map."""

    letter: str
    people: int
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class RunLine:
    """A computation in a list; `same_as` is the earliest one that gave the very same bytes."""

    run: ClusterRun
    same_as: int | None = None

    @property
    def by_chance(self) -> float | None:
        """In how many percent of shuffled votes chance gives as much; None where not looked at."""
        return None if self.run.p_value is None else 100 * self.run.p_value


def _lines(runs: Sequence[ClusterRun]) -> tuple[RunLine, ...]:
    first: dict[str, int] = {}
    for run in sorted(runs, key=lambda one: one.number):
        if run.result_sha256:
            first.setdefault(run.result_sha256, run.number)
    earlier = [(run, first.get(run.result_sha256, run.number)) for run in runs]
    return tuple(RunLine(run, number if number != run.number else None) for run, number in earlier)


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """What the votes of a closed consultation show; `run` is None before a computation.

    `runs` are all finished computations, the newest first: none is hidden, whatever it found.
    """

    turnout: Turnout
    run: ClusterRun | None
    runs: tuple[RunLine, ...] = ()
    groups: tuple[MappedGroup, ...] = ()
    statements: tuple[GroupedStatement, ...] = ()

    def read_as(self, reading: Reading) -> "ReadStatements":
        """Return the statements of a reading, the strongest first: a few, and more."""
        found = [one for one in self.statements if one.reading is reading]
        found.sort(key=lambda one: (-one.strength, one.reference))
        last = FIRST_SHOWN + MORE_SHOWN
        return ReadStatements(found[:FIRST_SHOWN], found[FIRST_SHOWN:last])


@dataclass(frozen=True, slots=True)
class ReadStatements:
    """Statements that are read alike: those shown at once, and those behind a disclosure."""

    first: list[GroupedStatement]
    more: list[GroupedStatement]


def opinion_page(
    *, viewer: Viewer, consultation: Consultation, now: datetime
) -> OpinionPage | None:
    """Return what the votes of a consultation show, None before the instant of closing.

    Groups only where the newest finished computation passed the gate. Five queries at most.
    """
    told = results_of(consultation=consultation, viewer=viewer, now=now)
    return None if told is None else _page(told, consultation)


def _page(told: Results, consultation: Consultation) -> OpinionPage:
    runs = _finished(consultation)
    run = runs[0] if runs else None
    page = OpinionPage(turnout_of(told), run, _lines(runs))
    if run is None or not run.is_publishable:
        return page
    groups, places = _drawn(run)
    stats = _stats(run)
    statements = [_statement(pk, rows, places) for pk, rows in stats.items()]
    return OpinionPage(page.turnout, run, page.runs, tuple(groups), tuple(statements))


def _finished(consultation: Consultation) -> list[ClusterRun]:
    runs = ClusterRun.objects.filter(
        consultation=consultation, kind=ClusterRun.Kind.OPINION, state=ClusterRun.State.DONE
    )
    return list(runs.defer("result").order_by("-number")[:RUNS_SHOWN])


STAT: Final = (
    "group__letter",
    "agree",
    "disagree",
    "passed",
    "idea__reference",
    "idea__statement",
    "idea__language",
    "idea__state",
    "paragraph__text__subject",
    "paragraph__text__number",
    "paragraph__key",
    "paragraph__body",
)


@dataclass(frozen=True, slots=True)
class _Stat:
    letter: str
    agree: int
    disagree: int
    passed: int
    reference: str | None
    statement: str | None
    language: str | None
    state: str | None
    subject: str | None
    number: int | None
    key: str | None
    body: LocalizedText | None

    @property
    def name(self) -> str:
        return self.reference or f"{self.subject}/{self.number}#{self.key}"

    @property
    def is_readable(self) -> bool:
        """Whether anybody may read the statement: an idea hidden since then is left out."""
        return self.reference is None or self.state == rules.IdeaState.VISIBLE


def _stats(run: ClusterRun) -> dict[str, list[_Stat]]:
    rows = GroupStat.objects.filter(group__run=run).order_by(
        "idea__position", "paragraph", "group__letter"
    )
    found: dict[str, list[_Stat]] = {}
    for values in rows.values_list(*STAT):
        stat = _Stat(*values)
        if stat.is_readable:
            found.setdefault(stat.name, []).append(stat)
    return found


def _statement(
    name: str, rows: Sequence[_Stat], places: Mapping[str, tuple[int, int]]
) -> GroupedStatement:
    voices = tuple(
        GroupVoice(one.letter, GroupVotes(one.agree, one.disagree, one.passed)) for one in rows
    )
    votes = [one.votes for one in voices]
    reading = rules.reading_of(votes)
    x, y = places.get(name, (0, 0))
    return GroupedStatement(
        reference=name,
        statement=rows[0].statement or "",
        language=rows[0].language or "",
        body=rows[0].body if rows[0].reference is None else None,
        voices=voices,
        reading=reading,
        strength=rules.strength_of(reading, votes),
        x=x,
        y=y,
    )


def _drawn(run: ClusterRun) -> tuple[list[MappedGroup], dict[str, tuple[int, int]]]:
    """Place groups and statements on the map: each kind drawn as large as the map allows."""
    groups = run.result["groups"]
    statements = run.result["votes_by_group"]
    centres = _scaled([one["centre"] for one in groups])
    axes = _scaled([one["axes"] for one in statements])
    largest = max(one["people"] for one in groups)
    drawn = [
        MappedGroup(
            one["letter"], one["people"], x, y, round(90 * (one["people"] / largest) ** 0.5)
        )
        for one, (x, y) in zip(groups, centres, strict=True)
    ]
    return drawn, {one["statement"]: at for one, at in zip(statements, axes, strict=True)}


def _scaled(points: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    widest = max((abs(value) for point in points for value in point), default=0) or 1
    return [(round(x / widest * MAP), round(-y / widest * MAP)) for x, y in points]


def opinion_json(page: OpinionPage) -> dict[str, object]:
    """Return what is needed to check the newest computation: no vote of anybody is inside.

    Statements hidden since the computation keep their counts and lose their place in the list.
    """
    return {
        "runs": [_run_json(line.run) for line in page.runs],
        "people": page.turnout.people,
        "votes": page.turnout.votes,
        "result": None if page.run is None else page.run.result,
    }


def _run_json(run: ClusterRun) -> dict[str, object]:
    return {
        "number": run.number,
        "seed": run.seed,
        "parameters": run.parameters,
        "input_sha256": run.input_sha256,
        "result_sha256": run.result_sha256,
        "people": run.people,
        "statements": run.statements,
        "votes": run.votes,
        "p": run.p_value,
        "stability": run.stability,
        "groups": run.group_count,
        "is_publishable": run.is_publishable,
        "why_not": run.why_not,
        "asked_at": run.requested_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
    }


# At the desk ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeskRuns:
    """The computations of a consultation, the newest first, and the seed that its hash gives."""

    text: tuple[RunLine, ...]
    opinion: tuple[RunLine, ...]
    seed: int

    @property
    def is_waiting(self) -> bool:
        """Whether one waits or is being computed."""
        states = {ClusterRun.State.WAITING, ClusterRun.State.RUNNING}
        return any(line.run.state in states for line in (*self.text, *self.opinion))


def desk_runs(*, viewer: Viewer, consultation: Consultation) -> DeskRuns | None:
    """Return the computations of a consultation, None for who may not ask for them. One query."""
    if not viewer.may(ARRANGES):
        return None
    found: dict[str, list[ClusterRun]] = {"text": [], "opinion": []}
    runs = ClusterRun.objects.filter(consultation=consultation).defer("result")
    for run in runs.order_by("-number"):
        found[run.kind].append(run)
    digest = consultation.voice_hash or consultation.set_hash
    return DeskRuns(_lines(found["text"]), _lines(found["opinion"]), rules.seed_of(digest))
