"""The linter: nine checks of whether anybody could tell that a commitment was kept.

It weighs what the text holds, not how well it is written, and refuses nothing (programme.md 8.2,
decisions G33). Each check counts what is there, so that adding what is missing never lowers the
score: an empty draft has 0, a complete one 100. The weights are dated: a version keeps the score
of its day.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from infitah.kernel.arabic import stems, tokens
from infitah.kernel.localized import LANGUAGES, LocalizedText


class Check(StrEnum):
    """What the linter looks for, in the order of the form."""

    PROBLEM = "problem"
    BASELINE = "baseline"
    INDICATOR = "indicator"
    UNIT = "unit"
    MILESTONES = "milestones"
    OWNER = "owner"
    BUDGET = "budget"
    EVIDENCE = "evidence"
    VALUES = "values"


class Lack(StrEnum):
    """One thing that is missing; a page has a sentence and an example for each."""

    PROBLEM_TEXT = "problem_text"
    PROBLEM_ORIGIN = "problem_origin"
    BASELINE_MISSING = "baseline_missing"
    BASELINE_STILL = "baseline_still"
    INDICATOR_MISSING = "indicator_missing"
    INDICATOR_TARGET = "indicator_target"
    UNIT_MISSING = "unit_missing"
    MILESTONE_MISSING = "milestone_missing"
    MILESTONE_SINGLE = "milestone_single"
    MILESTONE_OUTSIDE = "milestone_outside"
    UNIT_IN_CHARGE = "unit_in_charge"
    PERSON_IN_CHARGE = "person_in_charge"
    BUDGET_MISSING = "budget_missing"
    BUDGET_SOURCE = "budget_source"
    EVIDENCE_TEXT = "evidence_text"
    EVIDENCE_NAMED = "evidence_named"
    VALUE_MISSING = "value_missing"
    VALUE_ARGUMENT = "value_argument"
    MILESTONE_WEIGHTS = "milestone_weights"
    HOLLOW_WORDS = "hollow_words"


KEY_PREFIX: Final = "linter."
THRESHOLD_KEY: Final = "linter.threshold"
"""Legal numbers of the community under these keys stand in place of the defaults, by date."""

THRESHOLD: Final = 80
"""Score from which a commitment needs no published reason; ours, since 2022-01-01."""
WEIGHTS: Final[Mapping[Check, int]] = {
    Check.PROBLEM: 15,
    Check.BASELINE: 10,
    Check.INDICATOR: 15,
    Check.UNIT: 5,
    Check.MILESTONES: 15,
    Check.OWNER: 10,
    Check.BUDGET: 10,
    Check.EVIDENCE: 15,
    Check.VALUES: 5,
}
"""Default weights since 2022-01-01, ours; they follow the order of what reviewers found missing."""

NOTHING: Final = LocalizedText("")
_NUMBER: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,7}-\d{4}-[A-Z]-\d+(?:-[A-Z]\d+)?\b")
PROBLEM_WORDS: Final = 8
EVIDENCE_WORDS: Final = 5
ARGUMENT_WORDS: Final = 6
WHOLE: Final = 100
MILESTONES: Final = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as the linter sees it; the baseline is None while nothing was measured."""

    name: LocalizedText
    unit: LocalizedText
    baseline: float | None
    target: float | None


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a draft holds; `milestones` are their spans, last day included.

    `weights` are those of its milestones, `promises` the other texts that say what will be.
    """

    problem: LocalizedText
    verifiability: LocalizedText
    value_argument: LocalizedText
    span: tuple[date, date]
    ideas: int = 0
    reason_without_idea: LocalizedText = NOTHING
    figures: Sequence[Figure] = ()
    milestones: Sequence[tuple[date, date]] = ()
    has_unit: bool = False
    has_person: bool = False
    budget: int | None = None
    budget_source: LocalizedText = NOTHING
    is_without_cost: bool = False
    values: Sequence[str] = ()
    weights: Sequence[int] = ()
    promises: Sequence[LocalizedText] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check: points of those it can give, and what is missing."""

    check: Check
    points: int
    of: int
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Score of 100 with a finding a check."""

    score: int
    findings: tuple[Finding, ...]
    threshold: int = THRESHOLD

    @property
    def is_enough(self) -> bool:
        """Whether the score asks for no published reason."""
        return self.score >= self.threshold

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Everything that is missing, in the order of the checks."""
        return tuple(lack for finding in self.findings for lack in finding.lacks)


