"""The linter: an empty draft has 0, a complete one 100, and adding never lowers (8.2)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.localized import LocalizedText
from infitah.programme.rules import linter
from infitah.programme.rules.linter import Check, DraftFacts, Figure, Lack

NOTHING = LocalizedText("")
SPAN = (date(2026, 1, 1), date(2027, 12, 31))
LONG = LocalizedText(ar="لا تنشر الجماعة محاضر دورات المجلس إلا بعد أشهر عديدة من انعقادها")
SEEN = LocalizedText(ar="تقارن تواريخ الدورات بتواريخ نشر المحاضر")
WORDS = LocalizedText(ar="المدة")
EMPTY = DraftFacts(problem=NOTHING, verifiability=NOTHING, value_argument=NOTHING, span=SPAN)
WHOLE = DraftFacts(
    problem=LONG,
    verifiability=SEEN,
    value_argument=LONG,
    span=SPAN,
    ideas=1,
    figures=(Figure(WORDS, WORDS, 64, 10),),
    milestones=((date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2027, 12, 31))),
    has_unit=True,
    has_person=True,
    budget=100,
    budget_source=WORDS,
    values=("transparency",),
)
# What may be missing, in any order: taking one part away is what adding it undoes.
PARTS = {
    "problem": NOTHING,
    "verifiability": NOTHING,
    "value_argument": NOTHING,
    "ideas": 0,
    "figures": (),
    "milestones": (),
    "has_unit": False,
    "has_person": False,
    "budget": None,
    "budget_source": NOTHING,
    "values": (),
}
weights = st.fixed_dictionaries({check: st.integers(0, 40) for check in Check})


def test_an_empty_draft_has_nothing_and_a_complete_one_all():
    empty, whole = linter.lint(EMPTY), linter.lint(WHOLE)
    assert (empty.score, whole.score) == (0, 100)
    assert [one.check for one in empty.findings] == list(Check)
    assert whole.lacks == () and whole.is_enough and not empty.is_enough
    assert sum(linter.WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("change", "lack", "points"),
    [
        ({"problem": WORDS}, Lack.PROBLEM_TEXT, 92),
        ({"ideas": 0}, Lack.PROBLEM_ORIGIN, 92),
        ({"figures": (Figure(WORDS, WORDS, None, 10),)}, Lack.BASELINE_MISSING, 90),
        ({"figures": (Figure(WORDS, WORDS, 10, 10),)}, Lack.BASELINE_STILL, 95),
        ({"figures": (Figure(NOTHING, WORDS, 64, 10),)}, Lack.INDICATOR_MISSING, 85),
        ({"figures": (Figure(WORDS, WORDS, 64, None),)}, Lack.INDICATOR_TARGET, 92),
        ({"figures": (Figure(WORDS, NOTHING, 64, 10),)}, Lack.UNIT_MISSING, 95),
        ({"milestones": ()}, Lack.MILESTONE_MISSING, 85),
        ({"milestones": WHOLE.milestones[:1]}, Lack.MILESTONE_SINGLE, 92),
        (
            {"milestones": [*WHOLE.milestones[:1], (date(2029, 1, 1), date(2029, 2, 1))]},
            Lack.MILESTONE_OUTSIDE,
            92,
        ),
        ({"milestones": ((date(2030, 1, 1), date(2031, 1, 1)),)}, Lack.MILESTONE_OUTSIDE, 85),
        ({"has_unit": False}, Lack.UNIT_IN_CHARGE, 95),
        ({"has_person": False}, Lack.PERSON_IN_CHARGE, 95),
        ({"budget": None}, Lack.BUDGET_MISSING, 90),
        ({"budget_source": NOTHING}, Lack.BUDGET_SOURCE, 95),
        ({"verifiability": WORDS}, Lack.EVIDENCE_TEXT, 85),
        (
            {"verifiability": LocalizedText(ar="سيلاحظ جميع السكان أن الأمور تحسنت")},
            Lack.EVIDENCE_NAMED,
            92,
        ),
        ({"values": ()}, Lack.VALUE_MISSING, 97),
        ({"value_argument": WORDS}, Lack.VALUE_ARGUMENT, 97),
    ],
)
def test_each_check_says_what_is_missing(change, lack, points):
    verdict = linter.lint(replace(WHOLE, **change))
    assert verdict.lacks == (lack,)
    assert verdict.score == points


def test_no_cost_needs_no_source_and_a_reason_stands_for_an_idea():
    free = replace(WHOLE, budget=None, budget_source=NOTHING, is_without_cost=True)
    reasoned = replace(WHOLE, ideas=0, reason_without_idea=WORDS)
    assert linter.lint(free).score == linter.lint(reasoned).score == 100
    assert not linter.has_origin(0, NOTHING)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        (LocalizedText(ar="نشر محاضر الدورات في صفحة المجلس"), True),
        (LocalizedText(ar="بالمحاضر"), True),
        (LocalizedText(fr="Les procès-verbaux sont publiés"), True),
        (LocalizedText(fr="On verra que les choses vont mieux"), False),
        (LocalizedText(ar="سيتحسن كل شيء"), False),
        (NOTHING, False),
    ],
)
def test_evidence_is_something_that_can_be_looked_at(text, is_named):
    assert linter.names_evidence(text) == is_named


@given(st.permutations(list(PARTS)), weights)
def test_adding_what_is_missing_never_lowers_the_score(order, given_weights):
    facts, scores = WHOLE, []
    for name in order:
        scores.append(linter.lint(facts, given_weights).score)
        facts = replace(facts, **{name: PARTS[name]})
    scores.append(linter.lint(facts, given_weights).score)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == (100 if any(given_weights.values()) else 0)
    assert scores[-1] == 0


def _facts(row):
    def text(value):
        return LocalizedText.from_json(value)

    months = [(date(2026, n, 1), date(2026, n, 28)) for n in range(1, row["milestones"] + 1)]
    return DraftFacts(
        problem=text(row["problem"]),
        verifiability=text(row["verifiability"]),
        value_argument=text(row["argument"]),
        span=SPAN,
        ideas=row["ideas"],
        reason_without_idea=text(row["reason"]),
        figures=[
            Figure(text(one["name"]), text(one["unit"]), one["baseline"], one["target"])
            for one in row["figures"]
        ],
        milestones=months,
        has_unit=row["unit"],
        has_person=row["person"],
        budget=row["budget"],
        budget_source=LocalizedText(ar="ميزانية المجلس") if row["source"] else NOTHING,
        is_without_cost=row["free"],
        values=["transparency"] * row["values"],
    )


def _ranks(values):
    """Return ranks, equal values sharing their mean rank."""
    _kinds, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[where]


def test_scores_follow_the_grades_given_by_hand():
    """Grades of our own on invented commitments: a floor under changes, no proof of worth."""
    rows = json.loads((Path(__file__).parent / "data/graded_commitments.json").read_text("utf-8"))
    assert len(rows) >= 30
    scores = [linter.lint(_facts(row)).score for row in rows]
    grades = [row["grade"] for row in rows]
    spearman = float(np.corrcoef(_ranks(scores), _ranks(grades))[0, 1])
    assert spearman >= 0.9
    strong = [score for score, grade in zip(scores, grades, strict=True) if grade == 2]
    weak = [score for score, grade in zip(scores, grades, strict=True) if grade == 0]
    assert min(strong) >= linter.THRESHOLD > max(weak)


def test_numbers_of_ideas_are_no_words_of_a_problem():
    numbers = LocalizedText(ar="(SFR-2026-I-0021، SFR-2026-I-0023، SFR-2026-C-0003-M2)")
    assert linter.word_count(numbers) == 0
    said = LocalizedText(ar="لا تنشر المحاضر (SFR-2026-I-0021)")
    assert linter.word_count(said) == 3


@pytest.mark.parametrize(
    ("weights_", "points", "lacks"),
    [((60, 40), 15, ()), ((40, 40), 10, (Lack.MILESTONE_WEIGHTS,))],
)
def test_milestones_whose_weights_do_not_sum_to_100_lose_points(weights_, points, lacks):
    verdict = linter.lint(replace(WHOLE, weights=weights_))
    found = next(one for one in verdict.findings if one.check == Check.MILESTONES)
    assert (found.points, found.lacks) == (points, lacks)


@pytest.mark.parametrize(
    "words",
    [
        LocalizedText(ar="ننشر المحاضر في أقرب الآجال"),
        LocalizedText(ar="يعين مسؤول، عند الاقتضاء."),
        LocalizedText(ar="نشر", fr="Publier dans les meilleurs délais"),
        LocalizedText(ar="نشر", fr="Le cas échéant, une réunion"),
    ],
)
def test_words_that_bind_nobody_lower_the_score_wherever_they_stand(words):
    verdict = linter.lint(replace(WHOLE, promises=(WORDS, words)))
    assert verdict.score == 95 and verdict.lacks == (Lack.HOLLOW_WORDS,)
    seen = LocalizedText(ar=f"{SEEN.ar} {words.ar}", fr=words.fr)
    assert Lack.HOLLOW_WORDS in linter.lint(replace(WHOLE, verifiability=seen)).lacks


@pytest.mark.parametrize(
    "words", ["أقرب مقر إلى السكان", "Le cas des élèves", "Les délais de 10 jours"]
)
def test_words_near_to_them_cost_nothing(words):
    assert linter.lint(replace(WHOLE, promises=(LocalizedText(ar=words, fr=words),))).score == 100
