"""What the linter finds in a commitment, in words: what is missing, and an example of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from infitah.community.models import Community, RuleValue
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.programme.models import Commitment, CommitmentVersion
from infitah.programme.rules import linter
from infitah.programme.rules.linter import Check, DraftFacts, Figure, Lack, Verdict

NAMES = {
    Check.PROBLEM: _("The problem, and the ideas that it comes from"),
    Check.BASELINE: _("Where things stand today"),
    Check.INDICATOR: _("An indicator with its target"),
    Check.UNIT: _("What the indicator counts"),
    Check.MILESTONES: _("Milestones with dates"),
    Check.OWNER: _("Who answers for it"),
    Check.BUDGET: _("The money, or that none is needed"),
    Check.EVIDENCE: _("The evidence, named in advance"),
    Check.VALUES: _("The value of open government that it serves"),
}
MISSING = {
    Lack.PROBLEM_TEXT: _("The problem is not told in a whole sentence: who lacks what, and where."),
    Lack.PROBLEM_ORIGIN: _("It is tied to no idea of a citizen, and no reason is given for it."),
    Lack.BASELINE_MISSING: _("No indicator says where things stand before the work begins."),
    Lack.BASELINE_STILL: _("The target is where things stand already: nothing would change."),
    Lack.INDICATOR_MISSING: _("No indicator tells whether it bears fruit."),
    Lack.INDICATOR_TARGET: _("The indicator has no target to reach."),
    Lack.UNIT_MISSING: _("The indicator does not say what it counts."),
    Lack.MILESTONE_MISSING: _("No milestone has its dates within the commitment's own."),
    Lack.MILESTONE_SINGLE: _("One milestone alone shows no way: add at least a second."),
    Lack.MILESTONE_OUTSIDE: _(
        "A milestone lies outside the days of the commitment and is not counted: move it, or move "
        "those days."
    ),
    Lack.UNIT_IN_CHARGE: _("No service is in charge."),
    Lack.PERSON_IN_CHARGE: _("Nobody answers for it by name."),
    Lack.BUDGET_MISSING: _("Neither a budget nor “no cost” is stated."),
    Lack.BUDGET_SOURCE: _("Where the money comes from is not stated."),
    Lack.EVIDENCE_TEXT: _("How anybody can check it is not told in a whole sentence."),
    Lack.EVIDENCE_NAMED: _("No evidence is named that can be looked at: a page, minutes, a list."),
    Lack.VALUE_MISSING: _("No value of open government is chosen."),
    Lack.VALUE_ARGUMENT: _("How it serves the value is not argued in a sentence."),
    Lack.MILESTONE_WEIGHTS: _("The weights of the milestones do not sum to 100."),
    Lack.HOLLOW_WORDS: _(
        "It holds words that bind nobody (“as soon as possible”, “where appropriate”): write a "
        "day, a number or a condition that anybody can check."
    ),
}
EXAMPLES = {
    Check.PROBLEM: _(
        "Minutes of the sessions are published months later, so inhabitants learn what was decided "
        "for their district when it is done already (idea SFR-2023-I-0004)."
    ),
    Check.BASELINE: _("64 days between the session and the publication, on 31 December 2023."),
    Check.INDICATOR: _("Days between the session and the publication of its minutes: at most 10."),
    Check.UNIT: _("Days; people; communes; per cent of the requests."),
    Check.MILESTONES: _(
        "From 1 February to 30 April: write the procedure (20); from 1 May to 31 July: publish the "
        "minutes of two years (80)."
    ),
    Check.OWNER: _("Service of communication; in charge: the head of the service, by name."),
    Check.BUDGET: _("40,000 dirhams from the operating budget; or: no cost."),
    Check.EVIDENCE: _(
        "A public table with the date of each session beside the date on which its minutes were "
        "published, opened anew every six months."
    ),
    Check.VALUES: _(
        "Accountability: whoever reads the minutes before the work begins can ask why."
    ),
}

PARTS = {
    Check.PROBLEM: "what",
    Check.BASELINE: "indicators",
    Check.INDICATOR: "indicators",
    Check.UNIT: "indicators",
    Check.MILESTONES: "milestones",
    Check.OWNER: "who",
    Check.BUDGET: "money",
    Check.EVIDENCE: "result",
    Check.VALUES: "values",
}
"""On which page of the desk each check is mended: a part of the form, or one of the tables."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check in words: points, what is missing, an example, where it is mended at the desk."""

    name: object
    points: int
    of: int
    missing: tuple[object, ...]
    example: object
    part: str = ""

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class QualityView:
    """What the linter says of a text: its score, the mark to reach, the checks, the reason."""

    score: int
    threshold: int
    checks: tuple[CheckView, ...]
    waiver: LocalizedText
    number: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether no reason needs to be published."""
        return self.score >= self.threshold


def facts_of(commitment: Commitment) -> DraftFacts:
    """Return what a draft holds, as the linter sees it. Three queries at most."""
    return DraftFacts(
        problem=commitment.problem,
        verifiability=commitment.verifiability,
        value_argument=commitment.value_argument,
        span=(commitment.starts_on, commitment.ends_on),
        ideas=len(commitment.source_ideas.all()),
        reason_without_idea=commitment.reason_without_idea,
        figures=[
            Figure(one.name, one.unit, _number(one.baseline), _number(one.target))
            for one in commitment.indicators.all()
        ],
        milestones=[
            (one.announced_start, one.announced_end) for one in commitment.milestones.all()
        ],
        has_unit=commitment.lead_unit_id is not None,
        has_person=commitment.responsible_id is not None,
        budget=commitment.budget,
        budget_source=commitment.budget_source,
        is_without_cost=commitment.is_without_cost,
        values=list(commitment.values),
        weights=[one.weight for one in commitment.milestones.all()],
        promises=[commitment.description, commitment.contribution, commitment.expected_result],
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def weights_on(community: Community, day: date) -> tuple[Mapping[Check, int], int]:
    """Return the weights of the checks and the mark to reach that hold on `day`. One query.

    The community's own numbers (`linter.…` among its legal numbers), else the defaults.
    """
    held = RuleValue.objects.of(community).on(day).filter(key__startswith=linter.KEY_PREFIX)
    own = dict(held.values_list("key", "value"))
    weights = {check: own.get(linter.KEY_PREFIX + check, linter.WEIGHTS[check]) for check in Check}
    return weights, own.get(linter.THRESHOLD_KEY, linter.THRESHOLD)


def marks_of(community_id: int) -> Callable[[date], int]:
    """Return the mark to reach as a function of the day. One query."""
    held = RuleValue.objects.filter(community_id=community_id, key=linter.THRESHOLD_KEY)
    rows = list(held.values_list("valid_from", "valid_to", "value"))

    def on(day: date) -> int:
        found = (
            value for starts, ends, value in rows if starts <= day and (ends is None or day < ends)
        )
        return next(found, linter.THRESHOLD)

    return on


def verdict_of(commitment: Commitment, day: date) -> Verdict:
    """Return what the linter finds in a commitment as it stands, by the weights of `day`.

    Four queries at most; milestones and indicators fetched before are not fetched again.
    """
    weights, threshold = weights_on(commitment.community, day)
    return linter.lint(facts_of(commitment), weights, threshold)


def as_json(verdict: Verdict) -> list[JSON]:
    """Return the findings as a version keeps them."""
    return [
        {
            "check": one.check.value,
            "points": one.points,
            "of": one.of,
            "lacks": [lack.value for lack in one.lacks],
        }
        for one in verdict.findings
    ]


def quality_of_draft(commitment: Commitment, day: date) -> QualityView:
    """Return the linter's findings on a draft as it stands now. Four queries at most."""
    verdict = verdict_of(commitment, day)
    checks = [_check(one.check, one.points, one.of, one.lacks) for one in verdict.findings]
    return QualityView(verdict.score, verdict.threshold, tuple(checks), LocalizedText(""))