# What can be looked at, opened, counted or compared; normalised stems of Arabic and French.
_SEEN_WRITTEN: Final = """
صفحة موقع رابط محضر محاضر تقرير تقارير سجل سجلات جدول جداول لائحة لوائح صورة صور ملف ملفات منشور
منصة إحصاء إحصائيات بيانات معطيات مقرر مقررات فاتورة عقد اتفاقية شهادة شهادات حصيلة وثيقة وثائق
استبيان استمارة دفتر فيديو تسجيل لوحة لوحات خريطة رسالة وصل توقيع توقيعات حضور
page pages site lien adresse procès verbal verbaux compte rendu rapport rapports registre registres
tableau tableaux liste listes photo photos photographie fichier fichiers document documents
statistique statistiques données jeu publié publiés publiée publication délibération facture contrat
convention attestation attestations bilan questionnaire formulaire enregistrement vidéo carte
affiche panneau récépissé émargement signatures csv pdf json
"""
_SEEN: Final = frozenset(
    form for word in tokens(_SEEN_WRITTEN) for form in (word, *stems(word)) if len(form) > 2
)


# Words that bind nobody: whoever reads them cannot tell the day on which they are broken.
_HOLLOW_WRITTEN: Final = """
في أقرب الآجال|في أقرب الأوقات|في أقرب وقت|في أسرع وقت|عند الاقتضاء|عند الضرورة|قدر الإمكان
كلما أمكن|حسب الإمكان|حسب الإمكانيات|في حدود الإمكان|في حدود الإمكانيات
dans les meilleurs délais|dans les plus brefs délais|dès que possible|le cas échéant|si possible
si nécessaire|autant que possible|dans la mesure du possible|en tant que de besoin
"""
_HOLLOW: Final = frozenset(
    f" {' '.join(tokens(phrase))} " for phrase in re.split(r"[|\n]", _HOLLOW_WRITTEN) if phrase
)


def lint(
    facts: DraftFacts,
    weights: Mapping[Check, int] = WEIGHTS,
    threshold: int = THRESHOLD,
) -> Verdict:
    """Return the score of a draft with what each check found.

    Points are whole numbers rounded down; the score is the share of all weights, so that changed
    weights need not sum to 100. 100 only where nothing is missing.
    """
    findings, got = [], Fraction(0)
    for check, look in _CHECKS.items():
        share, lacks = look(facts)
        got += share * weights[check]
        findings.append(Finding(check, int(share * weights[check]), weights[check], lacks))
    total = sum(weights.values())
    score = int(got * WHOLE / total) if total else 0
    return Verdict(score, tuple(findings), threshold)


def has_origin(ideas: int, reason: LocalizedText) -> bool:
    """Return whether a commitment reaches an idea, or says why it grew from none."""
    return ideas > 0 or bool(reason)


def word_count(text: LocalizedText) -> int:
    """Return the words of the language that says most; numbers of records say nothing."""
    said = (_NUMBER.sub(" ", text.text_of(language)) for language in LANGUAGES)
    return max(len(tokens(one)) for one in said)


def names_evidence(text: LocalizedText) -> bool:
    """Return whether a text names something that can be looked at: a page, minutes, a list."""
    return any(
        form in _SEEN
        for language in LANGUAGES
        for word in tokens(text.text_of(language))
        for form in (word, *stems(word))
    )


def is_hollow(text: LocalizedText) -> bool:
    """Return whether a text holds words that bind nobody: as soon as possible, where needed."""
    said = (f" {' '.join(tokens(text.text_of(language)))} " for language in LANGUAGES)
    return any(phrase in one for one in said for phrase in _HOLLOW)


