"""Annual reports as readers see them: made from the frozen content, never from live records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.community.models.person import category_words
from infitah.core.viewer import Viewer
from infitah.council.queries import proofs
from infitah.design.direction import page_language
from infitah.design.parts import Bar, Knot
from infitah.design.text import colon
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.participation.models import Idea, IdeaAnswer, ModerationDecision
from infitah.programme.models import (
    AnnualReport,
    Assessment,
    ProgressUpdate,
    Rating,
)
from infitah.programme.queries.reasons import Word, frozen_word
from infitah.programme.queries.report_changes import ChangeTold, changes_told, since_words
from infitah.programme.queries.report_words import (
    BETWEEN,
    KNOTS,
    aim_words,
    grades,
    headline,
    milestone_words,
)

Object = Mapping[str, Any]


def text(value: object) -> LocalizedText:
    """Return a frozen text; empty where the report has none."""
    return LocalizedText.from_json(value or {})


def day(value: object) -> date | None:
    """Return a frozen day, or None."""
    return date.fromisoformat(str(value)) if value else None


@dataclass(frozen=True, slots=True)
class MilestoneTold:
    """A milestone as the report tells it."""

    row: Object
    title: LocalizedText
    unit: LocalizedText
    reason: LocalizedText
    word: Word | None
    announced_end: date | None
    planned_end: date | None
    done_on: date | None
    evidence: tuple[Object, ...]

    @property
    def state_words(self) -> str:
        """Its state on the day of the report, with the days of lateness."""
        return milestone_words(self.row)

    @property
    def not_enough(self) -> int:
        """How many pieces of evidence a second person had found wanting by then."""
        return sum(bool(one.get("returned_on")) for one in self.evidence)

    @property
    def is_put_off(self) -> bool:
        """Whether another day than the announced one was set by then."""
        return self.planned_end is not None and self.planned_end != self.announced_end


@dataclass(frozen=True, slots=True)
class IndicatorTold:
    """An indicator with its last measure by then."""

    name: LocalizedText
    unit: LocalizedText
    baseline: Decimal | None
    target: Decimal
    target_on: date | None
    last: Decimal | None
    last_on: date | None
    aim: str


@dataclass(frozen=True, slots=True)
class CommitmentTold:
    """A commitment as the report tells it; its three voices stand apart."""

    row: Object
    title: LocalizedText
    axis: LocalizedText
    unit: LocalizedText
    milestones: tuple[MilestoneTold, ...]
    indicators: tuple[IndicatorTold, ...]
    url: str

    @property
    def star(self) -> str:
        """The star of the commitment on the day."""
        if self.row["late_days"]:
            return "late"
        if self.row["confirmed"] == 100:
            return "done"
        return "under_way" if self.row["confirmed"] or self.row["claimed"] else "to_come"

    @property
    def sentence(self) -> str:
        """How many of its milestones are confirmed, and by how many days it is late."""
        counts, late = self.row["counts"], int(self.row["late_days"])
        words = ngettext(
            "%(done)s of one milestone done and confirmed",
            "%(done)s of %(n)s milestones done and confirmed",
            counts["total"],
        ) % {"done": counts["confirmed"], "n": counts["total"]}
        if not late:
            return words
        days = ngettext("late by %(n)s day", "late by %(n)s days", late) % {"n": late}
        return f"{words}{BETWEEN}{days}"

    @property
    def last_word(self) -> str:
        """What the service last said, by then; empty where it said nothing."""
        if not self.row["updates"]:
            return ""
        last = self.row["updates"][-1]
        words = str(dict(ProgressUpdate.Standing.choices)[last["standing"]])
        said_on = day(last.get("on"))
        words = f"{words} ({format_date(said_on, page_language())})" if said_on else words
        return f"{words}{colon()} {last['note']}" if last["note"] else words

    @property
    def findings(self) -> list[tuple[str, str, LocalizedText]]:
        """Who found what, and why."""
        kinds, levels = dict(Assessment.Kind.choices), dict(Assessment.Level.choices)
        return [
            (str(kinds[one["kind"]]), str(levels[one["level"]]), text(one["text"]))
            for one in self.row["findings"]
        ]

    @property
    def sights(self) -> list[tuple[str, int]]:
        """What citizens saw, by answer; nothing where very few answered."""
        answers = self.row["sights"]["answers"] or {}
        return [(str(label), answers.get(value, 0)) for value, label in Rating.Sight.choices]

    @property
    def sights_n(self) -> int:
        """How many citizens answered."""
        return int(self.row["sights"]["n"])


@dataclass(frozen=True, slots=True)
class ConsultationTold:
    """A consultation as the report tells it."""

    row: Object
    name: LocalizedText
    first_day: date | None
    last_day: date | None

    @property
    def sources(self) -> list[tuple[str, int]]:
        """How the ideas came."""
        names = dict(Idea.Source.choices)
        return [(str(names.get(key, key)), n) for key, n in self.row["sources"].items()]

    @property
    def answer_bars(self) -> list[Bar]:
        """The answers by code."""
        names = dict(IdeaAnswer.Code.choices)
        rows = self.row["answers"]
        return [Bar(str(names.get(code, code)), rows[code]) for code in names if rows.get(code)]

    @property
    def answered(self) -> int:
        """How many ideas had an answer by then."""
        return int(sum(self.row["answers"].values()))


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as its page and its documents say it."""

    report: AnnualReport
    content: Object
    title: LocalizedText
    commitments: tuple[CommitmentTold, ...]
    consultations: tuple[ConsultationTold, ...]

    @property
    def answer(self) -> str:
        """The sentences with which the report begins."""
        return headline(self.content)

    @property
    def grades(self) -> str:
        """The scale of what was found, where something was."""
        return grades() if any(one.row["findings"] for one in self.commitments) else ""

    @property
    def bars(self) -> list[Bar]:
        """The milestones by what may be said of them."""
        counts = self.content["summary"]
        return [Bar(str(words), counts[name], "", star) for name, star, words in KNOTS]

    @property
    def meetings_held(self) -> int:
        """How many meetings the committee held by then; one of two sittings is one."""
        held = self.content["committee"]
        return len({one["session"] for one in held["sittings"]}) if held else 0

    @property
    def late(self) -> list[tuple[CommitmentTold, MilestoneTold]]:
        """What is late, with its commitment, the longest first."""
        found = [
            (one, step)
            for one in self.commitments
            for step in one.milestones
            if step.row["knot"] == "late"
        ]
        return sorted(found, key=lambda pair: -int(pair[1].row["late_days"]))

    @property
    def categories(self) -> list[tuple[str, int]]:
        """The seats of the committee by side."""
        committee = self.content["committee"] or {"by_category": {}}
        return [(category_words(key), n) for key, n in committee["by_category"].items()]

    @property
    def moderation(self) -> list[tuple[str, int]]:
        """The decisions of moderation by kind."""
        names = dict(ModerationDecision.Action.choices)
        return [(str(names.get(key, key)), n) for key, n in self.content["moderation"].items()]

    @property
    def changes(self) -> list[ChangeTold]:
        """What changed since the report before."""
        return changes_told(self.content)

    @property
    def since(self) -> str:
        """Which report it is compared with, in words."""
        return since_words(self.content)


