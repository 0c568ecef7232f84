"""Similar ideas, measured on the labelled set: what is found again, and what is shown wrongly."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infitah.searchindex import operations, queries

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LABELLED = Path(__file__).parent / "data" / "similar.csv"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RECALL_AT_5 = 0.9
"""The floor; programme.md 7.1 asks for 0.85, the set reached 0.97 when it was written."""


def labelled() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def pairs() -> list[dict[str, str]]:
    rows = [row | {"subject": f"I-{number}"} for number, row in enumerate(labelled())]
    for row in rows:
        if row["idea"]:
            operations.put(
                community_key="SFR",
                kind="idea",
                subject=row["subject"],
                language=row["language"],
                title=row["idea"],
                body="",
                url="/",
                is_public=True,
            )
    return rows


def similar(text: str, **changes: object) -> list[str]:
    found = queries.similar(community_key="SFR", kind="idea", text=text, **changes)  # type: ignore[arg-type]
    return [one.subject for one in found]


def test_recall_of_the_five_best(pairs: list[dict[str, str]]) -> None:
    asked = [row for row in pairs if row["idea"]]
    found = [row for row in asked if row["subject"] in similar(row["near"])]
    assert len(asked) >= 60
    assert len(found) / len(asked) >= RECALL_AT_5, [
        row["near"] for row in asked if row not in found
    ]


def test_meaning_takes_nothing_away_from_words(
    pairs: list[dict[str, str]], request: pytest.FixtureRequest
) -> None:
    asked = [row for row in pairs if row["idea"]]
    by_words = {row["near"]: similar(row["near"]) for row in asked}
    request.getfixturevalue("with_meaning")
    while operations.encode_waiting(now=NOW):
        pass
    by_both = {row["near"]: similar(row["near"]) for row in asked}
    for within in (1, 5):
        found = [
            sum(row["subject"] in shown[row["near"]][:within] for row in asked)
            for shown in (by_both, by_words)
        ]
        assert found[0] >= found[1], within


def test_strangers_are_not_shown(pairs: list[dict[str, str]]) -> None:
    strangers = [row["near"] for row in pairs if not row["idea"]]
    assert len(strangers) >= 10
    assert {near: similar(near) for near in strangers} == {near: [] for near in strangers}


def test_the_same_text_comes_first_with_the_full_score(pairs: list[dict[str, str]]) -> None:
    row = pairs[0]
    best = queries.similar(community_key="SFR", kind="idea", text=row["idea"])[0]
    assert (best.subject, best.title, best.score) == (row["subject"], row["idea"], 1.0)
    assert row["subject"] not in similar(row["idea"], exclude=row["subject"])


def test_presentation_forms_and_vowel_signs_do_not_matter(pairs: list[dict[str, str]]) -> None:
    assert similar("إِصْلَاحُ ﺍﻹﻧﺎﺭﺓ العمـومية بحي بنصفار")[0] == pairs[0]["subject"]


def test_limit_other_communities_and_empty_questions(pairs: list[dict[str, str]]) -> None:
    assert len(similar("نشر محاضر ومقررات وميزانية المجلس على الموقع", limit=2)) <= 2
    assert similar("") == similar("... !") == similar("في من") == []
    assert queries.similar(community_key="BHL", kind="idea", text=pairs[0]["idea"]) == []
    assert queries.similar(community_key="SFR", kind="request", text=pairs[0]["idea"]) == []


@pytest.mark.parametrize(
    "asked",
    [
        "bghina maktaba f douar",
        "khass mektaba f douar dyalna",
        "بغينا مكتبة فالدوار",
    ],
)
def test_darija_finds_written_arabic_by_words_alone(asked: str) -> None:
    for subject, title in (("I-1", "نريد مكتبة في القرية"), ("I-2", "تعبيد الطريق نحو السوق")):
        operations.put(
            community_key="SFR",
            kind="idea",
            subject=subject,
            language="ar",
            title=title,
            body="",
            url="/",
            is_public=True,
        )
    found = queries.similar(community_key="SFR", kind="idea", text=asked)
    assert [one.subject for one in found] == ["I-1"] and found[0].found_by == "words"