Look = Callable[[DraftFacts], tuple[Fraction, tuple[Lack, ...]]]
_HALF: Final = Fraction(1, 2)
_LESS: Final = Fraction(2, 3)
"""What is left of a check where weights do not sum to 100, or words bind nobody."""


def _halves(*parts: tuple[bool, Lack]) -> tuple[Fraction, tuple[Lack, ...]]:
    """Return the share of the parts that are there, equal parts, and those that are not."""
    missing = tuple(lack for is_there, lack in parts if not is_there)
    return Fraction(len(parts) - len(missing), len(parts)), missing


def _problem(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    return _halves(
        (word_count(facts.problem) >= PROBLEM_WORDS, Lack.PROBLEM_TEXT),
        (has_origin(facts.ideas, facts.reason_without_idea), Lack.PROBLEM_ORIGIN),
    )


def _baseline(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    measured = [one for one in facts.figures if one.baseline is not None]
    if not measured:
        return Fraction(0), (Lack.BASELINE_MISSING,)
    moves = any(one.baseline != one.target for one in measured)
    return (Fraction(1), ()) if moves else (_HALF, (Lack.BASELINE_STILL,))


def _indicator(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    named = [one for one in facts.figures if one.name]
    if not named:
        return Fraction(0), (Lack.INDICATOR_MISSING,)
    is_aimed = any(one.target is not None for one in named)
    return (Fraction(1), ()) if is_aimed else (_HALF, (Lack.INDICATOR_TARGET,))


def _unit(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    return _halves((any(one.unit for one in facts.figures), Lack.UNIT_MISSING))


def _milestones(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    first, last = facts.span
    inside = [one for one in facts.milestones if first <= one[0] <= one[1] <= last]
    outside = (Lack.MILESTONE_OUTSIDE,) if len(inside) < len(facts.milestones) else ()
    if not inside:
        return Fraction(0), outside or (Lack.MILESTONE_MISSING,)
    is_single = len(facts.milestones) < MILESTONES
    share = Fraction(1) if len(inside) >= MILESTONES else _HALF
    lacks: tuple[Lack, ...] = (Lack.MILESTONE_SINGLE,) if is_single else outside
    if facts.weights and sum(facts.weights) != WHOLE:
        return share * _LESS, (*lacks, Lack.MILESTONE_WEIGHTS)
    return share, lacks


def _owner(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    return _halves((facts.has_unit, Lack.UNIT_IN_CHARGE), (facts.has_person, Lack.PERSON_IN_CHARGE))


def _budget(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    if facts.is_without_cost:
        return Fraction(1), ()
    if facts.budget is None:
        return Fraction(0), (Lack.BUDGET_MISSING,)
    return _halves((True, Lack.BUDGET_MISSING), (bool(facts.budget_source), Lack.BUDGET_SOURCE))


def _evidence(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    share, lacks = _evidence_named(facts)
    if any(map(is_hollow, (facts.verifiability, *facts.promises))):
        return share * _LESS, (*lacks, Lack.HOLLOW_WORDS)
    return share, lacks


def _evidence_named(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    if word_count(facts.verifiability) < EVIDENCE_WORDS:
        return Fraction(0), (Lack.EVIDENCE_TEXT,)
    is_named = names_evidence(facts.verifiability)
    return (Fraction(1), ()) if is_named else (_HALF, (Lack.EVIDENCE_NAMED,))


def _values(facts: DraftFacts) -> tuple[Fraction, tuple[Lack, ...]]:
    return _halves(
        (bool(facts.values), Lack.VALUE_MISSING),
        (word_count(facts.value_argument) >= ARGUMENT_WORDS, Lack.VALUE_ARGUMENT),
    )


_CHECKS: Final[Mapping[Check, Look]] = {
    Check.PROBLEM: _problem,
    Check.BASELINE: _baseline,
    Check.INDICATOR: _indicator,
    Check.UNIT: _unit,
    Check.MILESTONES: _milestones,
    Check.OWNER: _owner,
    Check.BUDGET: _budget,
    Check.EVIDENCE: _evidence,
    Check.VALUES: _values,
}