def reports(viewer: Viewer) -> QuerySet[AnnualReport]:
    """Return the reports that `viewer` may read: published ones; drafts for who makes them."""
    found = AnnualReport.objects.filter(community_id=viewer.community_id)
    if not viewer.may("report.publish"):
        found = found.filter(published_on__isnull=False)
    return found.select_related("cycle", "community", "pdf_ar", "pdf_fr", "deliberation")


def published_reports(viewer: Viewer, cycle_slug: str) -> list[AnnualReport]:
    """Return the published reports of a cycle, newest year and version first. One query."""
    found = reports(viewer).filter(cycle__slug=cycle_slug, published_on__isnull=False)
    return list(found.defer("content").order_by("-year", "-number"))


def report_of(
    viewer: Viewer, cycle_slug: str, *, year: int | None = None, number: int | None = None
) -> AnnualReport | None:
    """Return a published report: of a year and version, else the newest. One query."""
    found = reports(viewer).filter(cycle__slug=cycle_slug, published_on__isnull=False)
    if year is not None:
        found = found.filter(year=year)
    if number is not None:
        found = found.filter(number=number)
    return found.order_by("-year", "-number").first()


def report_knots(viewer: Viewer, cycle_slug: str) -> list[Knot]:
    """Return the end of a commitment's thread: the newest report of each year. Two queries."""
    newest: dict[int, AnnualReport] = {}
    for one in published_reports(viewer, cycle_slug):
        newest.setdefault(one.year, one)
    found = [newest[year] for year in sorted(newest)]
    known = proofs(found[0].community.key, [one.reference for one in found]) if found else {}
    return [
        Knot(
            sentence=_("Accountability report of %(year)s") % {"year": one.year},
            state="done",
            state_words=_("Published, frozen"),
            on=one.published_on,
            url=url_of_report(one),
            reference=one.reference,
            proof_url=known.get((one.reference, "programme.report_published"), ""),
        )
        for one in found
    ]