def quality_of_version(version: CommitmentVersion, threshold: int) -> QualityView | None:
    """Return the findings kept with a version, or None for one that was never checked. No query."""
    if version.lint_score is None:
        return None
    return QualityView(
        version.lint_score,
        threshold,
        tuple(_kept(version.lint)),
        version.waiver,
        version.number,
    )


def published_quality(commitment: Commitment) -> QualityView | None:
    """Return the findings of the newest text that was published, None before. Two queries.

    A draft with its check, put to the public, validated or amended; the mark is that of the day of
    that text.
    """
    checked = commitment.versions.filter(is_public=True).exclude(lint_score=None)
    version = checked.order_by("-number").first()
    if version is None:
        return None
    return quality_of_version(version, marks_of(commitment.community_id)(version.made_on))


def _kept(findings: Sequence[Mapping[str, JSON]]) -> list[CheckView]:
    made = []
    for one in findings:
        lacks = one["lacks"]
        named = [Lack(str(lack)) for lack in lacks] if isinstance(lacks, list) else []
        made.append(
            _check(Check(str(one["check"])), int(str(one["points"])), int(str(one["of"])), named)
        )
    return made


def _check(check: Check, points: int, of: int, lacks: Sequence[Lack]) -> CheckView:
    return CheckView(
        name=NAMES[check],
        points=points,
        of=of,
        missing=tuple(MISSING[lack] for lack in lacks),
        example=EXAMPLES[check] if lacks else "",
        part=PARTS[check],
    )