def url_of_report(report: AnnualReport) -> str:
    """Return the address of a report's page: that of its version. No query if its cycle is here."""
    place = [report.cycle.slug, report.year, report.number]
    return reverse("programme:report-version", args=place)


def report_address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of a published report, or None. One query."""
    found = reports(viewer).filter(reference=str(reference), published_on__isnull=False)
    place = found.values_list("cycle__slug", "year", "number").first()
    return "programme/{}/report/{}/{}/".format(*place) if place else None


def report_page(report: AnnualReport) -> ReportPage:
    """Return what a report says, read from its frozen content. No query if its cycle is here."""
    content: Object = report.content
    slug = content["cycle"]["slug"]
    return ReportPage(
        report=report,
        content=content,
        title=text(content["cycle"]["title"]),
        commitments=tuple(
            _commitment(one, slug, report.counted_on) for one in content["commitments"]
        ),
        consultations=tuple(_consultation(one) for one in content["consultations"]),
    )


def _commitment(row: Object, slug: str, counted_on: date) -> CommitmentTold:
    return CommitmentTold(
        row=row,
        title=text(row["title"]),
        axis=text(row["axis"]),
        unit=text(row["unit"]),
        milestones=tuple(_milestone(one, row["updates"]) for one in row["milestones"]),
        indicators=tuple(_indicators(row["indicators"], counted_on)),
        url=reverse("programme:commitment", args=[slug, row["reference"]]),
    )


def _milestone(row: Object, words: Iterable[Object]) -> MilestoneTold:
    return MilestoneTold(
        row=row,
        title=text(row["title"]),
        unit=text(row["unit"]),
        reason=text(row["reason"]),
        word=None if row["reason"] else frozen_word(words, row["reference"]),
        announced_end=day(row["announced_end"]),
        planned_end=day(row["planned_end"]),
        done_on=day(row["done_on"]),
        evidence=tuple(
            {**one, "title": text(one["title"]), "words": _evidence_words(one)}
            for one in row["evidence"]
        ),
    )


def _evidence_words(row: Object) -> str:
    """Return what had been found of evidence by then; early reports do not tell what was not."""
    if row["confirmed_on"]:
        return _("confirmed")
    if row.get("returned_on"):
        return _("found not enough")
    return _("waiting for a second person") if "returned_on" in row else _("not confirmed")


def _indicators(rows: Iterable[Object], counted_on: date) -> Iterable[IndicatorTold]:
    for row in rows:
        last = row["measures"][-1] if row["measures"] else (None, None)
        baseline = None if row["baseline"][1] is None else Decimal(row["baseline"][1])
        measured = Decimal(last[1]) if last[1] is not None else None
        target, target_on = Decimal(row["target"][1]), day(row["target"][0])
        yield IndicatorTold(
            name=text(row["name"]),
            unit=text(row["unit"]),
            baseline=baseline,
            target=target,
            target_on=target_on,
            last=measured,
            last_on=day(last[0]),
            aim=aim_words(measured, baseline, (target, target_on), counted_on),
        )


def _consultation(row: Object) -> ConsultationTold:
    return ConsultationTold(row, text(row["name"]), day(row["first_day"]), day(row["last_day"]))


def report_title(report: AnnualReport) -> str:
    """Return what a report is called, in the language of the page."""
    return _("Accountability report %(year)s") % {"year": report.year}
